// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { finish } from '../../lib/sliced-work.ts';
import { compareGroups } from '../../lib/statistics/compare-groups.ts';
import { findHeadMeasure } from '../../measures/head-measures.ts';
import { toGroupRequest } from '../../state/domains/compared-heads.ts';
import { createResults, createSetOfValues } from '../../testing/domain-results.ts';
import { createDrawLog } from '../../testing/draw-log.ts';
import { formatStop, paintMaps, toMapData } from './map-figure.ts';
import { toHeadRows, toMapPanels } from './map-panels.ts';
import { toHeadTable, toValueArrays } from './map-tables.ts';

const nan = Number.NaN;
const repeat = (values: readonly number[]) =>
  Array.from({ length: 8 }, (_, text) => values.map((value) => value + text * 0.001));
const a = createSetOfValues('a', ['distance'], repeat([1, 2, 3, nan]), 0);
const b = createSetOfValues('b', ['distance'], repeat([1, 5, 1, 4]), 1);
const results = createResults([a, b]);
const measure = findHeadMeasure('distance')!;

describe('maps of sets', () => {
  it('share one scale from 0, and differences one that is centred at 0', () => {
    const values = toMapPanels(results, 'distance', 'values');
    expect(values?.panels.map(({ title }) => title)).toEqual(['a', 'b']);
    expect(values?.scale).toMatchObject({ kind: 'sequential', from: 0 });
    const differences = toMapPanels(results, 'distance', 'difference');
    expect(differences?.panels.map(({ title }) => title)).toEqual(['b − a']);
    const [{ values: between }] = differences?.panels ?? [];
    expect(Array.from(between, (value) => Math.round(value * 1e6) / 1e6)).toEqual([0, 3, -2, nan]);
    expect(differences?.scale).toMatchObject({ kind: 'diverging' });
    expect(differences?.scale.kind === 'diverging' && differences.scale.limit).toBeCloseTo(3, 9);
    expect(toMapPanels(results, 'no such', 'values')).toBeNull();
  });
  it('have heads as rows and layers as columns', () => {
    // [layer, head]: L0 1 2 3, L1 4 5 6.
    expect(Array.from(toHeadRows(Float64Array.of(1, 2, 3, 4, 5, 6), 3))).toEqual([
      1, 4, 2, 5, 3, 6,
    ]);
  });
  it('frame the heads that differ significantly, in differences only', () => {
    const comparison = finish(compareGroups(toGroupRequest(b, a, 'distance')));
    const differences = toMapPanels(results, 'distance', 'difference')!;
    const data = toMapData(differences.panels[0], differences.scale, results, comparison);
    const framed = (row: number, column: number) => data.frameOf?.({ row, column });
    expect([framed(0, 0), framed(1, 0), framed(0, 1), framed(1, 1)]).toEqual([
      null,
      'text',
      'text',
      null,
    ]);
    const values = toMapPanels(results, 'distance', 'values')!;
    expect(toMapData(values.panels[0], values.scale, results, comparison).frameOf).toBeUndefined();
  });
  it('say at the ends of the scale when heads lie beyond', () => {
    const scale = { kind: 'diverging', limit: 2 } as const;
    const format = formatStop({ panels: [], scale, isClipped: true }, 'tokens');
    expect([-2, -1, 0, 2].map(format)).toEqual(['≤ −2.00', '−1.00', '0', '≥ +2.00']);
    expect(formatStop({ panels: [], scale, isClipped: false }, 'tokens')(2)).toBe('+2.00');
  });
  it('are painted under their names, with frames and a legend', () => {
    const { context, of } = createDrawLog();
    const panels = toMapPanels(results, 'distance', 'difference')!;
    const comparison = finish(compareGroups(toGroupRequest(b, a, 'distance')));
    paintMaps({
      results,
      measure,
      shows: 'difference',
      panels,
      comparisons: new Map([['b', comparison]]),
      theme: 'light',
    }).draw(context, 0, 0);
    const texts = of('fillText').map(([text]) => text);
    expect(texts).toContain('b − a');
    expect(texts).toContain('tokens');
    expect(texts).toContain('framed: adjusted p < .05');
    // Two framed heads; the squares of the legend are smaller.
    expect(of('strokeRect').filter(([, , width]) => Number(width) > 12)).toHaveLength(2);
  });
  it('stand in tables and arrays with what is undefined as NaN', () => {
    expect(toHeadTable(results, measure, new Map()).columns).toHaveLength(5);
    const comparison = finish(compareGroups(toGroupRequest(b, a, 'distance')));
    const table = toHeadTable(results, measure, new Map([['b', comparison]]));
    expect(table.columns).toEqual([
      'layer',
      'head',
      'a, texts pooled (tokens)',
      'b, texts pooled (tokens)',
      'b − a, means over texts',
      'adjusted p (b − a)',
    ]);
    expect(table.rows[3].slice(0, 3)).toEqual([1, 1, nan]);
    expect(table.rows[3][5]).toBeNaN();
    const [{ shape, data }] = toValueArrays(results, measure);
    expect(shape).toEqual([2, 2, 2]);
    expect(data[3]).toBeNaN();
    expect(data[5]).toBeCloseTo(5.0035, 5);
  });
});
