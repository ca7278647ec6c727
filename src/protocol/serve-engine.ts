import type { Engine } from './engine.ts';
import type { CallMap, MessageEndpoint } from './messages.ts';
import { serveCalls } from './serve-calls.ts';

/** The engine's side of the boundary. Summaries stay with the engine, so events are copied. */
export function serveEngine(engine: Engine, endpoint: MessageEndpoint): void {
  serveCalls<CallMap>(
    {
      loadModel: ([request], emit, signal) => engine.loadModel(request, emit, signal),
      tokenize: (args) => engine.tokenize(...args),
      tokensOf: (args) => engine.tokensOf(...args),
      run: ([request], emit, signal) => engine.run(request, emit, signal).then(() => undefined),
      generate: ([request], emit, signal) => engine.generate(request, emit, signal),
      readSlice: (args) => engine.readSlice(...args),
      readHeadVectors: (args) => engine.readHeadVectors(...args),
      readStream: (args) => engine.readStream(...args),
      readLogits: (args) => engine.readLogits(...args),
      renderChat: (args) => engine.renderChat(...args),
      readFileHash: () => engine.readFileHash(),
      measureTokens: (args, _, signal) => engine.measureTokens(...args, signal),
      survey: ([request], emit, signal) => engine.survey(request, emit, signal),
      readValueNorms: (args) => engine.readValueNorms(...args),
      readMeanAttention: (args, _, signal) => engine.readMeanAttention(...args, signal),
      scoreWeights: ([request], emit, signal) => engine.scoreWeights(request, emit, signal),
    },
    endpoint,
    new Set([
      'readSlice',
      'readHeadVectors',
      'readStream',
      'readLogits',
      'measureTokens',
      'readValueNorms',
      'readMeanAttention',
      'scoreWeights',
    ]),
  );
}
