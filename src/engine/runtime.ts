import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-common';
import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';

/** A session's inputs and outputs by name. */
export type Feeds = Readonly<Record<string, Tensor>>;
export type Fetched = Readonly<Record<string, Tensor>>;

/** A graph that is ready to run. */
export interface GraphSession {
  run(feeds: Feeds, outputs: readonly string[]): Promise<Fetched>;
  release(): Promise<void>;
}

/**
 * What the engine needs of an ONNX runtime. Implemented for WASM, WebGPU and native, so that the engine
 * itself knows neither browser nor Node.
 */
export interface Runtime {
  readonly device: 'wasm' | 'webgpu' | 'native';
  readonly threads: number;
  readonly Tensor: TensorConstructor;
  /**
   * Makes a session of a graph whose weights lie in one buffer. `writeGraph` is given the weights when
   * the runtime wants them inside the graph; `hasHalves` says that some take two bytes a value and are to
   * stay so. Sessions must be made one after another: two creations at
   * once silently load wrong weights in onnxruntime-web.
   */
  createSession(
    writeGraph: (inlineWeights: Uint8Array | null) => Uint8Array<ArrayBuffer>,
    weights: Uint8Array<ArrayBuffer>,
    hasHalves?: boolean,
  ): Promise<GraphSession>;
}

/**
 * Session options for graphs with weights of two bytes a value: at its other levels, and without a limit,
 * onnxruntime computes what hangs on constants alone when the session is made, and so opens all of them.
 */
export const KEEPS_HALVES = {
  graphOptimizationLevel: 'basic',
  extra: { optimization: { constant_folding_max_output_size_in_bytes: '65536' } },
} as const;

/** What the runtime throws as one of our errors: `out-of-memory`, else `runtime-failed`. */
export function toRuntimeError(thrown: unknown): HeadlightError {
  const error = toHeadlightError(thrown);
  if (error.code !== 'unexpected') return error;
  return new HeadlightError('runtime-failed', `The runtime failed: ${error.message}`, {}, thrown);
}

/** Wraps an onnxruntime session. What goes wrong in it rejects as `toRuntimeError` says. */
export function wrapSession(session: InferenceSession): GraphSession {
  return {
    async run(feeds, outputs) {
      try {
        return (await session.run({ ...feeds }, [...outputs])) as Fetched;
      } catch (thrown) {
        throw toRuntimeError(thrown);
      }
    },
    release: () => session.release(),
  };
}

/** The float32 values of an output. */
export function floatsOf(fetched: Fetched, name: string): Float32Array {
  return fetched[name].data as Float32Array;
}

/** The int64 values of an output. */
export function integersOf(fetched: Fetched, name: string): BigInt64Array {
  return fetched[name].data as BigInt64Array;
}
