const COUNTED = [
  'ArrayBuffer',
  'Uint8Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
] as const;

/**
 * Runs some work and says how many bytes of buffers and typed arrays it made by length itself (copies of
 * what a runtime made do not count). Not for work that runs beside other work.
 */
export async function countAllocations(work: () => Promise<unknown>): Promise<number> {
  let bytes = 0;
  const plain = new Map(COUNTED.map((name) => [name, globalThis[name]] as const));
  for (const [name, kind] of plain) {
    const each = 'BYTES_PER_ELEMENT' in kind ? kind.BYTES_PER_ELEMENT : 1;
    const counting: object = new Proxy(kind, {
      construct(target, args, newTarget) {
        if (typeof args[0] === 'number') bytes += args[0] * each;
        return Reflect.construct(target, args, newTarget === counting ? target : newTarget);
      },
    });
    Object.assign(globalThis, { [name]: counting });
  }
  try {
    await work();
  } finally {
    Object.assign(globalThis, Object.fromEntries(plain));
  }
  return bytes;
}
