/** What of a norm is linear once its division is left out: gains, and whether it takes the mean off. */
export interface LinearNorm {
  /** [width], or null for a norm without gains or no norm at all. */
  readonly gain: Float32Array | null;
  /** LayerNorm subtracts the mean of its input, RMS norm does not. */
  readonly isCentred: boolean;
}

/** No norm. */
export const NO_NORM: LinearNorm = { gain: null, isCentred: false };

/**
 * Weights that read a normed vector, as weights that read the vector itself: w · (g ∘ (x − mean x)) =
 * (g ∘ w − mean (g ∘ w)) · x; without the mean for RMS norm. `rows` [n, width] are weights, a row each. The
 * norm's division, a positive factor of each x, and its bias are left out.
 */
export function foldIntoReader(
  rows: Float32Array,
  width: number,
  { gain, isCentred }: LinearNorm,
): Float32Array {
  const folded = scaleRows(rows, width, gain);
  if (isCentred) centreRows(folded, width);
  return folded;
}

/** Rows [n, width] that are written into a stream, as they come out of a norm: g ∘ (x − mean x). */
export function foldIntoWriter(
  rows: Float32Array,
  width: number,
  { gain, isCentred }: LinearNorm,
): Float32Array {
  if (!isCentred) return scaleRows(rows, width, gain);
  const centred = rows.slice();
  centreRows(centred, width);
  return scaleRows(centred, width, gain);
}

function scaleRows(rows: Float32Array, width: number, gain: Float32Array | null): Float32Array {
  const scaled = rows.slice();
  if (gain !== null) for (let i = 0; i < rows.length; i++) scaled[i] *= gain[i % width];
  return scaled;
}

function centreRows(rows: Float32Array, width: number): void {
  for (let start = 0; start < rows.length; start += width) {
    let sum = 0;
    for (let i = start; i < start + width; i++) sum += rows[i];
    for (let i = start; i < start + width; i++) rows[i] -= sum / width;
  }
}
