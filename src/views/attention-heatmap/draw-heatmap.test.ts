import { describe, expect, it } from 'vitest';
import { computeReceived, computeShownMass } from '../../measures/received.ts';
import { createDrawLog } from '../../testing/draw-log.ts';
import { drawHeatmap } from './draw-heatmap.ts';
import { drawHeatmapOverlay } from './draw-heatmap-overlay.ts';
import { cellBox, type HeatmapWindow, layOutHeatmap } from './heatmap-layout.ts';

const units = ['The', ' cat', ' sat'].map((text, i) => ({ start: i, end: i + 1, text }));
const displayed = {
  size: 3,
  packed: Float32Array.of(1, 0.25, 0.75, 0.5, 0, 0.002),
  units,
  leftOutMass: 0,
  hiddenCells: 0,
};
const whole = { queries: { start: 0, end: 3 }, keys: { start: 0, end: 3 } };
const part: HeatmapWindow = { queries: { start: 1, end: 3 }, keys: { start: 0, end: 2 } };
const color = (name: string) => `--${name}`;

function paint(shown: HeatmapWindow, matrix = displayed) {
  const log = createDrawLog();
  const layout = layOutHeatmap(410, shown, 3);
  drawHeatmap(log.context, {
    layout,
    displayed: matrix,
    raster: null,
    minimap: null,
    received: computeReceived(matrix),
    shownMass: computeShownMass(matrix),
    scale: 'linear',
    theme: 'light',
    color,
  });
  return { log, layout };
}

describe('drawHeatmap', () => {
  it('prints the weights of large cells, dark on light and light on dark', () => {
    const { log } = paint(whole);
    const texts = log.of('fillText').map(([text]) => text);
    expect(texts.slice(0, 4)).toEqual(['1', '.25', '.75', '.50']);
    const inks = log.of('fillStyle').slice(0, 4);
    expect(inks).toEqual([['#fff'], ['#000'], ['#fff'], ['#000']]);
  });
  it('draws the column’s bars to the tallest, and for rows the share that is hidden', () => {
    const { log, layout } = paint(whole);
    const [, first, second, third, ...rows] = log.of('fillRect') as number[][];
    expect([first[3], second[3], third[3]].map((height) => Math.round(height))).toEqual([
      26,
      Math.round((0.375 / (1.75 / 3)) * 26),
      Math.round((0.002 / (1.75 / 3)) * 26),
    ]);
    // The first two rows are shown whole and have no bar.
    expect(rows).toHaveLength(1);
    expect(rows[0][0]).toBe(layout.left + layout.side + 4);
    expect(rows[0][2]).toBeCloseTo(0.498 * 26);
  });
  it('has no marginal of rows where nothing is hidden', () => {
    const { log } = paint(whole, {
      ...displayed,
      packed: Float32Array.of(1, 0.25, 0.75, 0.5, 0, 0.5),
    });
    expect(log.of('fillRect')).toHaveLength(4);
    expect(log.of('fillText').some(([text]) => String(text).includes('hidden'))).toBe(false);
  });
  it('says both axes and both marginals in words', () => {
    const texts = paint(whole)
      .log.of('fillText')
      .map(([text]) => String(text));
    expect(texts).toContain('key: the token looked at →');
    expect(texts).toContain('← query: the token that looks');
    expect(texts.some((text) => text.includes('received') && text.includes('0.5833'))).toBe(true);
    expect(texts.some((text) => text.includes('full width is 1'))).toBe(true);
  });
});

describe('drawHeatmapOverlay', () => {
  const layout = layOutHeatmap(410, part, 3);
  const paintOverlay = (query: number | null, key: number | null, hasNote = false) => {
    const log = createDrawLog();
    const beside = cellBox(layout, 1, 0);
    drawHeatmapOverlay(log.context, {
      layout,
      query,
      key,
      name: (index) => units[index].text,
      note: hasNote ? { lines: ['one', 'two two'], beside } : null,
      brush: null,
      color,
    });
    return log;
  };
  it('labels rows and columns of the window, the selected ones in their colours', () => {
    const log = paintOverlay(2, 0);
    expect(log.of('fillText').map(([text]) => text)).toEqual([' cat', ' sat', 'The', ' cat']);
    const named = log.calls.flatMap((call, i) =>
      call[0] === 'fillText'
        ? [log.calls.slice(0, i).findLast(([n]) => n === 'fillStyle')?.[1]]
        : [],
    );
    expect(named).toEqual(['--text-muted', '--query', '--key', '--text-muted']);
  });
  it('frames the selected cell and the part on the minimap', () => {
    const [cell, frame] = paintOverlay(2, 0).of('strokeRect') as number[][];
    const box = cellBox(layout, 2, 0);
    expect(cell).toEqual([box.x, box.y, box.width, box.height]);
    expect(frame[0]).toBe(14);
    expect(frame[1]).toBeCloseTo(14 + 56 / 3);
    expect(frame[2]).toBeCloseTo((56 * 2) / 3);
  });
  it('draws no band or frame for what is outside the window', () => {
    const log = paintOverlay(0, 2);
    expect(log.of('fillRect')).toHaveLength(0);
    expect(log.of('strokeRect')).toHaveLength(1);
  });
  it('puts the note beside the cell with every line in it', () => {
    const log = paintOverlay(1, 0, true);
    const [[x, y, width, height]] = log.of('roundRect') as number[][];
    const cell = cellBox(layout, 1, 0);
    expect([width, height]).toEqual([7 * 6 + 16, 40]);
    expect(y + height <= cell.y || y >= cell.y + cell.height || x >= cell.x + cell.width).toBe(
      true,
    );
    expect(
      log
        .of('fillText')
        .slice(-2)
        .map(([text]) => text),
    ).toEqual(['one', 'two two']);
  });
});
