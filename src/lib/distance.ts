/** The euclidean distance between two of points [points, columns]; NaN where a value is. */
export function getDistance(
  points: Float32Array | Float64Array,
  columns: number,
  one: number,
  other: number,
): number {
  let squares = 0;
  for (let column = 0; column < columns; column++) {
    const difference = points[one * columns + column] - points[other * columns + column];
    squares += difference * difference;
  }
  return Math.sqrt(squares);
}
