import { describe, expect, it } from 'vitest';
import { createDrawLog } from '../testing/draw-log.ts';
import { categoryColor, placeOnScale } from './color-scales.ts';
import { drawMap, type MapScene, toMapPixels } from './draw-map.ts';
import { layOutMap } from './map-layout.ts';

const color = (name: string) => name;
const image = () => ({}) as CanvasImageSource;

const scene = (rows: number, columns: number): MapScene => ({
  layout: layOutMap(400, rows, columns, 22),
  rows: Array.from({ length: rows }, () => new Float32Array(columns).fill(1)),
  scale: { kind: 'sequential', from: 0, to: 1 },
  theme: 'light',
  nameRow: (row) => `H${row}`,
  nameColumn: null,
  axisX: 'layer →',
  axisY: '↓ head',
});

describe('maps', () => {
  it('are marks while they are few, and one image when they are many', () => {
    const few = createDrawLog();
    drawMap(few.context, scene(9, 30), color, image);
    expect(few.of('fillRect')).toHaveLength(270);
    const texts = few.of('fillText').map(([text]) => text);
    expect(texts).toContain('↓ head');
    expect(texts).toContain('layer →');
    expect(texts).toContain('H8');
    const many = createDrawLog();
    drawMap(many.context, scene(30, 500), color, image);
    expect(many.of('fillRect')).toHaveLength(0);
    expect(many.of('drawImage')).toHaveLength(1);
  });

  it('say what is undefined by a colour of its own', () => {
    const holed = { ...scene(1, 2), rows: [Float32Array.of(Number.NaN, 1)] };
    const { context, of } = createDrawLog();
    drawMap(context, holed, color, image);
    expect(of('fillStyle')[0]).toEqual(['border']);
    const pixels = toMapPixels(holed);
    expect(Array.from(pixels.subarray(0, 4))).toEqual([128, 140, 160, 60]);
    expect(pixels[7]).toBe(255);
  });

  it('frame cells in the theme’s colours and fill them with their own', () => {
    const { context, of } = createDrawLog();
    const framed = {
      ...scene(2, 2),
      frameOf: ({ row, column }: { row: number; column: number }) =>
        row === 1 && column === 0 ? 'role-previous' : null,
      fillOf: ({ row }: { row: number }) => (row === 0 ? '#123456' : null),
    };
    drawMap(context, framed, color, image);
    expect(of('strokeRect')).toHaveLength(1);
    expect(of('strokeStyle')).toEqual([['role-previous']]);
    expect(of('fillStyle').filter(([fill]) => fill === '#123456')).toHaveLength(2);
  });
});

describe('pixels of many cells', () => {
  it('have cells’ own colours as well', () => {
    const own = {
      ...scene(1, 2),
      fillOf: ({ column }: { column: number }) => (column === 1 ? 'rgb(1, 2, 3)' : null),
    };
    expect([...toMapPixels(own)].slice(4)).toEqual([1, 2, 3, 255]);
    expect([...toMapPixels(own)].slice(0, 4)).toEqual([...toMapPixels(scene(1, 2))].slice(0, 4));
  });
});

describe('scales', () => {
  it('place values between the ends, also when all are alike', () => {
    const from1To5 = { kind: 'sequential', from: 1, to: 5 } as const;
    expect(placeOnScale(3, from1To5)).toBe(0.5);
    expect(placeOnScale(9, from1To5)).toBe(1);
    expect(placeOnScale(Number.NaN, from1To5)).toBeNaN();
    expect(placeOnScale(0, { kind: 'sequential', from: 0, to: 0 })).toBe(0);
    expect(placeOnScale(Number.NaN, { kind: 'sequential', from: 0, to: 0 })).toBeNaN();
  });
  it('put 0 in the middle of both sides, also when nothing differs', () => {
    expect(placeOnScale(0, { kind: 'diverging', limit: 2 })).toBe(0.5);
    expect(placeOnScale(-2, { kind: 'diverging', limit: 2 })).toBe(0);
    expect(placeOnScale(0, { kind: 'diverging', limit: 0 })).toBe(0.5);
    expect(placeOnScale(Number.NaN, { kind: 'diverging', limit: 0 })).toBeNaN();
  });
  it('give eight kinds eight colours in each theme', () => {
    for (const theme of ['light', 'dark'] as const) {
      const colors = Array.from({ length: 8 }, (_, index) => categoryColor(index, theme));
      expect(new Set(colors).size).toBe(8);
      expect(categoryColor(8, theme)).toBe(colors[0]);
    }
  });
});
