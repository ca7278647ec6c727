import type { CallableWorker } from '../protocol/call-worker.ts';
import type { Engine } from '../protocol/engine.ts';
import type { ClientMessage, MessageEndpoint, ServerMessage } from '../protocol/messages.ts';
import { serveEngine } from '../protocol/serve-engine.ts';

/** A worker in this thread: messages cross a real channel, so values are cloned and buffers moved. */
export interface FakeWorker extends CallableWorker {
  readonly isTerminated: boolean;
  /** All messages that have come out of the worker, and gone into it. */
  readonly received: readonly ServerMessage[];
  readonly sent: readonly ClientMessage[];
  /** Fails as a worker does whose script crashes. */
  crash(event: Event): void;
}

/** Serves an engine at the other end of a MessageChannel. */
export function createFakeWorker(engine: Engine): FakeWorker {
  return createServedWorker((endpoint) => serveEngine(engine, endpoint));
}

/** A worker of which `serve` is the script. */
export function createServedWorker(serve: (endpoint: MessageEndpoint) => void): FakeWorker {
  const { port1: page, port2: worker } = new MessageChannel();
  const received: ServerMessage[] = [];
  const sent: ClientMessage[] = [];
  const failed = new EventTarget();
  let isTerminated = false;
  page.addEventListener('message', ({ data }: MessageEvent<ServerMessage>) => received.push(data));
  serve(worker);
  return {
    received,
    sent,
    get isTerminated() {
      return isTerminated;
    },
    postMessage(message, transfer) {
      if (isTerminated) return;
      sent.push(message as ClientMessage);
      page.postMessage(message, transfer);
    },
    addEventListener(
      type: 'message' | 'error' | 'messageerror',
      listener: ((event: MessageEvent) => void) & ((event: Event) => void),
    ) {
      if (type !== 'message') failed.addEventListener(type, listener);
      else
        page.addEventListener('message', (event: MessageEvent) => {
          if (!isTerminated) listener(event);
        });
    },
    start: () => page.start(),
    terminate() {
      isTerminated = true;
      page.close();
      worker.close();
    },
    crash: (event) => void failed.dispatchEvent(event),
  };
}
