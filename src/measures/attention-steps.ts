/** What the last steps of attention start from: one query of one head. Layouts as in the run's vectors. */
export interface StepInput {
  readonly headSize: number;
  /** [keys] q·k times its factor, capped where the model does that. */
  readonly scores: Float32Array;
  /** [keys, headSize] */
  readonly valueVectors: Float32Array;
}

/** From scores to the head's output, each step with its numbers. */
export interface AttentionSteps {
  /** The largest score, which the softmax takes off all of them first; NaN when there is no key. */
  readonly maximum: number;
  /** The key that has it; -1 when there is none. */
  readonly largestKey: number;
  /** [keys] e^(score - maximum): at most 1, so that nothing overflows. */
  readonly exponentials: Float64Array;
  /** Their sum. */
  readonly sum: number;
  /** [keys] exponentials / sum: the weights; they sum to 1. */
  readonly weights: Float64Array;
  /** [headSize] Σ weight x value. */
  readonly output: Float64Array;
}

/**
 * Softmax and weighted sum, computed here in double precision, apart from the model's own kernels:
 * w_j = e^(s_j - max s) / Σ e^(s - max s), o = Σ w_j v_j (Vaswani et al. 2017, 3.2.1). Scores 0 and
 * ln 3 give weights 1/4 and 3/4.
 */
export function computeAttentionSteps({
  headSize,
  scores,
  valueVectors,
}: StepInput): AttentionSteps {
  let largestKey = -1;
  scores.forEach((score, key) => {
    if (largestKey < 0 || score > scores[largestKey]) largestKey = key;
  });
  const maximum = largestKey < 0 ? Number.NaN : scores[largestKey];
  const exponentials = Float64Array.from(scores, (score) => Math.exp(score - maximum));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  const weights = exponentials.map((value) => value / sum);
  const output = new Float64Array(headSize);
  weights.forEach((weight, key) => {
    for (let i = 0; i < headSize; i++) output[i] += weight * valueVectors[key * headSize + i];
  });
  return { maximum, largestKey, exponentials, sum, weights, output };
}

/** Keys by falling score; equal scores by position. */
export function orderByScore(scores: Float32Array): Int32Array {
  return Int32Array.from(scores, (_, key) => key).sort((a, b) => scores[b] - scores[a] || a - b);
}
