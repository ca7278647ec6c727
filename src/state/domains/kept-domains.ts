import type { TextProfile } from '../../measures/text-profile.ts';
import type { TextSet } from '../../text/sets/text-set.ts';
import type { DomainRules } from './domain-rules.ts';
import type { KeptUsage, QueueCounts } from './domains-state.ts';

/** Sets and rules as a browser keeps them. */
export interface SavedDomains {
  readonly sets: readonly TextSet[];
  readonly rules: DomainRules;
}

/** What was read, with the number that changes whenever any page of this browser writes it. */
export interface ReadDomains extends SavedDomains {
  readonly revision: number;
}

/**
 * Where sets, rules and the results of single texts outlive the page. Every call may reject with a
 * HeadlightError: `storage-unavailable` where the browser keeps nothing, `storage-full` where there is no
 * room.
 */
export interface KeptDomains {
  /** Bytes that all kept profiles may take together. */
  readonly room: number;
  /** Null when nothing is kept, or nothing that makes sense. */
  load(): Promise<ReadDomains | null>;
  /**
   * Writes over what has this revision (null: over nothing) and resolves with the new one. Writes nothing
   * and resolves with null where another page has written since.
   */
  save(saved: SavedDomains, revision: number | null): Promise<number | null>;
  /** How far a queue was when it was last heard of; null when none is under way. */
  loadProgress(): Promise<QueueCounts | null>;
  saveProgress(progress: QueueCounts | null): Promise<void>;
  /** Null when it is not kept. */
  readProfile(planKey: string, textId: string): Promise<TextProfile | null>;
  /**
   * Profiles used longest ago go when all take too much room, but none of this plan whose text is in use:
   * when those alone fill the room, this one is not kept.
   */
  writeProfile(
    planKey: string,
    textId: string,
    profile: TextProfile,
    inUse: ReadonlySet<string>,
  ): Promise<void>;
  forgetProfiles(): Promise<void>;
  getUsage(): Promise<KeptUsage>;
}
