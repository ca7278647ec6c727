import type { Nats } from '../lib/flavor.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';

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

/**
 * Entropy of one row from a summary. `keep`: all keys. `drop`: the first key's term omitted, not
 * renormalised (reading B of methods 1.3). `drop-renormalise`: first key deleted, the rest divided by
 * its sum s (reading A): H = H_rest / s + ln s; undefined for queries with fewer than two keys left.
 */
export function getEntropy(
  summary: LayerSummary,
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

/** The largest entropy a causal row can have: ln of the number of keys it may look at. NaN when none. */
export function getMaximumEntropy(query: number, mode: EntropyMode): Nats {
  const keys = mode === 'drop-renormalise' ? query : query + 1;
  return keys < 1 ? Number.NaN : Math.log(keys);
}

/** Mean over the queries where the entropy is defined; NaN when it is nowhere. */
export function getMeanEntropy(summary: LayerSummary, head: number, mode: EntropyMode): Nats {
  let sum = 0;
  let count = 0;
  for (let query = 0; query < summary.queryCount; query++) {
    const value = getEntropy(summary, head, query, mode);
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : Number.NaN;
}

/** Nats in another unit: bits, or the share of the largest entropy possible (0 where that is 0). */
export function toEntropyUnit(
  value: Nats,
  unit: 'nats' | 'bits' | 'normalised',
  maximum: Nats,
): number {
  if (unit === 'nats') return value;
  if (unit === 'bits') return value / Math.LN2;
  return maximum > 0 ? value / maximum : Number.isNaN(value) ? Number.NaN : 0;
}
