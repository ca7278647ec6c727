import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import type { Calls, ClientMessage, MessageEndpoint, ServerMessage } from './messages.ts';

/** A worker as its proxy needs it: it may fail, and it can be ended. */
export interface CallableWorker extends MessageEndpoint {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: (event: Event) => void): void;
  terminate(): void;
}

interface Pending {
  readonly emit: (event: unknown) => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: HeadlightError) => void;
}

/** The page's side of the boundary to one worker. */
export interface WorkerCalls<Map extends Calls<keyof Map & string>> {
  call<Name extends keyof Map & string>(
    name: Name,
    args: Map[Name][0],
    emit?: (event: Map[Name][1]) => void,
    signal?: AbortSignal,
  ): Promise<Map[Name][2]>;
  /** Ends the worker at once, as a crash would: everything pending rejects with `worker-died`. */
  kill(reason: string): void;
  /** Ends the worker without telling `onDeath`. */
  close(): void;
}

/**
 * Calls a worker. Events that come after a cancellation are dropped; when the worker dies, every pending
 * and every later call rejects with `worker-died`, and `onDeath` hears of it once. `name` is what messages
 * call it.
 */
export function createWorkerCalls<Map extends Calls<keyof Map & string>>(
  worker: CallableWorker,
  onDeath: (error: HeadlightError) => void = () => undefined,
  name = 'engine',
): WorkerCalls<Map> {
  const pending = new globalThis.Map<number, Pending>();
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
    const message = `The ${name} stopped unexpectedly: ${reason}`;
    const error = new HeadlightError('worker-died', message, { reason });
    end(error);
    onDeath(error);
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
  return {
    call(name, args, emit = () => undefined, signal) {
      if (death !== null) return Promise.reject(death);
      if (signal?.aborted) return Promise.reject(new HeadlightError('cancelled', 'Cancelled.'));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const cancel = (): void => {
          if (!pending.delete(id)) return;
          send({ type: 'cancel', id });
          reject(new HeadlightError('cancelled', 'Cancelled.'));
        };
        signal?.addEventListener('abort', cancel, { once: true });
        const settle = () => signal?.removeEventListener('abort', cancel);
        pending.set(id, {
          emit: (event) => emit(event as never),
          resolve: (value) => {
            settle();
            resolve(value as never);
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
    },
    kill: die,
    close() {
      if (death === null) end(new HeadlightError('worker-died', `The ${name} was closed.`));
    },
  };
}
