import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPattern } from '../../tensor/cell-pattern.ts';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { randomAttention } from '../../testing/random-attention.ts';
import { summariseSlices } from '../../testing/summarise-slices.ts';
import { duplicate, induction } from '../heads/copies.ts';
import { getValue } from '../measure.ts';
import { getMeasuredText } from '../measured-text.ts';
import { createDuplicatePattern, createInductionPattern } from './copies.ts';
import { createOffsetPattern } from './offset.ts';
import { poolPerQuery, poolPerText, poolStrongest, sumPattern } from './pattern-measure.ts';

const { slice, tokens } = attentionFromText('a b c\n1\n.7 .3\n.2 .2 .6');
const previous = createOffsetPattern(3, 1);

describe('a pattern’s share', () => {
  it('is told for the queries that have cells, or for all', () => {
    expect(sumPattern(slice, previous)).toBeCloseTo(0.9);
    expect(getValue(poolPerQuery(0.9, previous))).toBeCloseTo(0.45);
    expect(getValue(poolPerText(0.9, previous))).toBeCloseTo(0.3);
  });
  it('is undefined without cells', () => {
    const none = createPattern(3, () => []);
    expect(sumPattern(slice, none)).toBe(0);
    expect(getValue(poolPerQuery(0, none))).toBeNaN();
    expect(getValue(poolPerText(0, none))).toBe(0);
    expect(
      getValue(
        poolPerText(
          0,
          createPattern(0, () => []),
        ),
      ),
    ).toBeNaN();
  });
  it('leaves out rows that are undefined', () => {
    const packed = Float32Array.of(1, Number.NaN, Number.NaN, 0.2, 0.2, 0.6);
    expect(sumPattern({ size: 3, packed }, previous)).toBeCloseTo(0.2);
  });
  it('of copies is what a summary has of them', () => {
    fc.assert(
      fc.property(randomAttention(), ({ ids, slices }) => {
        const summary = summariseSlices(slices, ids);
        const text = getMeasuredText(ids);
        for (const [pattern, measure] of [
          [createDuplicatePattern(ids), duplicate],
          [createInductionPattern(ids), induction],
        ] as const) {
          const value = getValue(poolPerQuery(sumPattern(slices[0], pattern), pattern));
          const expected = getValue(measure.pool(summary, 0, text));
          if (Number.isNaN(expected)) expect(value).toBeNaN();
          else expect(value).toBeCloseTo(expected, 5);
        }
      }),
    );
  });
});

it('poolStrongest counts queries whose strongest key is in the pattern', () => {
  const summary = summariseSlices([slice], tokens.ids);
  expect(poolStrongest(summary, 0, previous)).toEqual({ sum: 1, weight: 2 });
});
