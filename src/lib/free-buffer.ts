/**
 * Frees a buffer that nobody reads any more at once; left to the garbage collector, hundreds of MB gather
 * before it looks. Its views are empty afterwards. Does nothing where buffers cannot be transferred.
 */
export function freeBuffer(buffer: ArrayBufferLike): void {
  const { transfer } = buffer as { transfer?: (length: number) => unknown };
  transfer?.call(buffer, 0);
}
