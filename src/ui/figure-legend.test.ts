import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { layOutLegend, withLegend } from './figure-legend.ts';

beforeEach(() => {
  vi.stubGlobal('document', { documentElement: { dataset: { theme: 'light' } } });
  vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: (name: string) => name }));
});
afterEach(() => vi.unstubAllGlobals());

it('a legend breaks its lines where the width ends', () => {
  const entries = [{ text: 'weight' }, { text: '0', fill: '#fff' }, { text: '1', fill: '#000' }];
  const places = layOutLegend(entries, 100, (text) => 10 * text.length);
  // 60 and a space of 14, then a square of 16 and 10: 100 in all; the next would end at 140.
  expect(places).toEqual([
    { x: 0, line: 0 },
    { x: 74, line: 0 },
    { x: 0, line: 1 },
  ]);
  expect(layOutLegend([], 100, () => 0)).toEqual([]);
});

it('a figure with a legend is higher, and paints squares and words under the picture', () => {
  const log: string[] = [];
  const state = { fillStyle: '', strokeStyle: '' };
  const context = Object.assign(state, {
    save: () => undefined,
    restore: () => undefined,
    fillRect: (_: number, y: number) => log.push(`fill ${y} ${state.fillStyle}`),
    strokeRect: () => log.push(`frame ${state.strokeStyle}`),
    fillText: (text: string, _: number, y: number) => log.push(`text ${text} ${y}`),
  }) as unknown as CanvasRenderingContext2D;
  const figure = withLegend({ width: 200, height: 50, draw: () => log.push('picture') }, [
    { text: 'weight' },
    { text: '1', fill: 'red' },
    { text: 'role', frame: 'good' },
  ]);
  expect(figure.height).toBe(72);
  figure.draw(context, 200, 72);
  expect(log).toEqual([
    'picture',
    'text weight 61',
    'fill 55.5 red',
    'frame --border-strong',
    'text 1 61',
    'frame --good',
    'text role 61',
  ]);
  expect(withLegend({ width: 9, height: 50, draw: () => undefined }, []).height).toBe(50);
});
