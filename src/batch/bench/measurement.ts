import type { Bench } from './bench.ts';

/** What a value should be; never a reason to fail. */
export type Target =
  | { readonly kind: 'at-most'; readonly value: number }
  | { readonly kind: 'at-least'; readonly value: number }
  | { readonly kind: 'exactly'; readonly value: number };

export const atMost = (value: number): Target => ({ kind: 'at-most', value });
export const atLeast = (value: number): Target => ({ kind: 'at-least', value });
export const exactly = (value: number): Target => ({ kind: 'exactly', value });

export type Unit = 'ms' | 's' | 'MB' | 'kB' | 'x' | '% of the run' | 'tokens/s' | 'nodes' | 'count';

/** What measuring gave: a value with its repetitions, or why there is none. */
export type Outcome =
  | {
      readonly kind: 'value';
      readonly value: number;
      /** Every repetition, in the order in which it was measured. */
      readonly samples: readonly number[];
      /** What should be known beside the number. */
      readonly detail?: string;
    }
  | { readonly kind: 'not-measured'; readonly why: string };

/** One row of the table: what is measured, how, and what it should be. */
export interface Measurement {
  readonly group: string;
  readonly name: string;
  readonly unit: Unit;
  /** Null for a number that is only told. */
  readonly target: Target | null;
  /** What exactly is measured. */
  readonly note: string;
  measure(bench: Bench): Promise<Outcome>;
}

/** A finished row. */
export interface Row {
  readonly measurement: Pick<Measurement, 'group' | 'name' | 'unit' | 'target' | 'note'>;
  readonly outcome: Outcome | { readonly kind: 'failed'; readonly message: string };
  /** The machine's load (one minute's average) when the row was done. */
  readonly load: number;
}

/** Whether a target is reached; null without a target or a value. NaN reaches none. */
export function isReached({ measurement, outcome }: Row): boolean | null {
  const { target } = measurement;
  if (target === null || outcome.kind !== 'value') return null;
  if (target.kind === 'at-most') return outcome.value <= target.value;
  if (target.kind === 'at-least') return outcome.value >= target.value;
  return outcome.value === target.value;
}
