import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CausalSlice, weightAt } from '../../tensor/causal-slice.ts';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { randomAttention } from '../../testing/random-attention.ts';
import { summariseSlices } from '../../testing/summarise-slices.ts';
import { getValue, poolTogether } from '../measure.ts';
import { getMeasuredText } from '../measured-text.ts';
import { createDetection, type DetectedPattern, type DetectionOptions } from './detection.ts';

/** The score as the source has it: whole matrices, cells taken out first. */
function detectSlowly(
  slice: CausalSlice,
  ids: Int32Array,
  pattern: DetectedPattern,
  { error, excludesFirst, excludesCurrent }: DetectionOptions,
): number {
  const n = slice.size;
  let inPattern = 0;
  let all = 0;
  let difference = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      if ((excludesFirst && j === 0) || (excludesCurrent && i === j)) continue;
      const weight = weightAt(slice, i, j);
      const cell = {
        previous: j === i - 1,
        duplicate: j < i && ids[j] === ids[i],
        induction: j >= 1 && ids[j - 1] === ids[i],
      }[pattern]
        ? 1
        : 0;
      inPattern += cell * weight;
      all += weight;
      difference += Math.abs(weight - cell);
    }
  }
  return error === 'mul' ? inPattern / all : 1 - difference / n;
}

const options: fc.Arbitrary<DetectionOptions> = fc.record({
  error: fc.constantFrom('mul', 'abs'),
  excludesFirst: fc.boolean(),
  excludesCurrent: fc.boolean(),
});
const patterns = fc.constantFrom<DetectedPattern>('previous', 'duplicate', 'induction');

describe('detection of a pattern', () => {
  it('from sums equals the whole matrices, whatever is taken out', () => {
    fc.assert(
      fc.property(randomAttention(), patterns, options, ({ ids, slices }, pattern, how) => {
        const expected = detectSlowly(slices[0], ids, pattern, how);
        const measure = createDetection('some', pattern, how);
        const value = getValue(measure.pool(summariseSlices(slices, ids), 0, getMeasuredText(ids)));
        if (Number.isNaN(expected)) expect(value).toBeNaN();
        else expect(value).toBeCloseTo(expected, 4);
      }),
      { numRuns: 500 },
    );
  });
  it('is 1 of the pattern itself, but for the first query', () => {
    const { slice, tokens } = attentionFromText('a b c d\n1\n1 0\n0 1 0\n0 0 1 0');
    const summary = summariseSlices([slice], tokens.ids);
    const text = getMeasuredText(tokens.ids);
    const value = (how: DetectionOptions) =>
      getValue(createDetection('some', 'previous', how).pool(summary, 0, text));
    expect(value({ error: 'mul' })).toBeCloseTo(3 / 4);
    expect(value({ error: 'mul', excludesCurrent: true })).toBeCloseTo(1);
    expect(value({ error: 'abs' })).toBeCloseTo(3 / 4);
    expect(value({ error: 'abs', excludesCurrent: true })).toBeCloseTo(1);
  });
  it('counts each text once when texts are pooled', () => {
    const measure = createDetection('some', 'previous', { error: 'mul' });
    const parts = ['a b\n1\n1 0', 'a b c d\n1\n1 0\n0 0 1\n0 0 0 1'].map((drawing) => {
      const { slice, tokens } = attentionFromText(drawing);
      return measure.pool(summariseSlices([slice], tokens.ids), 0, getMeasuredText(tokens.ids));
    });
    expect(getValue(poolTogether(parts))).toBeCloseTo((1 / 2 + 1 / 4) / 2);
  });
  it('says what it leaves out, and is undefined of nothing', () => {
    const measure = createDetection('some', 'induction', { error: 'abs', excludesFirst: true });
    expect(measure.formula).toMatch(/^1 − Σ \|A − P\| \/ n, .*, without the first key$/);
    const none = summariseSlices([{ size: 0, packed: new Float32Array() }], new Int32Array());
    expect(getValue(measure.pool(none, 0, getMeasuredText(new Int32Array())))).toBeNaN();
  });
});
