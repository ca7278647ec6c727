import { describe, expect, it } from 'vitest';
import { createLayerSummary } from '../tensor/summary-rows.ts';
import { computeHeadValues, findRepeated } from './head-measures.ts';

describe('findRepeated', () => {
  it('marks the tokens that stand earlier as well', () => {
    expect(Array.from(findRepeated(Int32Array.of(7, 8, 7, 9, 8, 7)))).toEqual([0, 0, 1, 0, 1, 1]);
    expect(findRepeated(new Int32Array())).toHaveLength(0);
  });
});

describe('measures of repeated tokens', () => {
  const summary = (duplicate: number[], induction: number[]) => {
    const made = createLayerSummary(0, 1, duplicate.length, 1);
    made.duplicateWeight.set(duplicate);
    made.inductionWeight.set(induction);
    return made;
  };
  const ids = Int32Array.of(1, 2, 1, 2);

  it('count a weight that underflowed to nothing as nothing, not as absent', () => {
    const [values] = computeHeadValues(summary([0, 0, 0, 0.5], [0, 0, 0.9, 0]), ids);
    expect(values.duplicate).toBeCloseTo(0.25);
    expect(values.induction).toBeCloseTo(0.45);
  });
  it('do not mind rows that have nothing to look for', () => {
    const rows = summary([Number.NaN, Number.NaN, 0.2, 0.4], [0, 0, 1, 1]);
    expect(computeHeadValues(rows, ids)[0].duplicate).toBeCloseTo(0.3);
  });
  it('are undefined where nothing repeats, where a row was not computed, and of nothing', () => {
    const none = computeHeadValues(summary([0, 0], [0, 0]), Int32Array.of(1, 2))[0];
    expect(none.induction).toBeNaN();
    const missing = summary([0, 0, 0, Number.NaN], [0, 0, 0, 0]);
    expect(computeHeadValues(missing, ids)[0].duplicate).toBeNaN();
    expect(
      computeHeadValues(createLayerSummary(0, 1, 0, 1), new Int32Array())[0].entropy,
    ).toBeNaN();
  });
});
