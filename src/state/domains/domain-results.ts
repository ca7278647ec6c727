import type { TextProfile } from '../../measures/text-profile.ts';
import type { CutMode } from '../../text/sets/plan-cut.ts';
import type { TextItem } from '../../text/sets/text-set.ts';
import type { DomainsState } from './domains-state.ts';
import type { ProfileCache } from './profile-cache.ts';
import { hasOpen } from './text-statuses.ts';

/** A set with those of its texts that are done. */
export interface DomainSetResults {
  readonly id: string;
  readonly name: string;
  /** Which of the colours for sets it has: its place among all sets, those without results included. */
  readonly colorIndex: number;
  /** The finished ones, in the set's order; one that stands in the set several times counts once. */
  readonly texts: readonly TextItem[];
  /** One a text, in the same order. */
  readonly profiles: readonly TextProfile[];
}

/** What the surveys of the sets have given so far, for one model and one way of cutting. */
export interface DomainResults {
  /** Sets without a finished text are among them, empty. */
  readonly sets: readonly DomainSetResults[];
  readonly layerCount: number;
  readonly headCount: number;
  /** Tokens that each sample of a text has, a begin token not counted. */
  readonly sampleLength: number;
  /** Whether a long text gave several samples. */
  readonly samples: CutMode;
  /** The set that the others are compared with: the chosen one, else the first. */
  readonly referenceId: string;
  /** The set that stands against it where one is shown; null with a single set. */
  readonly comparedId: string | null;
  /** More texts are still to come. */
  readonly isPartial: boolean;
  /** Model, sets' cutting or begin token have changed since: these are the numbers of before. */
  readonly isStale: boolean;
  /** The model that gave them. */
  readonly modelName: string;
}

/** Reads results out of states; gives the same object as before while they are the same. */
export function createResultsReader(
  profiles: ProfileCache,
): (state: DomainsState) => DomainResults | null {
  let before: { readonly of: readonly unknown[]; readonly results: DomainResults | null } | null =
    null;
  return (state) => {
    const { sets, shownPlan, resultsVersion, plan, texts, options } = state;
    if (shownPlan === null) return null;
    const isStale = plan !== null && plan.key !== shownPlan.key;
    const isPartial = !isStale && hasOpen(texts);
    const { referenceId, comparedId } = options;
    const of = [sets, shownPlan, resultsVersion, isStale, isPartial, referenceId, comparedId];
    if (before !== null && of.every((value, i) => Object.is(value, before?.of[i])))
      return before.results;
    const chosen = (id: string | null, not: string | null): string | null =>
      sets.find((set) => set.id === id && set.id !== not)?.id ??
      sets.find((set) => set.id !== not)?.id ??
      null;
    const reference = chosen(referenceId, null);
    const results: DomainResults | null =
      reference === null
        ? null
        : {
            sets: sets.map((set, colorIndex) => {
              const seen = new Set<string>();
              const done = set.texts.flatMap((text) => {
                const words = text.text.trim();
                if (seen.has(words)) return [];
                seen.add(words);
                const profile = profiles.get(shownPlan.key, text.id);
                return profile === undefined ? [] : [{ text, profile }];
              });
              return {
                id: set.id,
                name: set.name,
                colorIndex,
                texts: done.map(({ text }) => text),
                profiles: done.map(({ profile }) => profile),
              };
            }),
            layerCount: shownPlan.layerCount,
            headCount: shownPlan.headCount,
            sampleLength: shownPlan.length,
            samples: shownPlan.cut.mode,
            referenceId: reference,
            comparedId: chosen(comparedId, reference),
            isPartial,
            isStale,
            modelName: shownPlan.modelName,
          };
    before = { of, results };
    return results;
  };
}
