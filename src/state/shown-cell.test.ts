import { describe, expect, it } from 'vitest';
import { computeDisplayedSlice } from '../measures/displayed-slice.ts';
import { attentionFromText } from '../testing/attention-from-text.ts';
import { getUnits } from '../text/get-units.ts';
import { toRowTable, toSquare, toTable } from './matrix-table.ts';
import { formatWeight, sayCell } from './shown-cell.ts';

const { tokens, slice } = attentionFromText('the river bank\n1\n.4 .6\n.616 .38 .004');
const show = (firstToken: 'keep' | 'drop-renormalise') =>
  computeDisplayedSlice(slice, getUnits(tokens, 'token'), {
    firstToken,
    thresholdWeight: 0,
    cumulatedMass: 1,
  });

describe('sayCell', () => {
  it('says both tokens with their positions, the exact weight, and one sentence to be heard', () => {
    expect(
      sayCell(show('keep'), { query: 2, key: 1 }, { firstToken: 'keep', weighting: 'weights' }),
    ).toEqual({
      pair: 'query 2 “·bank” → key 1 “·river”',
      value: '0.3800, 38.0 % of its attention',
      spoken: 'query 2 “·bank” attends 38.0 % to key 1 “·river”',
    });
  });
  it('says what a renormalised share is of, and that a row is undefined', () => {
    const shown = show('drop-renormalise');
    const said = sayCell(
      shown,
      { query: 2, key: 1 },
      { firstToken: 'drop-renormalise', weighting: 'weights' },
    );
    expect(said?.value).toBe('0.9896, 99.0 % of what is left of its attention');
    expect(
      sayCell(shown, { query: 0, key: 0 }, { firstToken: 'drop-renormalise', weighting: 'weights' })
        ?.value,
    ).toMatch(/^undefined/);
  });
  it('says nothing above the diagonal, outside, and of no selection', () => {
    const shown = show('keep');
    for (const [query, key] of [
      [0, 1],
      [9, 0],
      [null, 0],
      [1, null],
    ]) {
      expect(
        sayCell(shown, { query, key }, { firstToken: 'keep', weighting: 'weights' }),
      ).toBeNull();
    }
  });
  it('writes small weights with an exponent', () => {
    expect([0, 1, 0.05, 4.2e-7, Number.NaN].map(formatWeight)).toEqual([
      '0.0000',
      '1.0000',
      '0.0500',
      '4.20e-7',
      '–',
    ]);
  });
});

describe('a matrix as a table and as an array', () => {
  it('has a row for every cell that a query can see', () => {
    const table = toTable(show('keep'));
    expect(table.rows).toHaveLength(6);
    expect(table.rows[4].slice(0, 4)).toEqual([2, ' bank', 1, ' river']);
    expect(table.rows[4][4]).toBeCloseTo(0.38, 6);
    expect(toRowTable(show('keep'), 1).rows).toEqual(table.rows.slice(1, 3));
  });
  it('is square, with 0 above the diagonal', () => {
    const { shape, data } = toSquare(show('keep'), 'a');
    expect(shape).toEqual([3, 3]);
    expect(Array.from(data.subarray(0, 4), (w) => Number(w.toFixed(3)))).toEqual([1, 0, 0, 0.4]);
  });
});
