import { SET_LIMIT } from './text-set.ts';

/** A label (or folder) and how many usable texts carry it. */
export interface LabelCount {
  readonly label: string;
  readonly count: number;
}

/** A set that has more texts than a set takes: `kept` of `count`, spread evenly over them. */
export interface LeftOut {
  readonly label: string;
  readonly kept: number;
  readonly count: number;
}

/** Labels and their counts, the largest first; equal counts in the order in which they came. */
export function rankLabels(counts: ReadonlyMap<string, number>): readonly LabelCount[] {
  return [...counts].map(([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count);
}

/**
 * The labels that become sets: those that were wished for and exist, else the eight with most texts. In
 * the order in which they first came, so that sets stand as their file has them.
 */
export function chooseLabels(
  counts: ReadonlyMap<string, number>,
  wished?: readonly string[],
): readonly string[] {
  const chosen =
    wished?.filter((label, i) => counts.has(label) && wished.indexOf(label) === i) ??
    rankLabels(counts).map(({ label }) => label);
  const kept = new Set(chosen.slice(0, SET_LIMIT));
  return [...counts.keys()].filter((label) => kept.has(label));
}
