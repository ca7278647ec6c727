import { poolEntropy } from '../entropy.ts';
import type { HeadMeasure } from '../measure.ts';

const SOURCE = 'Ghader & Monz 2017, Vig & Belinkov 2019; methods 1.3 [MEM]';
const SHARE_SOURCE = 'bounded by the keys that a query may look at; methods 1.3 [RECON]';

/** How evenly a query looks, all keys. Uniform rows: mean of ln(i + 1); one key: 0. */
export const entropy = {
  id: 'entropy',
  unit: 'nats',
  range: [0, null],
  formula: 'mean over queries i of H_i = −Σ_j a_ij ln a_ij',
  source: SOURCE,
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) => poolEntropy(summary, head, 'keep'),
} as const satisfies HeadMeasure;

/** The first key deleted and the rest made to sum to 1; queries with two keys and more left. */
export const entropyRenormalised = {
  id: 'entropy-renormalised',
  unit: 'nats',
  range: [0, null],
  formula: 'mean over i ≥ 2 of −Σ_j≥1 b_ij ln b_ij, b_ij = a_ij / Σ_k≥1 a_ik',
  source: `${SOURCE}, first key deleted (reading A)`,
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) => poolEntropy(summary, head, 'drop-renormalise'),
} as const satisfies HeadMeasure;

/** The first key's term left out of the sum, nothing renormalised. */
export const entropyOmitted = {
  id: 'entropy-omitted',
  unit: 'nats',
  range: [0, null],
  formula: 'mean over queries i of −Σ_j≥1 a_ij ln a_ij',
  source: `${SOURCE}, first term omitted (reading B)`,
  certainty: 'standard',
  needs: 'summary',
  pool: (summary, head) => poolEntropy(summary, head, 'drop'),
} as const satisfies HeadMeasure;

/** Entropy as a share of the largest possible, so that queries of any place can be compared. */
export const entropyShare = {
  id: 'entropy-share',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ 1 of H_i / ln n_i, n_i keys that i may look at',
  source: SHARE_SOURCE,
  certainty: 'ours',
  needs: 'summary',
  pool: (summary, head) => poolEntropy(summary, head, 'keep', 'normalised'),
} as const satisfies HeadMeasure;

export const entropyRenormalisedShare = {
  id: 'entropy-renormalised-share',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ 2 of the renormalised entropy / ln(n_i − 1)',
  source: SHARE_SOURCE,
  certainty: 'ours',
  needs: 'summary',
  pool: (summary, head) => poolEntropy(summary, head, 'drop-renormalise', 'normalised'),
} as const satisfies HeadMeasure;

export const entropyOmittedShare = {
  id: 'entropy-omitted-share',
  unit: 'share',
  range: [0, 1],
  formula: 'mean over i ≥ 1 of −Σ_j≥1 a_ij ln a_ij / the largest that it can be',
  source: SHARE_SOURCE,
  certainty: 'ours',
  needs: 'summary',
  pool: (summary, head) => poolEntropy(summary, head, 'drop', 'normalised'),
} as const satisfies HeadMeasure;
