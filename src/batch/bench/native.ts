import { InProcessEngine } from '../../engine/in-process-engine.ts';
import type { Runtime } from '../../engine/runtime.ts';
import type { Engine, RunEvent } from '../../protocol/engine.ts';
import { openPathRequest, toPathRequest } from '../model-sources.ts';
import { startNodeRuntime } from '../node-runtime.ts';

export const MODEL_FILE = 'SmolLM2-135M-Instruct.Q4_1.gguf';

/** The same engine on onnxruntime's native build, in this process. */
export interface NativeEngine {
  readonly engine: InProcessEngine;
  readonly loadMilliseconds: number;
  /** The part of loading that onnxruntime took to make the sessions. */
  readonly sessionMilliseconds: number;
}

export async function startNativeEngine(threads: number): Promise<NativeEngine> {
  let sessionMilliseconds = 0;
  const native = startNodeRuntime(threads);
  const runtime: Runtime = {
    ...native,
    async createSession(...args) {
      const start = performance.now();
      const session = await native.createSession(...args);
      sessionMilliseconds += performance.now() - start;
      return session;
    },
  };
  const engine = new InProcessEngine({
    startRuntime: async () => runtime,
    openSources: openPathRequest,
    pause: async () => undefined,
  });
  const start = performance.now();
  await engine.loadModel(toPathRequest(`public/models/${MODEL_FILE}`), () => undefined);
  return { engine, loadMilliseconds: performance.now() - start, sessionMilliseconds };
}

/** A timed run in this process. */
export interface NativeTiming {
  /** From the call until the last layer's attention. */
  readonly milliseconds: number;
  /**
   * How many cores this process had meanwhile. onnxruntime's threads wait for each other by spinning, so
   * on a quiet machine this is near the number of threads; less means that others took the cores.
   */
  readonly cores: number;
}

/** Runs a text from its first token on. A short other text before it leaves nothing to continue from. */
export async function timeAttention(engine: Engine, text: string): Promise<NativeTiming> {
  const run = (name: string, content: string, onEvent: (event: RunEvent) => void) =>
    engine.run({ runId: name, text: content, keepLayers: [] }, onEvent);
  await run('bench-before', '§', () => undefined);
  const start = performance.now();
  const usage = process.cpuUsage();
  let milliseconds = Number.NaN;
  let cores = Number.NaN;
  await run('bench', text, (event) => {
    if (event.kind === 'tokens' && event.reusedTokens > 0)
      throw new Error(`${event.reusedTokens} tokens were not run again`);
    if (event.kind !== 'layer') return;
    milliseconds = performance.now() - start;
    const { user, system } = process.cpuUsage(usage);
    cores = (user + system) / 1000 / milliseconds;
  });
  return { milliseconds, cores };
}
