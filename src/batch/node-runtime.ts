import { cpus } from 'node:os';
import * as ort from 'onnxruntime-node';
import { KEEPS_HALVES, type Runtime, toRuntimeError, wrapSession } from '../engine/runtime.ts';

/** onnxruntime's native build, for the command line and for tests without a browser. */
export function startNodeRuntime(threads = Math.min(cpus().length, 8)): Runtime {
  return {
    device: 'native',
    threads,
    Tensor: ort.Tensor,
    async createSession(writeGraph, weights, hasHalves = false) {
      const session = await ort.InferenceSession.create(writeGraph(weights), {
        intraOpNumThreads: threads,
        logSeverityLevel: 3,
        ...(hasHalves ? KEEPS_HALVES : {}),
        // Each of the many sessions would hold on to its largest block: 6 GB at 1,500 tokens, not 1.6.
        enableCpuMemArena: false,
      }).catch((thrown: unknown) => {
        throw toRuntimeError(thrown);
      });
      return wrapSession(session);
    },
  };
}
