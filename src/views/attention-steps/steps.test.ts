import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeAttentionSteps, orderByScore } from '../../measures/attention-steps.ts';
import type { HeadVectors } from '../../protocol/run.ts';
import { createDrawLog } from '../../testing/draw-log.ts';
import { describeTarget, formatValue } from './describe-target.ts';
import { drawSteps, drawStepsOverlay, largestAbsolute } from './draw-steps.ts';
import { sayFormula, sayScore } from './score-rule.ts';
import { chooseKeys, layOutSteps, PAGE, ROW, STRIP, targetAt } from './steps-layout.ts';
import { toStepArrays, toStepTable } from './steps-table.ts';

/** Query 2 of "the cat sat on", head size 2; scores 0, ln 3, 0. */
const vectors: HeadVectors = {
  query: 2,
  headSize: 2,
  queryVector: Float32Array.of(1, -2),
  keyVectors: Float32Array.of(0, 0, 0.5, -0.5, 0, 0),
  valueVectors: Float32Array.of(1, 0, 0, 2, 5, 0),
  attentionScale: 1 / Math.sqrt(2),
  scoreCap: null,
  scores: Float32Array.of(0, Math.log(3), 0),
  weights: Float32Array.of(0.2, 0.6, 0.2),
  output: Float32Array.of(1.2, 1.2),
};
const steps = computeAttentionSteps(vectors);
const words = ['the', '·cat', '·sat', '·on'];
const textOf = (key: number) => words[key];

describe('layOutSteps', () => {
  const layout = layOutSteps(410, [1, 0, 2], 2);
  it('is these numbers at the width of the side column', () => {
    expect(layout.columns).toEqual({
      label: { x: 0, width: 78 },
      key: { x: 86, width: 82 },
      score: { x: 176, width: 46 },
      exponential: null,
      weight: { x: 230, width: 90 },
      value: { x: 328, width: 82 },
    });
    expect(layout.rowsTop).toBe(18 + 13 + 36 + 4);
    expect(layout.othersY).toBe(layout.rowsTop + 3 * ROW);
    expect(layout.height).toBe(layout.outputStrip.y + 13 + 4);
  });
  it('has room for the exponentials when it is wide', () => {
    expect(layOutSteps(700, [0], 64).columns.exponential?.width).toBe(60);
  });
  it('finds components and rows under a point', () => {
    expect(targetAt(layout, 10, 20)).toEqual({ kind: 'query', component: 0 });
    expect(targetAt(layout, 400, layout.outputStrip.y + 1)).toEqual({
      kind: 'output',
      component: 1,
    });
    const second = layout.rowsTop + ROW + 3;
    expect(targetAt(layout, 87, second)).toEqual({ kind: 'key', key: 0, component: 0 });
    expect(targetAt(layout, 409, second)).toEqual({ kind: 'value', key: 0, component: 1 });
    expect(targetAt(layout, 10, second)).toEqual({ kind: 'row', key: 0 });
    expect(targetAt(layout, 10, layout.othersY + 5)).toBeNull();
    expect(targetAt(layout, 10, 2)).toBeNull();
  });
  it('never overlaps and never leaves the canvas', () => {
    fc.assert(
      fc.property(fc.integer({ min: 260, max: 1200 }), (width) => {
        const { columns } = layOutSteps(width, [0], 64);
        let end = 0;
        for (const span of Object.values(columns)) {
          if (span === null) continue;
          expect(span.x).toBeGreaterThanOrEqual(end);
          end = span.x + span.width;
        }
        expect(end).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('chooseKeys', () => {
  const scores = Float32Array.from({ length: 25 }, (_, key) => (key * 7) % 25);
  const order = orderByScore(scores);
  it('gives every key once over all pages', () => {
    const all = [0, 1, 2].flatMap((page) => chooseKeys(order, page, null));
    expect(all).toEqual(Array.from(order));
    expect(chooseKeys(order, 0, null)).toHaveLength(PAGE);
    expect(chooseKeys(order, 99, null)).toEqual(chooseKeys(order, 2, null));
  });
  it('adds the selected key when another page has it', () => {
    const last = order[24];
    expect(chooseKeys(order, 0, last).at(-1)).toBe(last);
    expect(chooseKeys(order, 0, order[3])).toHaveLength(PAGE);
    expect(chooseKeys(order, 0, 400)).toHaveLength(PAGE);
    expect(chooseKeys(new Int32Array(0), 0, 3)).toEqual([]);
  });
});

describe('drawSteps', () => {
  const layout = layOutSteps(700, [1, 2], 2);
  const paint = (change: Partial<HeadVectors> = {}) => {
    const log = createDrawLog();
    drawSteps(log.context, {
      layout,
      vectors: { ...vectors, ...change },
      steps,
      ranges: { q: 2, k: 0.5, v: 5, o: largestAbsolute(vectors.output) },
      count: 4,
      textOf,
      theme: 'light',
      color: (name) => `--${name}`,
    });
    return log;
  };
  it('says every step with its numbers', () => {
    const texts = paint()
      .of('fillText')
      .map(([text]) => String(text));
    const all = texts.join('\n');
    expect(all).toContain('1  query vector q of 2 “·sat”, 2 numbers');
    expect(texts).toContain('1 ·cat');
    expect(texts).toContain('1.10');
    expect(texts).toContain('60 %');
    expect(all).toContain('1 other key: 20 % together');
    expect(all).toContain('3  mask: 1 later token has score −∞');
    expect(all).toContain('m = 1.099, the largest score (key 1)');
    expect(all).toContain('e^(s − m) / 1.667');
    expect(all).toContain('5  output o');
  });
  it('heads the scores with the factor and the cap that the model has', () => {
    const heads = (change: Partial<HeadVectors>) =>
      paint(change)
        .of('fillText')
        .map(([text]) => String(text));
    expect(heads({})).toContain('q·k / √2');
    expect(heads({ attentionScale: 0.015625 })).toContain('0.016q·k');
    expect(heads({ scoreCap: 50 })).toContain('capped s');
  });
  it('paints a cell for each number of q, of the shown k and v, and of the output', () => {
    const log = paint();
    expect(log.of('fillRect').filter(([, , , height]) => height === STRIP)).toHaveLength(6 * 2);
    expect(log.of('strokeRect')).toHaveLength(1 + 2 * 2 + 1);
  });
  it('shows how much of the text the mask leaves', () => {
    const [track, seen] = paint()
      .of('fillRect')
      .filter(([, y]) => y === layout.maskStrip.y);
    expect(track[2]).toBe(700);
    expect(seen[2]).toBe(700 * 0.75);
    const scores = Float32Array.of(Number.NEGATIVE_INFINITY, 1, 0);
    const log = paint({ scores });
    const own = log.of('fillRect').filter(([, y]) => y === layout.maskStrip.y)[1];
    expect([own[0], own[2]]).toEqual([layout.maskStrip.x + 175, 350]);
    expect(log.of('fillText').join('\n')).toContain(
      'and 1 earlier one outside this layer’s window',
    );
  });
  it('marks the selected key’s row, and nothing when it has none', () => {
    const log = createDrawLog();
    drawStepsOverlay(log.context, { layout, color: String }, 2);
    expect(log.of('fillRect')).toEqual([[0, layout.rowsTop + ROW, 700, ROW]]);
    const none = createDrawLog();
    drawStepsOverlay(none.context, { layout, color: String }, 0);
    expect(none.calls).toEqual([]);
  });
});

describe('what is said', () => {
  const tokens = {
    text: 'the cat sat on',
    ids: new Int32Array(4),
    pieces: [],
    starts: Int32Array.of(0, 3, 7, 11),
    ends: Int32Array.of(3, 7, 11, 14),
    special: [],
  };
  it('of a row, of a component and its part in the sum', () => {
    const say = (target: Parameters<typeof describeTarget>[0]) =>
      describeTarget(target, vectors, steps, textOf);
    expect(say({ kind: 'row', key: 1 })).toBe(
      'key 1 “·cat”: score 1.099, e^(s − m) 1.000, weight 0.6000 (60 %)',
    );
    expect(say({ kind: 'key', key: 1, component: 1 })).toBe(
      'key 1 “·cat”: k[1] = -0.5000, adds 0.7071 to the score',
    );
    expect(say({ kind: 'value', key: 1, component: 1 })).toBe(
      'key 1 “·cat”: v[1] = 2.000, adds 1.200 to o[1]',
    );
    expect(say({ kind: 'query', component: 1 })).toBe('q[1] = -2.000');
    expect(say({ kind: 'output', component: 0 })).toBe('o[0] = 1.200');
  });
  it('with the factor and the cap that the model has', () => {
    const capped = { ...vectors, attentionScale: 0.1, scoreCap: 50 };
    expect(sayScore(vectors)).toBe('q·k / √2');
    expect(sayScore({ ...vectors, attentionScale: Math.fround(Math.SQRT1_2) })).toBe('q·k / √2');
    expect(sayScore({ ...vectors, attentionScale: 1 })).toBe('1 q·k');
    expect(sayScore(capped)).toBe('50 tanh(0.1 q·k / 50)');
    expect(sayFormula(capped)).toMatch(/^s = 50 tanh\(0.1 q·k \/ 50\); {2}a_j = /);
    expect(toStepTable(capped, steps, tokens).columns[2]).toBe('score 50 tanh(0.1 q·k / 50)');
    const target = { kind: 'key', key: 1, component: 1 } as const;
    expect(describeTarget(target, { ...capped, scoreCap: null }, steps, textOf)).toMatch(
      /adds 0.1000 to the score$/,
    );
    expect(describeTarget(target, capped, steps, textOf)).toMatch(
      /adds 0.1000 to the score before its cap$/,
    );
  });
  it('in numbers that mean something', () => {
    const values = [0, 1e-5, -0.25, 12.3456, 1234, Number.NaN, Number.NEGATIVE_INFINITY];
    const said = ['0', '1.0e-5', '-0.2500', '12.346', '1234', '–', '−∞'];
    expect(values.map(formatValue)).toEqual(said);
  });
  it('as a table and as arrays', () => {
    const table = toStepTable(vectors, steps, tokens);
    expect(table.rows[1].slice(0, 2)).toEqual([1, ' cat']);
    expect(table.rows).toHaveLength(3);
    for (const { shape, data } of toStepArrays(vectors))
      expect(data.length).toBe(shape.reduce((a, b) => a * b, 1));
  });
});
