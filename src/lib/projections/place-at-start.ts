import { createRandom } from '../random.ts';

/**
 * Where a descent in the plane begins: the first two columns of points [count, columns], scaled to the
 * standard deviation `spread` of the first, with seeded noise of a tenth of that at the most, which parts
 * points that are equal and lets another seed show how firm a picture is. [count, 2]; noise alone when all
 * points are equal.
 */
export function placeAtStart(
  points: Float64Array,
  columns: number,
  spread: number,
  seed: number,
): Float64Array {
  const random = createRandom(seed);
  const count = points.length / columns;
  let mean = 0;
  for (let at = 0; at < points.length; at += columns) mean += points[at] / count;
  let squares = 0;
  for (let at = 0; at < points.length; at += columns) squares += (points[at] - mean) ** 2 / count;
  const scale = squares > 0 ? spread / Math.sqrt(squares) : 0;
  return Float64Array.from({ length: count * 2 }, (_, i) => {
    const column = i % 2;
    const noise = (random() - 0.5) * 0.2 * spread;
    return points[((i - column) / 2) * columns + column] * scale + noise;
  });
}
