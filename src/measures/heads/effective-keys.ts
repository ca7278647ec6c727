import { poolEntropy } from '../entropy.ts';
import type { HeadMeasure } from '../measure.ts';

/** How many keys, looked at alike, give a query's entropy; the first key deleted. */
export const effectiveKeys = {
  id: 'effective-keys',
  unit: 'keys',
  range: [1, null],
  formula: 'mean over i ≥ 2 of exp(H_i), the first key deleted and the row renormalised',
  source:
    'second panel of our reading of the interdependency factor of Jawale et al. 2024; methods 1.4 [RECON]',
  certainty: 'ours',
  needs: 'summary',
  pool: (summary, head) => poolEntropy(summary, head, 'drop-renormalise', 'keys'),
} as const satisfies HeadMeasure;
