import type { HeadlightError } from '../lib/headlight-error.ts';
import { type CallableWorker, createWorkerCalls } from './call-worker.ts';
import type { Engine } from './engine.ts';
import type { CallMap } from './messages.ts';

/** An engine behind a worker, with a way to learn of its death and to end it. */
export interface WorkerEngine extends Engine {
  /** Ends the worker at once, as a crash would: everything pending rejects with `worker-died`. */
  kill(reason: string): void;
}

/** The page's side of the engine's worker. `dispose` ends it without telling `onDeath`. */
export function createWorkerEngine(
  worker: CallableWorker,
  onDeath: (error: HeadlightError) => void = () => undefined,
): WorkerEngine {
  const { call, kill, close } = createWorkerCalls<CallMap>(worker, onDeath);
  return {
    loadModel: (request, onProgress, signal) => call('loadModel', [request], onProgress, signal),
    tokenize: (text, addsBegin) => call('tokenize', [text, addsBegin]),
    tokensOf: (ids) => call('tokensOf', [ids]),
    run: (request, onEvent, signal) => call('run', [request], onEvent, signal),
    generate: (request, onToken, signal) => call('generate', [request], onToken, signal),
    readSlice: (...args) => call('readSlice', args),
    readHeadVectors: (...args) => call('readHeadVectors', args),
    readStream: (...args) => call('readStream', args),
    readLogits: (...args) => call('readLogits', args),
    renderChat: (...args) => call('renderChat', args),
    readFileHash: () => call('readFileHash', []),
    measureTokens: (ids, signal) => call('measureTokens', [ids], undefined, signal),
    survey: (request, onLayer, signal) => call('survey', [request], onLayer, signal),
    readValueNorms: (...args) => call('readValueNorms', args),
    readMeanAttention: (runId, signal) => call('readMeanAttention', [runId], undefined, signal),
    scoreWeights: (request, onProgress, signal) =>
      call('scoreWeights', [request], onProgress, signal),
    dispose: close,
    kill,
  };
}
