import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomAttention } from '../testing/random-attention.ts';
import { summariseSlices } from '../testing/summarise-slices.ts';
import {
  CARD_MEASURES,
  computeHeadValues,
  findHeadMeasure,
  HEAD_MEASURES,
  poolHeads,
} from './head-measures.ts';
import { getValue } from './measure.ts';

describe('the list of measures', () => {
  it('names each once, in a way that links and filters can say', () => {
    const ids = HEAD_MEASURES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(HEAD_MEASURES.slice(0, CARD_MEASURES.length)).toEqual([...CARD_MEASURES]);
  });
  it('says the source of each, with its tag, and marks reconstructions as ours', () => {
    for (const { source, formula } of HEAD_MEASURES) {
      expect(source).toMatch(/methods \d\.\d.*\[(CODE|TEX|MEM|2ND|RECON)/);
      expect(formula).not.toBe('');
    }
    expect(findHeadMeasure('interdependency')?.certainty).toBe('ours');
    expect(findHeadMeasure('nothing')).toBeUndefined();
  });
});

describe('computeHeadValues', () => {
  it('gives values within their range', () => {
    fc.assert(
      fc.property(randomAttention(), ({ ids, slices }) => {
        for (const values of computeHeadValues(summariseSlices(slices, ids), ids))
          for (const { id, range } of HEAD_MEASURES) {
            if (Number.isNaN(values[id])) continue;
            expect(values[id], id).toBeGreaterThanOrEqual((range[0] ?? -1e9) - 1e-5);
            expect(values[id], id).toBeLessThanOrEqual((range[1] ?? 1e9) + 1e-5);
          }
      }),
    );
  });
  it('permutes when heads do', () => {
    fc.assert(
      fc.property(randomAttention({ minLength: 2, maxLength: 3 }), ({ ids, slices }) => {
        const values = computeHeadValues(summariseSlices(slices, ids), ids);
        const turned = computeHeadValues(summariseSlices([...slices].reverse(), ids), ids);
        expect(turned).toEqual([...values].reverse());
      }),
    );
  });
  it('works a measure out when it is first read, and once', () => {
    const summary = summariseSlices(
      [{ size: 2, packed: Float32Array.of(1, 0.5, 0.5) }],
      Int32Array.of(1, 2),
    );
    const [values] = computeHeadValues(summary, Int32Array.of(1, 2));
    summary.currentWeight.fill(0.25);
    expect(values.current).toBe(0.25);
    summary.currentWeight.fill(1);
    expect(values.current).toBe(0.25);
    expect({ ...values }).toMatchObject({ current: 0.25, previous: 0.5 });
  });
  it('is all undefined of nothing', () => {
    const none = { size: 0, packed: new Float32Array() };
    const [values] = computeHeadValues(summariseSlices([none], new Int32Array()), new Int32Array());
    for (const { id } of HEAD_MEASURES) expect(values[id], id).toBeNaN();
  });
  it('is what the text gives to a pool', () => {
    fc.assert(
      fc.property(randomAttention(), ({ ids, slices }) => {
        const summary = summariseSlices(slices, ids);
        const values = computeHeadValues(summary, ids);
        for (const measure of HEAD_MEASURES)
          expect(poolHeads(measure, summary, ids).map(getValue)).toEqual(
            values.map((each) => each[measure.id]),
          );
      }),
    );
  });
});
