import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowStart } from '../../tensor/causal-slice.ts';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { randomAttention } from '../../testing/random-attention.ts';
import { summariseSlices } from '../../testing/summarise-slices.ts';
import { getValue, poolTogether } from '../measure.ts';
import { distance, distanceTail } from './distance.ts';

const valuesOf = (drawing: string) => {
  const { slice, tokens } = attentionFromText(drawing);
  const summary = summariseSlices([slice], tokens.ids);
  return [distance, distanceTail].map((measure) => getValue(measure.pool(summary, 0)));
};

describe('distance', () => {
  it('is counted with the first key and without it', () => {
    const [all, tail] = valuesOf('a b c\n1\n.5 .5\n.5 .25 .25');
    expect(all).toBeCloseTo((0.5 + 1 + 0.25) / 3, 6);
    expect(tail).toBeCloseTo(0.25 / (0.5 + 0.5), 6);
  });
  it('without the first key is undefined where nothing else is looked at', () => {
    expect(valuesOf('a b\n1\n1 0')[1]).toBeNaN();
    expect(valuesOf('a\n1')).toEqual([0, Number.NaN]);
  });
  it('of even attention is (n - 1) / 4', () => {
    const packed = new Float32Array(rowStart(7));
    for (let i = 0; i < 7; i++) packed.fill(1 / (i + 1), rowStart(i), rowStart(i + 1));
    const summary = summariseSlices([{ size: 7, packed }], new Int32Array(7));
    expect(getValue(distance.pool(summary, 0))).toBeCloseTo(1.5, 6);
  });
  it('is what all cells give, over texts taken together too', () => {
    fc.assert(
      fc.property(fc.array(randomAttention(), { minLength: 1, maxLength: 3 }), (texts) => {
        let sum = 0;
        let mass = 0;
        for (const { slices } of texts) {
          const { size, packed } = slices[0];
          for (let i = 0; i < size; i++)
            for (let j = 1; j <= i; j++) {
              sum += packed[rowStart(i) + j] * (i - j);
              mass += packed[rowStart(i) + j];
            }
        }
        const pooled = poolTogether(
          texts.map(({ ids, slices }) => distanceTail.pool(summariseSlices(slices, ids), 0)),
        );
        if (mass === 0) expect(getValue(pooled)).toBeNaN();
        else expect(getValue(pooled)).toBeCloseTo(sum / mass, 4);
      }),
    );
  });
});
