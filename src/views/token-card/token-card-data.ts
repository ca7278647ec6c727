import type { Predictions, RunData } from '../../protocol/run.ts';
import { PREDICTIONS } from '../../protocol/run.ts';
import { type CausalSlice, weightAt } from '../../tensor/causal-slice.ts';
import { type LayerSummary, STRONGEST_KEYS } from '../../tensor/layer-summary.ts';
import type { UnitSpan } from '../../text/get-units.ts';

/** A token with the weight between it and the selected one. */
export interface WeightedToken {
  readonly token: number;
  readonly weight: number;
}

/** The token that the card is about: the selected one, a unit's last one, or the text's last one. */
export function findCardToken(units: readonly UnitSpan[], query: number | null): number {
  const unit = query === null ? units.at(-1) : (units[query] ?? units.at(-1));
  return unit === undefined ? -1 : unit.end - 1;
}

/** The unit that holds a token; -1 when there is none. */
export function findUnitOf(units: readonly UnitSpan[], token: number): number {
  return units.findIndex(({ start, end }) => token >= start && token < end);
}

/** The strongest keys of a query, falling; at most `STRONGEST_KEYS` are kept of a run. */
export function getStrongestKeys(
  summary: LayerSummary,
  head: number,
  query: number,
  count: number,
): readonly WeightedToken[] {
  if (query < 0 || query >= summary.queryCount) return [];
  const at = (head * summary.queryCount + query) * STRONGEST_KEYS;
  return Array.from({ length: Math.min(count, STRONGEST_KEYS) }, (_, k) => ({
    token: summary.strongestKeys[at + k],
    weight: summary.strongestWeights[at + k],
  })).filter(({ token }) => token >= 0);
}

/** The later queries that look at a key most, falling, from the exact matrix; equals by position. */
export function findStrongestQueries(
  slice: CausalSlice,
  key: number,
  count: number,
): readonly WeightedToken[] {
  const queries: WeightedToken[] = [];
  for (let query = key + 1; query < slice.size; query++) {
    const weight = weightAt(slice, query, key);
    if (weight > 0) queries.push({ token: query, weight });
  }
  return queries.sort((a, b) => b.weight - a.weight || a.token - b.token).slice(0, count);
}

/** A token that the model expected after a position. */
export interface Candidate {
  readonly id: number;
  readonly text: string;
  readonly probability: number;
  /** Whether the text goes on with it. */
  readonly isNext: boolean;
}

/** The five best tokens after a position; none while predictions have not arrived for the whole text. */
export function getCandidates(run: RunData, position: number): readonly Candidate[] {
  const predictions = getPredictions(run);
  if (predictions === null || position < 0) return [];
  const nextId = run.tokens.ids[position + 1];
  return Array.from({ length: PREDICTIONS }, (_, k) => {
    const at = position * PREDICTIONS + k;
    const id = predictions.ids[at];
    return {
      id,
      text: predictions.texts[at],
      probability: Math.exp(predictions.logProbabilities[at]),
      isNext: id === nextId,
    };
  }).filter(({ id }) => id >= 0);
}

/** The predictions when they are those of the text as it is shown. */
export function getPredictions(run: RunData): Predictions | null {
  return run.predictions?.count === run.tokens.ids.length ? run.predictions : null;
}
