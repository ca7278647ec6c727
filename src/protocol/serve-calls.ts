import { toHeadlightError } from '../lib/headlight-error.ts';
import type { Calls, ClientMessage, MessageEndpoint, ServerMessage } from './messages.ts';
import { findTransferables } from './transfer.ts';

/** How each call of a worker is answered. */
export type Handlers<Map extends Calls<keyof Map & string>> = {
  readonly [Name in keyof Map]: (
    args: Map[Name][0],
    emit: (event: Map[Name][1]) => void,
    signal: AbortSignal,
  ) => Promise<Map[Name][2]>;
};

type AnyHandler = (
  args: readonly unknown[],
  emit: (event: unknown) => void,
  signal: AbortSignal,
) => Promise<unknown>;

/**
 * The worker's side of the boundary: answers each message by its handler, sends events and results back,
 * and turns what is thrown into plain values. Results of the calls in `moved` are made for the asker
 * alone: their buffers are moved, all else is copied.
 */
export function serveCalls<Map extends Calls<keyof Map & string>>(
  handlers: Handlers<Map>,
  endpoint: MessageEndpoint,
  moved: ReadonlySet<keyof Map & string> = new Set(),
): void {
  const running = new Map<number, AbortController>();
  const post = (message: ServerMessage, transfer: Transferable[] = []): void =>
    endpoint.postMessage(message, transfer);

  const answer = async (id: number, name: string, args: readonly unknown[]): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = handlers[name as keyof Map] as AnyHandler;
      const value = await handler(
        args,
        (event) => post({ type: 'event', id, event }),
        controller.signal,
      );
      const isMoved = moved.has(name as keyof Map & string);
      post({ type: 'result', id, value }, isMoved ? [...findTransferables(value)] : []);
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
