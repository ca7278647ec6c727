import type { StoreApi } from 'zustand/vanilla';
import { toHeadlightError } from '../../lib/headlight-error.ts';
import type { DomainsState } from './domains-state.ts';
import type { Keeper } from './keeper.ts';
import type { KeptDomains, ReadDomains, SavedDomains } from './kept-domains.ts';
import { isSameDomains, mergeDomains } from './merge-domains.ts';

/** How often sets are read again and merged for one save, while other pages write between. */
const TRIES = 20;

/**
 * Keeps the sets of this page together with those that other pages of this browser keep. Nothing is written
 * before what is kept was read, nor over what another page has written since.
 */
export class SetsKeeper {
  /** What this page and the browser had in common last; undefined until it could be read, null for nothing. */
  private base: ReadDomains | null | undefined;

  constructor(
    private readonly keeper: Keeper,
    private readonly store: Pick<StoreApi<DomainsState>, 'getState' | 'setState'>,
    /** Sets or rules of another page, or of a visit before, have come to this page's. */
    private readonly onMerged: (why: 'other-tab' | 'read-late') => void,
  ) {}

  /** Reads what is kept for the first time; a failure is said, and made good before the first save. */
  async restore(): Promise<void> {
    const saved = await this.keeper.do((kept) => this.read(kept), undefined);
    if (saved === undefined || saved === null) return;
    const { sets, rules } = saved;
    if (this.store.getState().sets.length === 0) this.store.setState({ sets, rules });
    else this.merge(null, saved, 'read-late');
  }

  /** Writes the sets as they are when their turn has come. */
  save(): void {
    void this.keeper.do((kept) => this.write(kept), undefined);
  }

  private async read(kept: KeptDomains): Promise<ReadDomains | null> {
    try {
      this.base = await kept.load();
      this.keeper.isUnread = false;
      return this.base;
    } catch (thrown) {
      this.keeper.isUnread = this.base === undefined;
      throw toHeadlightError(thrown);
    }
  }

  private async write(kept: KeptDomains): Promise<void> {
    if (this.base === undefined) {
      const late = await this.read(kept);
      if (late !== null) this.merge(null, late, 'read-late');
    }
    for (let i = 0; i < TRIES; i++) {
      const { sets, rules } = this.store.getState();
      const revision = await kept.save({ sets, rules }, this.base?.revision ?? null);
      if (revision !== null) {
        this.base = { sets, rules, revision };
        return;
      }
      const before = this.base ?? null;
      const theirs = await this.read(kept);
      if (theirs !== null) this.merge(before, theirs, 'other-tab');
    }
    throw new Error('Other pages write without end.');
  }

  private merge(
    base: SavedDomains | null,
    theirs: SavedDomains,
    why: 'other-tab' | 'read-late',
  ): void {
    const { sets, rules } = this.store.getState();
    const merged = mergeDomains(base, { sets, rules }, theirs);
    if (isSameDomains(merged, { sets, rules })) return;
    this.store.setState(merged);
    this.onMerged(why);
  }
}
