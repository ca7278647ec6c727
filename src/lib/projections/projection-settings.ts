/** The fewest points of which a picture says anything: three always make a triangle. */
export const MIN_POINTS = 4;
/** To so many principal components points are reduced before t-SNE and UMAP, as is usual. */
export const REDUCED_COLUMNS = 50;

/** The perplexity for so many points: 30, as is usual, but never more than a third of the others. */
export function getPerplexity(count: number): number {
  return Math.min(30, (count - 1) / 3);
}

/**
 * How many neighbours, the point itself among them, each of so many points is joined with: 15, as is
 * usual, but never more than a third of all, and 3 at the least.
 */
export function getNeighbourCount(count: number): number {
  return Math.min(15, Math.max(3, Math.floor(count / 3)));
}
