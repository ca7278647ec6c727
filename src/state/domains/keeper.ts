import type { StoreApi } from 'zustand/vanilla';
import { toHeadlightError } from '../../lib/headlight-error.ts';
import type { DomainsState } from './domains-state.ts';
import type { KeptDomains } from './kept-domains.ts';

/**
 * Does what is to be kept one after another. What the browser refuses is said in the state and goes on in
 * memory; the next thing is tried all the same, since room may come back.
 */
export class Keeper {
  private last: Promise<unknown> = Promise.resolve();
  private pending = 0;
  /** The sets that are kept could not be read yet, so none are written. */
  isUnread = false;

  constructor(
    private readonly kept: KeptDomains,
    private readonly store: Pick<StoreApi<DomainsState>, 'getState' | 'setState'>,
  ) {}

  /** Resolves with what the work gives, or with the fallback when the browser refuses it. */
  do<T>(work: (kept: KeptDomains) => Promise<T>, fallback: T): Promise<T> {
    this.pending++;
    const result = this.last.then(async () => {
      try {
        const value = await work(this.kept);
        if (!this.isUnread && this.store.getState().keeping.status !== 'kept')
          this.store.setState({ keeping: { status: 'kept' } });
        return value;
      } catch (thrown) {
        const error = toHeadlightError(thrown);
        this.store.setState({ keeping: { status: 'memory', error, isUnread: this.isUnread } });
        return fallback;
      } finally {
        this.pending--;
      }
    });
    this.last = result;
    return result;
  }

  get isBusy(): boolean {
    return this.pending > 0;
  }
}
