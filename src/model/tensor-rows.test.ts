import { describe, expect, it } from 'vitest';
import type { ByteSource } from './byte-source.ts';
import { createMemorySource } from './memory-source.ts';
import type { FileTensor } from './tensor-file.ts';
import { readRowRange, readTensorRows } from './tensor-rows.ts';
import { plainTensorType } from './tensor-types.ts';

const [ROWS, WIDTH, OFFSET] = [100_000, 4, 8];

/** A matrix whose row r is 4r, 4r + 1, 4r + 2, 4r + 3, in a source that counts its reads. */
function createMatrix() {
  const bytes = new Uint8Array(OFFSET + 4 * ROWS * WIDTH);
  new Float32Array(bytes.buffer, OFFSET).forEach((_, i, all) => {
    all[i] = i;
  });
  const reads: number[] = [];
  const memory = createMemorySource('m', bytes);
  const source: ByteSource = {
    name: 'm',
    size: memory.size,
    read: async (offset, length) => {
      reads.push(length);
      return (await memory.read(offset, length)).slice();
    },
    close: () => memory.close(),
  };
  const type = plainTensorType('F32');
  const tensor: FileTensor = {
    name: 'm',
    shape: [ROWS, WIDTH],
    type,
    source,
    offset: OFFSET,
    bytes: 4 * ROWS * WIDTH,
  };
  return { tensor, reads };
}

describe('rows of a tensor', () => {
  it('come in the order asked for, some more than once', async () => {
    const { tensor } = createMatrix();
    const rows = await readTensorRows(tensor, [7, 0, 7, ROWS - 1]);
    expect([...rows]).toEqual(
      [7, 0, 7, ROWS - 1].flatMap((r) => [0, 1, 2, 3].map((i) => 4 * r + i)),
    );
    expect(await readTensorRows(tensor, [])).toHaveLength(0);
  });

  it('are read together when they lie close', async () => {
    const { tensor, reads } = createMatrix();
    await readTensorRows(tensor, [3, 1, 50_000, 2, 50_010]);
    expect(reads).toEqual([3 * 16, 11 * 16]);
  });

  it('come as a range', async () => {
    const { tensor } = createMatrix();
    expect([...(await readRowRange(tensor, 2, 2))]).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  });
});
