import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowStart } from '../../tensor/causal-slice.ts';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { randomAttention } from '../../testing/random-attention.ts';
import { summariseSlices } from '../../testing/summarise-slices.ts';
import { computeDisplayedSlice } from '../displayed-slice.ts';
import { getValue, type HeadMeasure } from '../measure.ts';
import {
  entropy,
  entropyOmitted,
  entropyOmittedShare,
  entropyRenormalised,
  entropyRenormalisedShare,
  entropyShare,
} from './entropy.ts';

const drawn = attentionFromText('the cat sat\n1\n.5 .5\n.2 .4 .4');
const summary = summariseSlices([drawn.slice], drawn.tokens.ids);
const measured = (measure: HeadMeasure, of = summary, ids = drawn.tokens.ids) =>
  getValue(measure.pool(of, 0, { ids } as never));

describe('entropy measures', () => {
  it('treat the first key as they say', () => {
    const last = -0.2 * Math.log(0.2) - 0.8 * Math.log(0.4);
    expect(measured(entropy)).toBeCloseTo((Math.log(2) + last) / 3, 6);
    expect(measured(entropyRenormalised)).toBeCloseTo(Math.log(2), 6);
    expect(measured(entropyOmitted)).toBeCloseTo((0.5 * Math.log(2) - 0.8 * Math.log(0.4)) / 3, 6);
  });
  it('are shares of what is possible where something is', () => {
    expect(measured(entropyRenormalisedShare)).toBeCloseTo(1, 6);
    const last = -0.2 * Math.log(0.2) - 0.8 * Math.log(0.4);
    expect(measured(entropyShare)).toBeCloseTo((1 + last / Math.log(3)) / 2, 6);
    const omitted = [(0.5 * Math.log(2)) / (1 / Math.E), (-0.8 * Math.log(0.4)) / (2 / Math.E)];
    expect(measured(entropyOmittedShare)).toBeCloseTo((omitted[0] + omitted[1]) / 2, 6);
  });
  it('of uniform rows is the mean of ln n', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (n) => {
        const packed = new Float32Array(rowStart(n));
        let logFactorial = 0;
        for (let query = 0; query < n; query++) {
          packed.fill(1 / (query + 1), rowStart(query), rowStart(query + 1));
          logFactorial += Math.log(query + 1);
        }
        const ids = new Int32Array(n);
        const made = summariseSlices([{ size: n, packed }], ids);
        expect(measured(entropy, made, ids)).toBeCloseTo(logFactorial / n, 5);
        if (n > 1) expect(measured(entropyShare, made, ids)).toBeCloseTo(1, 5);
      }),
    );
  });
  it('renormalised is that of the matrix whose first key was dropped, and dropping again changes nothing', () => {
    fc.assert(
      fc.property(randomAttention(), ({ ids, slices }) => {
        const units = Array.from(ids, (_, i) => ({ start: i, end: i + 1, text: '' }));
        const rules = {
          firstToken: 'drop-renormalise',
          thresholdWeight: 0,
          cumulatedMass: 1,
        } as const;
        const once = computeDisplayedSlice(slices[0], units, rules);
        const twice = computeDisplayedSlice(once, units, rules);
        twice.packed.forEach((weight, at) => {
          if (Number.isNaN(once.packed[at])) expect(weight).toBeNaN();
          else expect(weight).toBeCloseTo(once.packed[at], 6);
        });
        const own = measured(entropyRenormalised, summariseSlices([slices[0]], ids), ids);
        const again = measured(entropyRenormalised, summariseSlices([once], ids), ids);
        if (Number.isNaN(own)) expect(again).toBeNaN();
        else expect(again).toBeCloseTo(own, 4);
      }),
    );
  });
  it('are undefined of nothing, and renormalised of two tokens', () => {
    const none = summariseSlices([{ size: 0, packed: new Float32Array() }], new Int32Array());
    expect(measured(entropy, none)).toBeNaN();
    const two = summariseSlices([attentionFromText('a b\n1\n.5 .5').slice], Int32Array.of(0, 1));
    expect(measured(entropyRenormalised, two)).toBeNaN();
    expect(measured(entropy, two)).toBeCloseTo(Math.log(2) / 2, 6);
  });
});
