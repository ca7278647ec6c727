import type * as Ort from 'onnxruntime-web/wasm';
import { GraphBuilder } from '../model/onnx/graph-builder.ts';
import { KEEPS_HALVES, type Runtime, toRuntimeError, wrapSession } from './runtime.ts';

/** A graphics adapter that is hardware, or null: a software one is right but slower than WASM. */
async function findAdapter(): Promise<GPUAdapter | null> {
  const gpu = (globalThis.navigator as Navigator & { gpu?: GPU }).gpu;
  if (gpu === undefined) return null;
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) return null;
  const { info } = adapter;
  const isSoftware =
    info.isFallbackAdapter ||
    /swiftshader|llvmpipe|software/i.test(
      `${info.vendor} ${info.architecture} ${info.description}`,
    );
  return isSoftware ? null : adapter;
}

/** Which device the person wants: `auto` takes WebGPU only where there is a hardware adapter. */
export type DeviceWish = 'auto' | 'wasm' | 'webgpu';

/**
 * Starts onnxruntime-web once in this worker. WebGPU and WASM are separate files; only the one that is
 * used is fetched. More than one thread needs cross-origin isolation.
 */
export async function startWebRuntime(wish: DeviceWish, threads: number): Promise<Runtime> {
  const useGpu = wish === 'webgpu' || (wish === 'auto' && (await findAdapter()) !== null);
  const ort: typeof Ort = useGpu
    ? await import('onnxruntime-web/webgpu')
    : await import('onnxruntime-web/wasm');
  ort.env.wasm.numThreads = threads;
  ort.env.logLevel = 'error';
  const device = useGpu ? 'webgpu' : 'wasm';
  return {
    device,
    threads,
    Tensor: ort.Tensor,
    async createSession(writeGraph, weights, hasHalves = false) {
      const session = await ort.InferenceSession.create(writeGraph(null), {
        executionProviders: [device],
        externalData: [{ path: GraphBuilder.WEIGHTS_PATH, data: weights }],
        logSeverityLevel: 3,
        // WebGPU has no float16 everywhere: there halves are opened when the session is made.
        ...(hasHalves && device === 'wasm' ? KEEPS_HALVES : {}),
      }).catch((thrown: unknown) => {
        throw toRuntimeError(thrown);
      });
      return wrapSession(session);
    },
  };
}
