// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  AttentionHeatmap,
  type AttentionHeatmapProps,
  POINTING_NOWHERE,
} from './AttentionHeatmap.tsx';
import { cellBox, layOutHeatmap } from './heatmap-layout.ts';

const window48 = { queries: { start: 0, end: 48 }, keys: { start: 0, end: 48 } };
const part = { queries: { start: 20, end: 40 }, keys: { start: 0, end: 20 } };

function show(props: Partial<AttentionHeatmapProps> = {}) {
  const calls = {
    onPointing: vi.fn(),
    onWindow: vi.fn(),
    onPreview: vi.fn(),
    onSelect: vi.fn(),
  };
  const layout = layOutHeatmap(410, window48, 48);
  render(
    <AttentionHeatmap
      layout={layout}
      selection={{ query: 20, key: 7 }}
      draw={() => undefined}
      drawOverlay={() => undefined}
      spoken="query 20 attends 3 % to key 7"
      pointing={POINTING_NOWHERE}
      {...calls}
      {...props}
    />,
  );
  return { ...calls, layout: props.layout ?? layout, chart: screen.getByRole('group') };
}
const middle = (layout: ReturnType<typeof layOutHeatmap>, query: number, key: number) => {
  const { x, y, width, height } = cellBox(layout, query, key);
  return { clientX: x + width / 2, clientY: y + height / 2 };
};

beforeEach(() => {
  HTMLCanvasElement.prototype.getContext = () => null;
  HTMLElement.prototype.setPointerCapture = () => undefined;
});
afterEach(cleanup);

describe('AttentionHeatmap', () => {
  it('has a name, takes the focus, and speaks', () => {
    const { chart } = show();
    expect(chart.getAttribute('aria-label')).toMatch(/Arrow keys move query and key/);
    expect(chart.tabIndex).toBe(0);
    expect(screen.queryByText('query 20 attends 3 % to key 7')).toBeNull();
    fireEvent.focus(chart);
    expect(screen.getByText('query 20 attends 3 % to key 7').getAttribute('aria-live')).toBe(
      'polite',
    );
  });
  it('moves the selected cell by keys', () => {
    const { chart, onSelect } = show();
    fireEvent.keyDown(chart, { key: 'ArrowDown' });
    fireEvent.keyDown(chart, { key: 'PageUp' });
    fireEvent.keyDown(chart, { key: 'End' });
    fireEvent.keyDown(chart, { key: 'x' });
    expect(onSelect.mock.calls).toEqual([
      [{ query: 21, key: 7 }],
      [{ query: 10, key: 7 }],
      [{ query: 20, key: 20 }],
    ]);
  });
  it('zooms by keys', () => {
    const { chart, onWindow } = show();
    fireEvent.keyDown(chart, { key: '+' });
    fireEvent.keyDown(chart, { key: '-' });
    fireEvent.keyDown(chart, { key: '0' });
    expect(onWindow.mock.calls).toEqual([
      [{ queries: { start: 10, end: 34 }, keys: { start: 4, end: 28 } }],
      [null],
      [null],
    ]);
  });
  it('selects by a click, zooms by a drag', () => {
    const { chart, layout, onSelect, onWindow } = show();
    fireEvent.pointerDown(chart, { button: 0, ...middle(layout, 30, 10) });
    fireEvent.pointerUp(chart, { button: 0, ...middle(layout, 30, 10) });
    expect(onSelect.mock.calls).toEqual([[{ query: 30, key: 10 }]]);
    fireEvent.pointerDown(chart, { button: 0, ...middle(layout, 30, 10) });
    fireEvent.pointerMove(chart, middle(layout, 40, 20));
    fireEvent.pointerUp(chart, { button: 0, ...middle(layout, 40, 20) });
    expect(onSelect).toHaveBeenCalledTimes(1);
    expect(onWindow.mock.calls).toEqual([
      [{ queries: { start: 30, end: 41 }, keys: { start: 10, end: 21 } }],
    ]);
  });
  it('previews the cell under the pointer, and nothing twice', () => {
    const { chart, layout, onPreview } = show();
    fireEvent.pointerMove(chart, middle(layout, 30, 10));
    expect(onPreview.mock.calls).toEqual([[{ query: 30, key: 10 }]]);
    cleanup();
    const still = show({
      pointing: { target: { kind: 'cell', query: 30, key: 10 }, brush: null },
    });
    fireEvent.pointerMove(still.chart, middle(still.layout, 30, 10));
    expect(still.onPreview).not.toHaveBeenCalled();
  });
  it('takes a wheel that moves something, and leaves others to the page', () => {
    const zoomed = show({ layout: layOutHeatmap(410, part, 48) });
    expect(fireEvent.wheel(zoomed.chart, { deltaY: 100 })).toBe(false);
    expect(zoomed.onWindow).toHaveBeenCalledWith({ ...part, queries: { start: 22, end: 42 } });
    cleanup();
    const whole = show();
    expect(fireEvent.wheel(whole.chart, { deltaY: 100 })).toBe(true);
    expect(whole.onWindow).not.toHaveBeenCalled();
  });
});
