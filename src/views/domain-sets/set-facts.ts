import { max, median, min } from 'd3';
import type { TextStatus } from '../../state/domains/domains-state.ts';
import type { DomainPlan } from '../../state/domains/plan-domains.ts';
import type { TextSet } from '../../text/sets/text-set.ts';

/** What the list says of a set. Token counts are NaN before they are known. */
export interface SetFacts {
  readonly id: string;
  readonly name: string;
  readonly textCount: number;
  readonly shortest: number;
  readonly median: number;
  readonly longest: number;
  /** Texts that are long enough; null before they were planned. */
  readonly keptCount: number | null;
  readonly doneCount: number;
  readonly failedCount: number;
}

export function getSetFacts(
  { id, name, texts }: TextSet,
  plan: DomainPlan | null,
  statuses: ReadonlyMap<string, TextStatus>,
): SetFacts {
  const counts = texts
    .map((text) => plan?.tokenCounts.get(text.id) ?? Number.NaN)
    .filter((count) => !Number.isNaN(count));
  const count = (wanted: TextStatus['status']): number =>
    texts.filter((text) => statuses.get(text.id)?.status === wanted).length;
  const isPlanned = plan !== null && texts.every((text) => statuses.has(text.id));
  return {
    id,
    name,
    textCount: texts.length,
    shortest: min(counts) ?? Number.NaN,
    median: median(counts) ?? Number.NaN,
    longest: max(counts) ?? Number.NaN,
    keptCount: isPlanned ? texts.length - count('left-out') : null,
    doneCount: count('done'),
    failedCount: count('failed'),
  };
}

/** Sets with texts that are too short, and how many each has. */
export function getLeftOut(
  sets: readonly TextSet[],
  statuses: ReadonlyMap<string, TextStatus>,
): readonly { readonly name: string; readonly count: number }[] {
  return sets
    .map(({ name, texts }) => ({
      name,
      count: texts.filter(({ id }) => statuses.get(id)?.status === 'left-out').length,
    }))
    .filter(({ count }) => count > 0);
}
