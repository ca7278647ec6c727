/** How many ways there are to choose `size` of `count`: n! / (k! (n - k)!). Infinity when beyond numbers. */
export function countSplits(count: number, size: number): number {
  let splits = 1;
  for (let k = 1; k <= Math.min(size, count - size); k++) splits = (splits * (count - k + 1)) / k;
  return Math.round(splits);
}

/** All ways to choose `size` of 0..count-1 in their order. The array given is the same one each time. */
export function* listSplits(count: number, size: number): Generator<Int32Array, void> {
  const chosen = Int32Array.from({ length: size }, (_, i) => i);
  for (;;) {
    yield chosen;
    let last = size - 1;
    while (last >= 0 && chosen[last] === count - size + last) last--;
    if (last < 0) return;
    chosen[last]++;
    for (let i = last + 1; i < size; i++) chosen[i] = chosen[i - 1] + 1;
  }
}

/** `draws` random choices of `size` of 0..count-1, each as likely as any other. */
export function* drawSplits(
  count: number,
  size: number,
  draws: number,
  random: () => number,
): Generator<Int32Array, void> {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  const chosen = order.subarray(0, size);
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < size; i++) {
      const other = i + Math.floor(random() * (count - i));
      const kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    yield chosen;
  }
}
