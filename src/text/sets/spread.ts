/**
 * Whether the item at `index` of `count` is among `most` that are spread evenly over all of them. Exactly
 * min(count, most) indices are. A file's first rows are often of one author or one day; evenly spread ones
 * are not. `isSpread(0, 6, 3)`, 2 and 4 are true.
 */
export function isSpread(index: number, count: number, most: number): boolean {
  if (count <= most) return true;
  return Math.floor((index * most) / count) !== Math.floor(((index - 1) * most) / count);
}
