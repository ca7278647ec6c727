import { describe, expect, it } from 'vitest';
import { createDrawLog } from '../../testing/draw-log.ts';
import { drawRing, drawScatter } from './draw-scatter.ts';
import { layOutScatter, pointAt } from './scatter-layout.ts';

const nan = Number.NaN;
const color = (name: string) => name;

describe('points in a plane', () => {
  it('have one scale for both axes, y upwards, in the middle', () => {
    const { places } = layOutScatter(Float64Array.of(0, 0, 2, 1, nan, nan), 236, 136);
    // 200 for two units: 100 a unit, so the y extent of 100 is used to the full.
    expect(Array.from(places)).toEqual([18, 118, 218, 18, nan, nan]);
  });
  it('stand in the middle when all are alike, or there is one, or none', () => {
    expect(Array.from(layOutScatter(Float64Array.of(5, 5, 5, 5), 100, 60).places)).toEqual([
      50, 30, 50, 30,
    ]);
    expect(layOutScatter(new Float64Array(), 100, 60).places).toHaveLength(0);
  });
  it('are found by the pointer within reach, the nearest first', () => {
    const layout = layOutScatter(Float64Array.of(0, 0, 2, 1, nan, nan), 236, 136);
    expect(pointAt(layout, 20, 116)).toBe(0);
    expect(pointAt(layout, 210, 20)).toBe(1);
    expect(pointAt(layout, 100, 60)).toBeNull();
  });
  it('are painted in their colours and marks; what has no place is not', () => {
    const { context, of } = createDrawLog();
    const layout = layOutScatter(Float64Array.of(0, 0, 2, 1, nan, nan), 236, 136);
    const scene = { layout, labels: [0, 1, 1], colors: ['blue', 'red'], axisX: '', axisY: 'up' };
    drawScatter(context, scene, color);
    expect(of('arc').map(([x, y]) => [x, y])).toEqual([[18, 118]]);
    expect(of('rect')).toHaveLength(1);
    expect(of('fill')).toHaveLength(2);
    expect(of('fillStyle').flat()).toEqual(['text-faint', 'blue', 'red']);
    expect(of('fillText')).toEqual([['up', 6, 14]]);
    drawRing(context, layout, 2, color);
    expect(of('arc')).toHaveLength(1);
  });
});
