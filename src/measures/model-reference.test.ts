import { describe, expect, it } from 'vitest';
import type { NamedArray } from '../tensor/named-array.ts';
import { toSafetensors } from '../tensor/safetensors.ts';
import {
  compareAttention,
  compareLogits,
  comparePacked,
  findRowDeviation,
  parseReference,
} from './model-reference.ts';

const ids: NamedArray = { name: 'ids', shape: [2], data: Int32Array.of(7, 9) };
/** One layer of two heads on two tokens. */
const attention: NamedArray = {
  name: 'attention',
  shape: [1, 2, 2, 2],
  data: Float32Array.of(1, 0, 0.25, 0.75, 1, 0, 0.5, 0.5),
};
const read = (...arrays: NamedArray[]) => parseReference(toSafetensors(arrays));
const packed = () => Float32Array.of(1, 0.25, 0.75, 1, 0.5, 0.5);
const SHAPE = { layerCount: 1, headCount: 2 };

describe('a reference', () => {
  it('equals rows that equal it, and says where the largest difference is', () => {
    const reference = read(ids, attention);
    expect(compareAttention(packed(), SHAPE, reference).largest).toBe(0);
    const other = packed();
    other[4] = 0.5625;
    other[2] = 0.74;
    expect(compareAttention(other, SHAPE, reference)).toEqual({
      largest: 0.0625,
      layer: 0,
      head: 1,
      query: 1,
      key: 0,
    });
  });

  it('is never equalled by NaN', () => {
    const other = packed();
    other[1] = Number.NaN;
    const found = compareAttention(other, SHAPE, read(ids, attention));
    expect(found).toMatchObject({ largest: Number.POSITIVE_INFINITY, head: 0, query: 1, key: 0 });
    expect(comparePacked(packed(), other, 2, 2).largest).toBe(Number.POSITIVE_INFINITY);
    expect(findRowDeviation(other, 2)).toBe(Number.POSITIVE_INFINITY);
  });

  it('of another model is refused', () => {
    expect(() =>
      compareAttention(packed(), { layerCount: 2, headCount: 1 }, read(ids, attention)),
    ).toThrow(expect.objectContaining({ code: 'argument-invalid' }));
  });

  it('takes ids as Python writes them', () => {
    const file = toSafetensors([ids, attention]);
    // The same file with int64 ids.
    const wide = new Uint8Array(BigInt64Array.of(7n, 9n).buffer);
    const header = JSON.stringify({
      ids: { dtype: 'I64', shape: [2], data_offsets: [0, 16] },
      attention: { dtype: 'F32', shape: [1, 2, 2, 2], data_offsets: [16, 48] },
    });
    const bytes = new Uint8Array(8 + header.length + 48);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(new TextEncoder().encode(header), 8);
    bytes.set(wide, 8 + header.length);
    bytes.set(file.subarray(-32), 8 + header.length + 16);
    expect(parseReference(bytes)).toMatchObject({ ids: [7, 9], layerCount: 1, headCount: 2 });
  });

  it.each([
    ['no ids', [attention], 'no whole numbers "ids"'],
    ['no attention', [ids], 'no float32 "attention"'],
    [
      'attention of another length',
      [{ ...ids, shape: [1], data: Int32Array.of(1) }, attention],
      'fit',
    ],
    ['attention without axes', [ids, { ...attention, shape: [8] }], 'does not fit'],
  ] as const)('with %s is refused in words', (_, arrays, what) => {
    expect(() => read(...arrays)).toThrow(
      expect.objectContaining({ code: 'file-malformed', message: expect.stringContaining(what) }),
    );
  });
});

describe('logits', () => {
  const logits = Float32Array.of(0, 1, 2, 3, 4, 5);

  it('are compared whole, as a share of the largest', () => {
    const all = { name: 'logits', shape: [2, 3], data: Float32Array.of(0, 1, 2, 3, 4, 10) };
    expect(compareLogits(logits, 3, read(ids, attention, all))).toBe(0.5);
    expect(compareLogits(logits, 4, read(ids, attention, all))).toBe(Number.POSITIVE_INFINITY);
  });

  it('are compared at the ids that the reference has', () => {
    const topIds = { name: 'top20_ids', shape: [2, 2], data: Int32Array.of(2, 1, 2, 0) };
    const top = { name: 'top20_logits', shape: [2, 2], data: Float32Array.of(2, 1, 5, 3) };
    const reference = read(ids, attention, topIds, top);
    expect(compareLogits(logits, 3, reference)).toBe(0);
    const other = logits.slice();
    other[3] = Number.NaN;
    expect(compareLogits(other, 3, reference)).toBe(Number.POSITIVE_INFINITY);
  });

  it('are not there when the reference has none', () => {
    expect(compareLogits(logits, 3, read(ids, attention))).toBeNull();
  });
});

it('rows that sum to 1 deviate by nothing, others by what is missing', () => {
  expect(findRowDeviation(packed(), 2)).toBe(0);
  const other = packed();
  other[5] = 0.25;
  expect(findRowDeviation(other, 2)).toBe(0.25);
});
