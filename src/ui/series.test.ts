import { describe, expect, it } from 'vitest';
import { createDrawLog } from '../testing/draw-log.ts';
import { drawSeries, drawSeriesPlace, findStretches } from './draw-series.ts';
import { layOutSeries, placeAtX, type Series, seriesX, seriesY } from './series-layout.ts';

const line = (values: readonly number[], more: Partial<Series> = {}): Series => ({
  id: 'a',
  name: 'a',
  color: 'blue',
  values,
  ...more,
});
const color = (name: string) => name;
const sceneOf = (series: readonly Series[]) => ({
  layout: layOutSeries(series, 464, 246, true),
  series,
  nameX: String,
  axisX: 'layer',
  axisY: 'nats',
  formatY: String,
});

describe('a chart of series', () => {
  it('has its ends at round numbers around all values and intervals', () => {
    const layout = layOutSeries([line([2, 3], { low: [1.2, 2], high: [4, 4.9] })], 464, 246, false);
    expect(layout.domain).toEqual([1, 5]);
    expect(seriesY(layout, 1)).toBe(layout.bottom);
    expect(seriesY(layout, 5)).toBe(layout.top);
    expect(layOutSeries([line([2, 3])], 464, 246, true).domain[0]).toBe(0);
  });

  it('gives room around values that are all alike, and stands without any', () => {
    const same = layOutSeries([line([3, 3])], 464, 246, false);
    expect(same.domain[0]).toBeLessThan(3);
    expect(same.domain[1]).toBeGreaterThan(3);
    const none = layOutSeries([line([Number.NaN])], 464, 246, false);
    expect(none.domain).toEqual([0, 1]);
    expect(layOutSeries([], 464, 246, false).count).toBe(0);
  });

  it('finds each place under its own point', () => {
    const layout = layOutSeries([line([1, 2, 3, 4, 5])], 464, 246, false);
    for (let i = 0; i < 5; i++) expect(placeAtX(layout, seriesX(layout, i))).toBe(i);
    expect(placeAtX(layout, 0)).toBeNull();
    const single = layOutSeries([line([1])], 464, 246, false);
    expect(placeAtX(single, seriesX(single, 0))).toBe(0);
  });

  it('draws no line over what is undefined', () => {
    expect(findStretches(5, [[1, 2, Number.NaN, 4, 5]])).toEqual([
      [0, 2],
      [3, 5],
    ]);
    const { context, of } = createDrawLog();
    drawSeries(context, sceneOf([line([1, 2, Number.NaN, 4])]), color);
    expect(of('stroke')).toHaveLength(1);
    expect(of('lineTo')).toHaveLength(2);
  });

  it('draws an interval as a band around its line', () => {
    const { context, of } = createDrawLog();
    drawSeries(context, sceneOf([line([1, 2], { low: [0, 1], high: [2, 3] })]), color);
    expect(of('fill')).toHaveLength(1);
    expect(of('lineTo')).toHaveLength(6);
  });

  it('marks the values of a place, but for those that are undefined', () => {
    const { context, of } = createDrawLog();
    drawSeriesPlace(context, sceneOf([line([1, 2]), line([Number.NaN, 1])]), 0, color);
    expect(of('arc')).toHaveLength(1);
  });
});
