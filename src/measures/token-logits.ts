/**
 * What a head's values of some tokens add to the logits of some tokens: [rows, columns], a row for each
 * token that is looked at. The measures made of it do not depend on a positive factor of a row, so norms'
 * divisions may be left out of it.
 */
export interface TokenLogits {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns] */
  readonly logits: Float32Array;
}

/** A measure's sum and weight over what it was taken on: the value is sum / weight, undefined at weight 0. */
export interface SumOf {
  readonly sum: number;
  readonly weight: number;
}

/** The first of the largest values' columns; −1 where a value is undefined. */
function findLargest(row: Float32Array): number {
  let best = 0;
  for (let column = 0; column < row.length; column++) {
    if (Number.isNaN(row[column])) return -1;
    if (row[column] > row[best]) best = column;
  }
  return best;
}

/**
 * Successor score (Gould et al. 2023; methods 5.9 [MEM]): how many tokens of an ordinal list, when looked
 * at, make their successor the likeliest of the list. `successors` [rows] are columns, −1 for a token
 * without one, which is not counted. A head that adds nothing counts as a miss.
 */
export function countSuccessors(
  { rows, columns, logits }: TokenLogits,
  successors: ArrayLike<number>,
): SumOf {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < rows; i++) {
    if (successors[i] < 0) continue;
    const row = logits.subarray(i * columns, (i + 1) * columns);
    const best = findLargest(row);
    // Equal values everywhere name no token.
    if (best === successors[i] && row.some((value) => value < row[best])) sum++;
    weight++;
  }
  return { sum, weight };
}

/** Copy suppression of a head: both forms of methods 5.8. */
export interface CopySuppression {
  /** −(z-score of the own logit within its row), over rows. */
  readonly score: SumOf;
  /** Rows whose own logit is among the `lowest` of the row. */
  readonly lowest: SumOf;
}

/**
 * Copy suppression (McDougall et al. 2023; methods 5.8 [part MEM]), where column i is the token of row i:
 * how far below the others a token's own logit lies when it is looked at. A row of equal values has no
 * z-score and is left out. Taken over a sample of tokens in place of the whole vocabulary, which is our
 * operationalisation: `lowest` of a sample is a larger share than of a vocabulary.
 */
export function computeCopySuppression(
  { rows, columns, logits }: TokenLogits,
  lowest: number,
): CopySuppression {
  const sums = { score: 0, rows: 0, lowest: 0 };
  for (let i = 0; i < rows; i++) {
    const row = logits.subarray(i * columns, (i + 1) * columns);
    const own = row[i];
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += row[column];
    const mean = sum / columns;
    let squares = 0;
    let asLow = 0;
    for (let column = 0; column < columns; column++) {
      squares += (row[column] - mean) ** 2;
      if (row[column] <= own) asLow++;
    }
    const deviation = Math.sqrt(squares / columns);
    if (!(deviation > 0)) continue;
    sums.score -= (own - mean) / deviation;
    if (asLow <= lowest) sums.lowest++;
    sums.rows++;
  }
  return {
    score: { sum: sums.score, weight: sums.rows },
    lowest: { sum: sums.lowest, weight: sums.rows },
  };
}

/**
 * Copying on random tokens (Olsson et al. 2022; methods 5.3 [MEM]): what a token adds to the logits of the
 * context's tokens when it is looked at, less their mean, cut at 0; the share of it that is the token's
 * own, rescaled from [0, 1] to [−1, 1]. Columns are the context's distinct tokens, `own` [rows] the column of
 * each row's token. A row with nothing above its mean is left out. How shares are rescaled is our
 * reading (2 · share − 1). Logits 3 0 0 with own 0: mean 1, cut 2 0 0, share 1, score 1.
 */
export function computeTokenCopying(
  { rows, columns, logits }: TokenLogits,
  own: ArrayLike<number>,
): SumOf {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < rows; i++) {
    const row = logits.subarray(i * columns, (i + 1) * columns);
    let total = 0;
    for (const value of row) total += value;
    const mean = total / columns;
    let above = 0;
    for (const value of row) above += Math.max(0, value - mean);
    if (!(above > 0)) continue;
    sum += (2 * Math.max(0, row[own[i]] - mean)) / above - 1;
    weight++;
  }
  return { sum, weight };
}

/** How many rows have their token among the `top` largest, and among the `top` smallest of the row. */
export interface NameHits {
  readonly largest: number;
  readonly smallest: number;
}

/**
 * Hits of the name mover copy score (Wang et al. 2022; methods 5.7 [CODE]): rows, over the whole vocabulary,
 * whose token's logit is among the `top` largest; the smallest are the largest of the negated head where
 * norm and unembedding have no bias. Equal logits count as larger, so that a head that adds nothing has
 * no hits.
 */
export function countNameHits(
  { rows, columns, logits }: TokenLogits,
  own: ArrayLike<number>,
  top: number,
): NameHits {
  let largest = 0;
  let smallest = 0;
  for (let i = 0; i < rows; i++) {
    const row = logits.subarray(i * columns, (i + 1) * columns);
    const value = row[own[i]];
    let asLarge = 0;
    let asSmall = 0;
    // Most rows are decided after few columns.
    for (let column = 0; column < columns && (asLarge <= top || asSmall <= top); column++) {
      if (row[column] >= value) asLarge++;
      if (row[column] <= value) asSmall++;
    }
    if (asLarge > 0 && asLarge <= top) largest++;
    if (asSmall > 0 && asSmall <= top) smallest++;
  }
  return { largest, smallest };
}

/** A pooled value: NaN where it was taken on nothing. */
export function toValue({ sum, weight }: SumOf): number {
  return weight > 0 ? sum / weight : Number.NaN;
}

/** Sums and weights added: what was taken on several lists or texts. */
export function poolSums(parts: readonly SumOf[]): SumOf {
  return parts.reduce(
    (pooled, { sum, weight }) => ({ sum: pooled.sum + sum, weight: pooled.weight + weight }),
    { sum: 0, weight: 0 },
  );
}
