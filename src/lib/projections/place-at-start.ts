import { createRandom } from '../random.ts';

/**
 * Where a descent in the plane begins: the first two columns of principal scores [count, columns], scaled
 * to the standard deviation `spread` of the first, which is not 0, with seeded noise of a tenth of that at
 * the most. The noise parts points that are equal and lets another seed show how firm a picture is.
 * [count, 2]
 */
export function placeAtStart(
  scores: Float64Array,
  columns: number,
  spread: number,
  seed: number,
): Float64Array {
  const random = createRandom(seed);
  const count = scores.length / columns;
  let squares = 0;
  for (let at = 0; at < scores.length; at += columns) squares += scores[at] ** 2 / count;
  const scale = spread / Math.sqrt(squares);
  return Float64Array.from({ length: count * 2 }, (_, i) => {
    const column = i % 2;
    const noise = (random() - 0.5) * 0.2 * spread;
    return scores[((i - column) / 2) * columns + column] * scale + noise;
  });
}
