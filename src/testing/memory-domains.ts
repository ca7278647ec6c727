import { HeadlightError } from '../lib/headlight-error.ts';
import type { TextProfile } from '../measures/text-profile.ts';
import type { QueueCounts } from '../state/domains/domains-state.ts';
import type { KeptDomains, ReadDomains, SavedDomains } from '../state/domains/kept-domains.ts';

/** What a browser keeps, in memory: survives a page of a test, and can be made to refuse. */
export class MemoryDomains implements KeptDomains {
  saved: SavedDomains | null = null;
  /** Of what is saved. */
  revision = 0;
  progress: QueueCounts | null = null;
  /** By plan and text. */
  readonly profiles = new Map<string, TextProfile>();
  room = 1_000_000_000;
  /** What every call rejects with; null: all is well. */
  refusal: HeadlightError | null = null;

  refuse(code: 'storage-full' | 'storage-unavailable' = 'storage-full'): void {
    this.refusal = new HeadlightError(code, 'The browser refuses.');
  }

  async load(): Promise<ReadDomains | null> {
    this.check();
    return this.saved === null ? null : { ...this.saved, revision: this.revision };
  }

  async save(saved: SavedDomains, revision: number | null): Promise<number | null> {
    this.check();
    if (revision !== (this.saved === null ? null : this.revision)) return null;
    this.saved = structuredClone(saved);
    return ++this.revision;
  }

  async loadProgress(): Promise<QueueCounts | null> {
    this.check();
    return this.progress;
  }

  async saveProgress(progress: QueueCounts | null): Promise<void> {
    this.check();
    this.progress = progress;
  }

  async readProfile(planKey: string, textId: string): Promise<TextProfile | null> {
    this.check();
    return this.profiles.get(`${planKey}\n${textId}`) ?? null;
  }

  async writeProfile(planKey: string, textId: string, profile: TextProfile): Promise<void> {
    this.check();
    this.profiles.set(`${planKey}\n${textId}`, structuredClone(profile));
  }

  async forgetProfiles(): Promise<void> {
    this.check();
    this.profiles.clear();
  }

  async getUsage(): Promise<{ profileCount: number; profileBytes: number }> {
    this.check();
    return { profileCount: this.profiles.size, profileBytes: 1000 * this.profiles.size };
  }

  private check(): void {
    if (this.refusal !== null) throw this.refusal;
  }
}
