import { rowStart } from '../../tensor/causal-slice.ts';
import type { MeasureDescription } from '../measure.ts';

/** How many tokens at the beginning of each text are compared. */
export const VARIABILITY_SIDE = 10;

/**
 * How much heads change from text to text: 0, they look by position only; 1, by content only. `corners`
 * holds for each text the beginnings of a layer's matrices, [head, side (side + 1) / 2] packed rows; texts
 * with NaN in them (shorter than the side) are left out, and so is the first key. NaN with fewer than two
 * texts, and where all is on the first key.
 */
export function computeVariability(
  corners: readonly Float32Array[],
  headCount: number,
  side = VARIABILITY_SIDE,
): Float64Array {
  const cells = rowStart(side);
  if (corners.some(({ length }) => length !== headCount * cells))
    throw new RangeError(`corners of ${headCount} heads have ${headCount * cells} cells`);
  const texts = corners.filter((corner) => !corner.some(Number.isNaN));
  const isFirst = Uint8Array.from({ length: cells }, () => 0);
  for (let query = 0; query < side; query++) isFirst[rowStart(query)] = 1;
  return Float64Array.from({ length: headCount }, (_, head) => {
    if (texts.length < 2) return Number.NaN;
    let difference = 0;
    let all = 0;
    for (let cell = 0; cell < cells; cell++) {
      if (isFirst[cell]) continue;
      let sum = 0;
      for (const corner of texts) sum += corner[head * cells + cell];
      const mean = sum / texts.length;
      for (const corner of texts) difference += Math.abs(corner[head * cells + cell] - mean);
      all += sum;
    }
    return all > 0 ? difference / (2 * all) : Number.NaN;
  });
}

export const variability = {
  id: 'variability',
  unit: 'share',
  range: [0, 1],
  formula: 'Σ_x Σ_ij |a_ij(x) − mean_x a_ij| / (2 Σ_x Σ_ij a_ij(x)), i < 10, 1 ≤ j ≤ i',
  source: 'Vig & Belinkov 2019; methods 5.12 [MEM]',
  certainty: 'standard',
  needs: 'corners',
} as const satisfies MeasureDescription;
