import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import type { Engine } from './engine.ts';
import type {
  CallMap,
  CallName,
  ClientMessage,
  MessageEndpoint,
  ServerMessage,
} from './messages.ts';

/** A worker as the proxy needs it: it may fail, and it can be ended. */
export interface EngineWorker extends MessageEndpoint {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
  terminate(): void;
}

interface Pending {
  readonly emit: (event: unknown) => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: HeadlightError) => void;
}

/** An engine behind a worker, with a way to learn of its death and to end it. */
export interface WorkerEngine extends Engine {
  /** Ends the worker at once, as a crash would: everything pending rejects with `worker-died`. */
  kill(reason: string): void;
}

/**
 * The page's side of the boundary. Events that come after a cancellation are dropped; when the worker
 * dies, every pending and every later call rejects with `worker-died`. `onDeath` hears of it once;
 * `dispose` ends the worker without it.
 */
export function createWorkerEngine(
  worker: EngineWorker,
  onDeath: (error: HeadlightError) => void = () => undefined,
): WorkerEngine {
  const pending = new Map<number, Pending>();
  let nextId = 0;
  let death: HeadlightError | null = null;

  const end = (error: HeadlightError): void => {
    death = error;
    worker.terminate();
    for (const call of pending.values()) call.reject(error);
    pending.clear();
  };
  const die = (reason: string): void => {
    if (death !== null) return;
    const message = `The engine stopped unexpectedly: ${reason}`;
    const error = new HeadlightError('worker-died', message, { reason });
    end(error);
    onDeath(error);
  };
  const close = (): void => {
    if (death === null) end(new HeadlightError('worker-died', 'The engine was closed.'));
  };
  worker.addEventListener('error', (event) => {
    const message = (event as Partial<ErrorEvent>).message;
    die(message ? message : 'its script could not be run or it crashed');
  });
  worker.addEventListener('messageerror', () => die('a message could not be read'));
  worker.addEventListener('message', ({ data }: MessageEvent<ServerMessage>) => {
    if (data.type === 'ready') return;
    const call = pending.get(data.id);
    if (call === undefined) return;
    if (data.type === 'event') {
      call.emit(data.event);
      return;
    }
    pending.delete(data.id);
    if (data.type === 'result') call.resolve(data.value);
    else call.reject(new HeadlightError(data.error.code, data.error.message, data.error.details));
  });
  worker.start?.();

  const send = (message: ClientMessage): void => worker.postMessage(message, []);
  function call<Name extends CallName>(
    name: Name,
    args: CallMap[Name][0],
    emit: (event: CallMap[Name][1]) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<CallMap[Name][2]> {
    if (death !== null) return Promise.reject(death);
    if (signal?.aborted) return Promise.reject(new HeadlightError('cancelled', 'Cancelled.'));
    const id = nextId++;
    return new Promise<CallMap[Name][2]>((resolve, reject) => {
      const cancel = (): void => {
        if (!pending.delete(id)) return;
        send({ type: 'cancel', id });
        reject(new HeadlightError('cancelled', 'Cancelled.'));
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const settle = () => signal?.removeEventListener('abort', cancel);
      pending.set(id, {
        emit: (event) => emit(event as CallMap[Name][1]),
        resolve: (value) => {
          settle();
          resolve(value as CallMap[Name][2]);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      try {
        send({ type: 'call', id, name, args });
      } catch (thrown) {
        pending.get(id)?.reject(toHeadlightError(thrown));
        pending.delete(id);
      }
    });
  }

  return {
    loadModel: (request, onProgress, signal) => call('loadModel', [request], onProgress, signal),
    tokenize: (text) => call('tokenize', [text]),
    run: (request, onEvent, signal) => call('run', [request], onEvent, signal),
    generate: (request, onToken, signal) => call('generate', [request], onToken, signal),
    readSlice: (...args) => call('readSlice', args),
    readHeadVectors: (...args) => call('readHeadVectors', args),
    readStream: (...args) => call('readStream', args),
    readLogits: (...args) => call('readLogits', args),
    renderChat: (...args) => call('renderChat', args),
    readFileHash: () => call('readFileHash', []),
    dispose: close,
    kill: die,
  };
}
