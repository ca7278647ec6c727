/** The middle value; the mean of the two middle ones for an even count; NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Half the distance between the quartiles (medians of the lower and upper half, the middle value in
 * neither): how far repetitions lie apart. NaN for fewer than two.
 */
export function spread(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return (median(sorted.slice(sorted.length - half)) - median(sorted.slice(0, half))) / 2;
}

/** Runs A and B in turn (A B A B …), so that both see the same load of the machine. */
export async function alternate<A, B>(
  repetitions: number,
  runA: () => Promise<A>,
  runB: () => Promise<B>,
): Promise<{ readonly a: readonly A[]; readonly b: readonly B[] }> {
  const a: A[] = [];
  const b: B[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    a.push(await runA());
    b.push(await runB());
  }
  return { a, b };
}
