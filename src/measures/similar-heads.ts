import type { LayerSummary } from '../tensor/layer-summary.ts';

export interface SimilarHead {
  readonly layer: number;
  readonly head: number;
  /** Cosine of the two heads' mean tiles without the first tile column, 0 to 1. */
  readonly similarity: number;
}

/**
 * The heads whose pictures are most alike on this text: cosine between mean tiles. The first tile column
 * is left out, because attention to the first token makes most heads look alike (our operationalisation).
 */
export function findSimilarHeads(
  layers: readonly (LayerSummary | null)[],
  layer: number,
  head: number,
  count: number,
): readonly SimilarHead[] {
  const own = layers[layer];
  if (own === null || own === undefined) return [];
  const side = own.tiles.count;
  const area = side * side;
  const cosine = (other: LayerSummary, otherHead: number): number => {
    let dot = 0;
    let a = 0;
    let b = 0;
    for (let row = 1; row < side; row++) {
      for (let column = 1; column <= row; column++) {
        const x = own.tiles.mean[head * area + row * side + column];
        const y = other.tiles.mean[otherHead * area + row * side + column];
        dot += x * y;
        a += x * x;
        b += y * y;
      }
    }
    return a > 0 && b > 0 ? dot / Math.sqrt(a * b) : Number.NaN;
  };
  return layers
    .flatMap((other) =>
      other === null || other.tiles.count !== side
        ? []
        : Array.from({ length: other.headCount }, (_, h) => ({
            layer: other.layer,
            head: h,
            similarity: other.layer === layer && h === head ? Number.NaN : cosine(other, h),
          })),
    )
    .filter((each) => !Number.isNaN(each.similarity))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, count);
}
