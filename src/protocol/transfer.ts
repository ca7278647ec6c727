/**
 * Buffers inside a value that may be moved rather than copied. Typed arrays that are views into a larger
 * buffer are copied, since moving would take the rest along.
 */
export function findTransferables(
  value: unknown,
  found = new Set<ArrayBuffer>(),
): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength) {
      found.add(value.buffer);
    }
  } else if (Array.isArray(value)) {
    for (const each of value) if (typeof each === 'object') findTransferables(each, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) findTransferables(each, found);
  }
  return found;
}
