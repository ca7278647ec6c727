import { describe, expect, it } from 'vitest';
import {
  cellAt,
  cellSize,
  cellStart,
  chooseLabels,
  layOutHeatmap,
  panWindow,
  zoomWindow,
} from './heatmap-layout.ts';

describe('the heatmap', () => {
  const whole = { start: 0, end: 48 };
  const layout = layOutHeatmap(420, whole, whole);
  const middle = (along: 'queries' | 'keys', index: number) =>
    cellStart(layout, along, index) + cellSize(layout, along) / 2;

  it('finds each causal cell under its own middle and nothing above the diagonal', () => {
    for (let query = 0; query < 48; query++) {
      for (let key = 0; key < 48; key++) {
        const cell = cellAt(layout, middle('keys', key), middle('queries', query));
        expect(cell).toEqual(key <= query ? { query, key } : null);
      }
    }
  });
  it('has nothing outside', () => {
    expect(cellAt(layout, 0, 0)).toBeNull();
    expect(cellAt(layout, layout.left + layout.side + 1, layout.top + 1)).toBeNull();
  });
  it('counts from the window when zoomed', () => {
    const zoomed = layOutHeatmap(420, { start: 40, end: 44 }, { start: 8, end: 12 });
    expect(cellAt(zoomed, zoomed.left + 1, zoomed.top + 1)).toEqual({ query: 40, key: 8 });
  });
  it('zooms around the pointer and stays inside', () => {
    expect(zoomWindow({ start: 0, end: 100 }, 50, 0.5, 100)).toEqual({ start: 25, end: 75 });
    expect(zoomWindow({ start: 0, end: 100 }, 0, 0.5, 100)).toEqual({ start: 0, end: 50 });
    expect(zoomWindow({ start: 25, end: 75 }, 50, 4, 100)).toEqual({ start: 0, end: 100 });
    expect(zoomWindow({ start: 0, end: 1 }, 0, 0.5, 1)).toEqual({ start: 0, end: 1 });
  });
  it('pans and stays inside', () => {
    expect(panWindow({ start: 10, end: 20 }, -50, 100)).toEqual({ start: 0, end: 10 });
    expect(panWindow({ start: 10, end: 20 }, 500, 100)).toEqual({ start: 90, end: 100 });
  });
  it('never lets labels collide, and keeps the selected ones', () => {
    const labels = chooseLabels({ start: 0, end: 500 }, 1, 12, [37, 300]);
    expect(labels).toContain(37);
    expect(labels).toContain(300);
    labels.forEach((label, i) => {
      if (i > 0) expect(label - labels[i - 1]).toBeGreaterThanOrEqual(12);
    });
  });
});
