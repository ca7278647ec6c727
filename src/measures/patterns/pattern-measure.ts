import { type CausalSlice, rowOf } from '../../tensor/causal-slice.ts';
import type { CellPattern } from '../../tensor/cell-pattern.ts';
import { type LayerSummary, STRONGEST_KEYS } from '../../tensor/layer-summary.ts';
import type { TokenizedText } from '../../text/token.ts';
import { type MeasureDescription, type Pooled, toPooled } from '../measure.ts';

/** Tokens from `start` up to `end`, which is not among them. */
export interface TokenSpan {
  readonly start: number;
  readonly end: number;
}

/** A sequence of `period` tokens said twice or more, from `start` on (1 after a begin token). */
export interface RepeatedSpan {
  readonly start: number;
  readonly period: number;
}

/** A text that heads are tried on, with what is known of it. */
export interface ProbeText {
  readonly ids: Int32Array;
  /** Null for ids that no text was cut into. */
  readonly tokens: TokenizedText | null;
  readonly repeat: RepeatedSpan | null;
  readonly needle: TokenSpan | null;
}

/** A number for each head, from the attention that a set of cells gets. */
export interface PatternMeasure extends MeasureDescription {
  readonly needs: 'pattern';
  /** The cells of a text; null where the text is not of the kind that the measure is tried on. */
  build(text: ProbeText): CellPattern | null;
  /** From Σ of a head's weights in the cells. */
  pool(weight: number, pattern: CellPattern): Pooled;
}

/** A text of which nothing but its tokens is known. */
export function toProbe(tokens: TokenizedText): ProbeText {
  return { ids: tokens.ids, tokens, repeat: null, needle: null };
}

/** How many queries have cells in a pattern. */
export function countQueries({ size, starts }: CellPattern): number {
  let count = 0;
  for (let query = 0; query < size; query++) if (starts[query + 1] > starts[query]) count++;
  return count;
}

/** The mean over the queries that have cells of their attention to them. */
export function poolPerQuery(weight: number, pattern: CellPattern): Pooled {
  return toPooled(weight, countQueries(pattern));
}

/** The share of all attention: the mean over all queries, with cells or without. */
export function poolPerText(weight: number, pattern: CellPattern): Pooled {
  return toPooled(weight, pattern.size);
}

/** Σ of a head's weights in a pattern's cells. Undefined rows (NaN) are left out. */
export function sumPattern(slice: CausalSlice, { size, starts, keys }: CellPattern): number {
  let sum = 0;
  for (let query = 0; query < Math.min(size, slice.size); query++) {
    const row = rowOf(slice, query);
    if (Number.isNaN(row[0])) continue;
    for (let at = starts[query]; at < starts[query + 1]; at++) sum += row[keys[at]];
  }
  return sum;
}

/** Of the queries that have cells in a pattern, how many have their strongest key among them. */
export function poolStrongest(
  summary: LayerSummary,
  head: number,
  { size, starts, keys }: CellPattern,
): Pooled {
  let hits = 0;
  let queries = 0;
  for (let query = 0; query < Math.min(size, summary.queryCount); query++) {
    const own = keys.subarray(starts[query], starts[query + 1]);
    if (own.length === 0) continue;
    queries++;
    const strongest = summary.strongestKeys[(head * summary.queryCount + query) * STRONGEST_KEYS];
    if (own.includes(strongest)) hits++;
  }
  return toPooled(hits, queries);
}
