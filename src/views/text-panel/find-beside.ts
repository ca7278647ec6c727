/** A token's place on the page. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The token on the row above (`step` −1) or below (1) that is nearest to the one at `from`; null on the
 * first or last row. Rows are told by the middle of the boxes.
 */
export function findBeside(boxes: readonly Box[], from: number, step: -1 | 1): number | null {
  const middle = ({ top, bottom }: Box): number => (top + bottom) / 2;
  const centre = ({ left, right }: Box): number => (left + right) / 2;
  const at = boxes[from];
  if (at === undefined) return null;
  const height = Math.max(1, at.bottom - at.top);
  let best: number | null = null;
  let bestRow = Number.POSITIVE_INFINITY;
  let bestShift = Number.POSITIVE_INFINITY;
  boxes.forEach((box, i) => {
    const row = (middle(box) - middle(at)) * step;
    if (row < height / 2) return;
    const shift = Math.abs(centre(box) - centre(at));
    const isNearerRow = row < bestRow - height / 2;
    const isSameRow = Math.abs(row - bestRow) <= height / 2;
    if (isNearerRow || (isSameRow && shift < bestShift)) {
      best = i;
      bestRow = isNearerRow ? row : Math.min(row, bestRow);
      bestShift = shift;
    }
  });
  return best;
}
