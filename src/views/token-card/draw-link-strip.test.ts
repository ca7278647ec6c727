import { expect, it } from 'vitest';
import {
  drawLinkStrip,
  STRIP_LEFT,
  STRIP_ROW,
  stripPlaceAt,
  stripStep,
} from './draw-link-strip.ts';

it('finds each place under its own middle, and none outside', () => {
  const step = stripStep(400, 30);
  for (let layer = 0; layer < 30; layer++) {
    const x = STRIP_LEFT + (layer + 0.5) * step;
    expect(stripPlaceAt(400, 30, x, 5)).toEqual({ layer, row: 0 });
    expect(stripPlaceAt(400, 30, x, STRIP_ROW + 5)).toEqual({ layer, row: 1 });
    expect(stripPlaceAt(400, 30, x, 2 * STRIP_ROW + 1)).toBeNull();
  }
  expect(stripPlaceAt(400, 30, 10, 5)).toBeNull();
  expect(stripPlaceAt(400, 0, 100, 5)).toBeNull();
});

it('paints a cell a layer and row, empty where nobody looks', () => {
  const log: string[] = [];
  const state = { fillStyle: '' };
  const context = Object.assign(state, {
    fillRect: (x: number) => log.push(`${Math.round(x)} ${state.fillStyle}`),
    fillText: () => undefined,
  }) as unknown as CanvasRenderingContext2D;
  const link = { layer: 0, head: 2, other: 5, weight: 1 };
  const links = [{ key: link, query: null }, null];
  drawLinkStrip(context, STRIP_LEFT + 40, links, ['a', 'b'], 'light', (name) => name);
  expect(log).toHaveLength(4);
  expect(log[0]).toMatch(/^62 rgb/);
  expect(log.slice(1)).toEqual(['82 bg', '62 bg', '82 bg']);
});
