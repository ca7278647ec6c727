import { getEntropy } from '../../measures/entropy.ts';
import { computeReceived } from '../../measures/received.ts';
import type { RunData } from '../../protocol/run.ts';
import type { TokenTint } from '../../state/display-options.ts';
import { type CausalSlice, weightAt } from '../../tensor/causal-slice.ts';

/** A quantity for each token, NaN where undefined, and the largest value for the colour scale. */
export interface TokenValues {
  readonly values: Float32Array;
  readonly most: number;
  readonly unit: 'nats' | 'share';
}

/** What tints the tokens; null when the choice needs something that is not there yet. */
export function getTokenValues(
  tint: TokenTint,
  run: RunData,
  slice: CausalSlice | null,
  place: {
    readonly layer: number;
    readonly head: number;
    readonly query: number | null;
    readonly key: number | null;
  },
): TokenValues | null {
  const count = run.tokens.ids.length;
  const of = (value: (index: number) => number): Float32Array =>
    Float32Array.from({ length: count }, (_, i) => value(i));
  const summary = run.layers[place.layer];
  const { query, key } = place;
  let values: Float32Array | null = null;
  if (tint === 'entropy' && summary) values = of((i) => getEntropy(summary, place.head, i, 'keep'));
  if (tint === 'surprise' && run.predictions?.count === count) values = run.predictions.surprise;
  if (slice !== null && slice.size === count) {
    if (tint === 'received') values = computeReceived(slice);
    if (tint === 'from-query' && query !== null)
      values = of((i) => (i > query ? Number.NaN : weightAt(slice, query, i)));
    if (tint === 'to-key' && key !== null)
      values = of((i) => (i < key ? Number.NaN : weightAt(slice, i, key)));
  }
  if (values === null) return null;
  const unit = tint === 'entropy' || tint === 'surprise' ? 'nats' : 'share';
  return { values, unit, most: largestOf(values) };
}

/** The largest defined value, at least 0. */
function largestOf(values: Float32Array): number {
  let most = 0;
  for (const value of values) if (value > most) most = value;
  return most;
}
