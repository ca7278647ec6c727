import { toHeadlightError } from '../lib/headlight-error.ts';
import type { Engine } from './engine.ts';
import type {
  CallMap,
  CallName,
  ClientMessage,
  MessageEndpoint,
  ServerMessage,
} from './messages.ts';
import { findTransferables } from './transfer.ts';

type Handler<Name extends CallName> = (
  args: CallMap[Name][0],
  emit: (event: CallMap[Name][1]) => void,
  signal: AbortSignal,
) => Promise<CallMap[Name][2]>;

/** How each call reaches the engine. */
function createHandlers(engine: Engine): { readonly [Name in CallName]: Handler<Name> } {
  return {
    loadModel: ([request], emit, signal) => engine.loadModel(request, emit, signal),
    tokenize: ([text]) => engine.tokenize(text),
    run: ([request], emit, signal) => engine.run(request, emit, signal).then(() => undefined),
    generate: ([request], emit, signal) => engine.generate(request, emit, signal),
    readSlice: (args) => engine.readSlice(...args),
    readHeadVectors: (args) => engine.readHeadVectors(...args),
    readStream: (args) => engine.readStream(...args),
    readLogits: (args) => engine.readLogits(...args),
    renderChat: (args) => engine.renderChat(...args),
    readFileHash: () => engine.readFileHash(),
  };
}

/** Calls whose results are made for the asker alone, so that their buffers are moved. */
const MOVED: ReadonlySet<CallName> = new Set([
  'readSlice',
  'readHeadVectors',
  'readStream',
  'readLogits',
]);

/**
 * The worker's side: calls the engine for each message, sends events and results back, and turns what is
 * thrown into plain values. Summaries stay with the engine, so events are copied; results that are made
 * for the asker are moved.
 */
export function serveEngine(engine: Engine, endpoint: MessageEndpoint): void {
  const handlers = createHandlers(engine);
  const running = new Map<number, AbortController>();
  const post = (message: ServerMessage, transfer: Transferable[] = []): void =>
    endpoint.postMessage(message, transfer);

  const answer = async (id: number, name: CallName, args: readonly unknown[]): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = handlers[name] as (
        args: readonly unknown[],
        emit: (event: unknown) => void,
        signal: AbortSignal,
      ) => Promise<unknown>;
      const value = await handler(
        args,
        (event) => post({ type: 'event', id, event }),
        controller.signal,
      );
      post({ type: 'result', id, value }, MOVED.has(name) ? [...findTransferables(value)] : []);
    } catch (thrown) {
      const { code, message, details } = toHeadlightError(thrown);
      post({ type: 'error', id, error: { code, message, details } });
    } finally {
      running.delete(id);
    }
  };

  endpoint.addEventListener('message', ({ data }: MessageEvent<ClientMessage>) => {
    if (data.type === 'cancel') running.get(data.id)?.abort();
    else void answer(data.id, data.name, data.args);
  });
  endpoint.start?.();
  post({ type: 'ready' });
}
