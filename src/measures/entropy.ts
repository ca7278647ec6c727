import type { Nats } from '../lib/flavor.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { getValue, type Pooled, toPooled } from './measure.ts';

export type EntropyMode = 'keep' | 'drop' | 'drop-renormalise';

/** -Σ p ln p in nats; 0 ln 0 counts as 0; NaN for an undefined row. */
export function computeRowEntropy(weights: ArrayLike<number>): Nats {
  let entropy = 0;
  for (let i = 0; i < weights.length; i++) {
    const p = weights[i];
    if (Number.isNaN(p)) return Number.NaN;
    if (p > 0) entropy -= p * Math.log(p);
  }
  return entropy;
}

/** The rows of a summary that entropies come from. */
export type EntropyRows = Pick<
  LayerSummary,
  'queryCount' | 'entropy' | 'tailEntropy' | 'tailMass' | 'window'
>;

/**
 * Entropy of one row from a summary. `keep`: all keys. `drop`: the first key's term omitted, not
 * renormalised (reading B of methods 1.3). `drop-renormalise`: first key deleted, the rest divided by
 * its sum s (reading A): H = H_rest / s + ln s; undefined for queries with fewer than two keys left.
 */
export function getEntropy(
  summary: EntropyRows,
  head: number,
  query: number,
  mode: EntropyMode,
): Nats {
  const at = head * summary.queryCount + query;
  if (mode === 'keep') return summary.entropy[at];
  if (mode === 'drop') return summary.tailEntropy[at];
  const rest = summary.tailMass[at];
  if (query < 2 || !(rest > 0)) return Number.NaN;
  return Math.max(0, summary.tailEntropy[at] / rest + Math.log(rest));
}

/**
 * The largest entropy that a causal row can have, from how many keys it may look at: n = i + 1, or as many
 * as the layer's `window` holds. `keep`: ln n. Where the first token is among them, `drop-renormalise`:
 * ln(n − 1), and `drop`: the largest −Σ a ln a over n − 1 keys whose mass is at most 1, which is ln(n − 1)
 * from three keys on and (n − 1) / e below (all mass on the rest is not the largest there). NaN when no key
 * is left. Query 1 of `drop`: 1 / e. Query 20 of a window of 8: ln 8 in each mode.
 */
export function getMaximumEntropy(
  query: number,
  mode: EntropyMode,
  window: number | null = null,
): Nats {
  const seen = window === null ? query + 1 : Math.min(query + 1, window);
  if (mode === 'keep' || seen <= query) return Math.log(seen);
  const rest = seen - 1;
  if (rest < 1) return mode === 'drop' ? 0 : Number.NaN;
  return mode === 'drop' && rest < Math.E ? rest / Math.E : Math.log(rest);
}

/** Sum and number of the queries where the entropy is defined. */
export function poolEntropy(
  summary: LayerSummary,
  head: number,
  mode: EntropyMode,
  unit: EntropyScale = 'nats',
): Pooled {
  let sum = 0;
  let count = 0;
  for (let query = 0; query < summary.queryCount; query++) {
    const nats = getEntropy(summary, head, query, mode);
    const value = toEntropyUnit(nats, unit, getMaximumEntropy(query, mode, summary.window));
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return toPooled(sum, count);
}

/** Mean over the queries where the entropy is defined; NaN when it is nowhere. */
export function getMeanEntropy(
  summary: LayerSummary,
  head: number,
  mode: EntropyMode,
  unit: EntropyScale = 'nats',
): number {
  return getValue(poolEntropy(summary, head, mode, unit));
}

/** What entropy may be told in; `keys` is the effective number of keys, exp(H). */
export type EntropyScale = 'nats' | 'bits' | 'normalised' | 'keys';

/**
 * Nats in another unit: bits; the share of the largest entropy possible, undefined (NaN) where that is
 * 0; or the number of keys that, looked at alike, would give this entropy. ln 4 -> 2 bits, 4 keys.
 */
export function toEntropyUnit(value: Nats, unit: EntropyScale, maximum: Nats): number {
  if (unit === 'nats') return value;
  if (unit === 'bits') return value / Math.LN2;
  if (unit === 'keys') return Math.exp(value);
  return maximum > 0 ? value / maximum : Number.NaN;
}
