import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionFromText } from '../testing/attention-from-text.ts';
import { findDifference } from '../testing/close-to.ts';
import { rowOf, rowStart, weightAt } from './causal-slice.ts';
import { toNpy } from './npy.ts';
import {
  causalCellsOfTile,
  createLayerSummary,
  getTokensPerTile,
  summariseRows,
} from './summary-rows.ts';

const { tokens, slice } = attentionFromText(
  'the cat the cat\n1\n.25 .75\n.5 .5 0\n.125 .25 .5 .125',
);

describe('a causal slice', () => {
  it('holds its rows one after another', () => {
    expect([0, 1, 2, 3, 4].map(rowStart)).toEqual([0, 1, 3, 6, 10]);
    expect(Array.from(rowOf(slice, 2))).toEqual([0.5, 0.5, 0]);
    expect(weightAt(slice, 3, 2)).toBe(0.5);
  });
  it('has no weight after the query', () => expect(weightAt(slice, 1, 2)).toBe(0));
  it('of one token is one cell, of none nothing', () => {
    expect(Array.from(rowOf({ size: 1, packed: Float32Array.of(1) }, 0))).toEqual([1]);
    expect(rowStart(0)).toBe(0);
  });
  it('gives rows as views, never copies', () => {
    expect(rowOf(slice, 3).buffer).toBe(slice.packed.buffer);
  });
});

describe('a summary made of rows', () => {
  const summary = createLayerSummary(5, 2, 4, 1);
  summariseRows(summary, 1, tokens.ids, (query) => rowOf(slice, query));
  const ofHead = (values: Float32Array) => Array.from(values.subarray(4));

  it('has the query’s own and its previous weight, and those of the first four keys', () => {
    expect(ofHead(summary.currentWeight)).toEqual([1, 0.75, 0, 0.125]);
    expect(ofHead(summary.previousWeight)).toEqual([0, 0.25, 0.5, 0.5]);
    expect(ofHead(summary.firstFourMass)).toEqual([1, 1, 1, 1]);
  });
  it('finds weights on earlier copies of the token and on what followed them', () => {
    expect(ofHead(summary.duplicateWeight)).toEqual([0, 0, 0.5, 0.25]);
    expect(ofHead(summary.inductionWeight)).toEqual([0, 0, 0.5, 0.5]);
  });
  it('lists the strongest keys by falling weight, without those that weigh nothing', () => {
    const at = (1 * 4 + 3) * 8;
    expect(Array.from(summary.strongestKeys.subarray(at, at + 8))).toEqual([
      2, 1, 0, 3, -1, -1, -1, -1,
    ]);
    const row2 = (1 * 4 + 2) * 8;
    expect(Array.from(summary.strongestKeys.subarray(row2, row2 + 3))).toEqual([0, 1, -1]);
    expect(summary.strongestWeights[at]).toBe(0.5);
  });
  it('has a tile a cell', () => {
    expect(Array.from(summary.tiles.max.subarray(16, 20))).toEqual([1, 0, 0, 0]);
    expect(Array.from(summary.tiles.mean.subarray(28, 32))).toEqual([0.125, 0.25, 0.5, 0.125]);
  });
  it('leaves the other head as it was: undefined', () => {
    expect(summary.currentWeight[0]).toBeNaN();
  });
});

describe('tiles', () => {
  it('are at most 64 a side, and a cell each up to 64 tokens', () => {
    expect([1, 64, 65, 128, 129, 512, 8192].map(getTokensPerTile)).toEqual([1, 1, 2, 2, 4, 8, 128]);
  });
  it('hold all causal cells of a text between them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), (n) => {
        const size = getTokensPerTile(n);
        const count = Math.ceil(n / size);
        let cells = 0;
        for (let row = 0; row < count; row++) {
          for (let column = 0; column < count; column++)
            cells += causalCellsOfTile(row, column, size, n);
        }
        expect(cells).toBe((n * (n + 1)) / 2);
      }),
    );
  });
});

describe('an NPY file', () => {
  it('has a header of a multiple of 64 bytes and the values as they are', () => {
    for (const [shape, data, type] of [
      [[2, 3], Float32Array.of(1, -2, Number.NaN, 4, 5, 6), '<f4'],
      [[3], Int32Array.of(1, -2, 3), '<i4'],
      [[1, 1, 2], Uint8Array.of(0, 255), '|u1'],
      [[0, 4], new Float32Array(0), '<f4'],
    ] as const) {
      const file = toNpy({ name: 'a', shape, data });
      expect(new TextDecoder('latin1').decode(file.subarray(0, 8))).toBe('\x93NUMPY\x01\x00');
      const length = new DataView(file.buffer).getUint16(8, true);
      expect((10 + length) % 64).toBe(0);
      const header = new TextDecoder().decode(file.subarray(10, 10 + length));
      const list = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
      expect(header).toContain(`'descr': '${type}', 'fortran_order': False, 'shape': ${list}`);
      expect(header.endsWith('\n')).toBe(true);
      const values = file.slice(10 + length);
      expect(values).toHaveLength(data.byteLength);
      if (data instanceof Float32Array)
        expect(findDifference(new Float32Array(values.buffer), data, { atol: 0 }, true)).toBeNull();
      else expect(Array.from(values)).toEqual([...new Uint8Array(data.buffer)]);
    }
  });
});
