import { describe, expect, it } from 'vitest';
import { createLayerSummary } from '../../tensor/summary-rows.ts';
import { getValue } from '../measure.ts';
import { getMeasuredText } from '../measured-text.ts';
import { duplicate, induction } from './copies.ts';

const summary = (duplicates: number[], inductions: number[]) => {
  const made = createLayerSummary(0, 1, duplicates.length, 1);
  made.duplicateWeight.set(duplicates);
  made.inductionWeight.set(inductions);
  return made;
};
const text = getMeasuredText(Int32Array.of(1, 2, 1, 2));

describe('measures of repeated tokens', () => {
  it('count a weight that underflowed to nothing as nothing, not as absent', () => {
    const rows = summary([0, 0, 0, 0.5], [0, 0, 0.9, 0]);
    expect(getValue(duplicate.pool(rows, 0, text))).toBeCloseTo(0.25);
    expect(getValue(induction.pool(rows, 0, text))).toBeCloseTo(0.45);
  });
  it('do not mind rows that have nothing to look for', () => {
    const rows = summary([Number.NaN, Number.NaN, 0.2, 0.4], [0, 0, 1, 1]);
    expect(getValue(duplicate.pool(rows, 0, text))).toBeCloseTo(0.3);
  });
  it('are undefined where nothing repeats, and where a row was not computed', () => {
    const different = getMeasuredText(Int32Array.of(1, 2));
    expect(getValue(induction.pool(summary([0, 0], [0, 0]), 0, different))).toBeNaN();
    const missing = summary([0, 0, 0, Number.NaN], [0, 0, 0, 0]);
    expect(duplicate.pool(missing, 0, text)).toEqual({ sum: 0, weight: 0 });
  });
});
