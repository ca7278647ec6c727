import { describe, expect, it } from 'vitest';
import { createDrawLog } from '../../testing/draw-log.ts';
import { drawExamplePlace, drawExamples } from './draw-examples.ts';
import { getBarHeight, layOutExamples, ROW_HEIGHT, ROW_TITLE, tokenAt } from './examples-layout.ts';

const nan = Number.NaN;
const color = (name: string) => name;

describe('texts token by token', () => {
  const rows = [Float64Array.of(nan, 1, 2), Float64Array.of(nan, 4)];
  const layout = layOutExamples(rows, 350);
  it('share one scale and one step, the longest filling the width', () => {
    expect(layout.step).toBe(100);
    expect(layout.largest).toBe(4);
    expect(getBarHeight(layout, 4)).toBe(ROW_HEIGHT - ROW_TITLE);
    expect(getBarHeight(layOutExamples([Float64Array.of(nan)], 350), 1)).toBe(0);
  });
  it('are found by the pointer', () => {
    expect(tokenAt(layout, 44 + 250, 10)).toEqual({ row: 0, token: 2 });
    expect(tokenAt(layout, 44 + 250, ROW_HEIGHT + 10)).toBeNull();
    expect(tokenAt(layout, 44 + 150, ROW_HEIGHT + 10)).toEqual({ row: 1, token: 1 });
    expect(tokenAt(layout, 10, 10)).toBeNull();
    expect(tokenAt(layout, 60, 3 * ROW_HEIGHT)).toBeNull();
  });
  it('are painted as bars of their set’s colour, undefined ones not', () => {
    const { context, calls } = createDrawLog();
    const scene = {
      layout,
      rows: rows.map((values, at) => ({
        setName: `set ${at}`,
        title: 'a text',
        color: `colour ${at}`,
        values,
        maxima: values,
      })),
    };
    drawExamples(context, scene, color);
    let fill = '';
    const bars: unknown[] = [];
    for (const [name, ...values] of calls) {
      if (name === 'fillStyle') fill = String(values[0]);
      if (name === 'fillRect' && fill.startsWith('colour') && values[3] !== 10)
        bars.push([fill, ...values.map((value) => Math.round(Number(value) * 10) / 10)]);
    }
    expect(bars).toEqual([
      ['colour 0', 144, 86.5, 99, 21.5],
      ['colour 0', 244, 65, 99, 43],
      ['colour 1', 144, 130, 99, 86],
    ]);
    const log = createDrawLog();
    drawExamplePlace(log.context, scene, { row: 1, token: 0 }, color);
    expect(log.of('fillRect')).toEqual([[44, 214, 99, 2]]);
  });
});
