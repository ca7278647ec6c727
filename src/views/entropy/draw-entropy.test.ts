import { describe, expect, it } from 'vitest';
import {
  drawBars,
  drawMap,
  drawSelectedBar,
  type MapScene,
  placeOf,
  toMapPixels,
} from './draw-entropy.ts';
import { layOutBars, layOutMap } from './entropy-layout.ts';

/** Records what is painted, with the colour that it has. */
function createLog() {
  const log: string[] = [];
  const state = { fillStyle: '', strokeStyle: '' };
  const round = (...numbers: number[]) => numbers.map((each) => Math.round(each)).join(',');
  const nothing = () => undefined;
  const context = Object.assign(state, {
    fillRect: (...box: number[]) => log.push(`rect ${round(...box)} ${state.fillStyle}`),
    fillText: (text: string) => log.push(`text ${text}`),
    lineTo: (x: number, y: number) => log.push(`line ${round(x, y)}`),
    drawImage: (_: unknown, ...box: number[]) => log.push(`image ${round(...box)}`),
    beginPath: nothing,
    stroke: nothing,
    setLineDash: nothing,
    save: nothing,
    restore: nothing,
    translate: nothing,
    rotate: nothing,
  });
  return { log, context: context as unknown as CanvasRenderingContext2D };
}
const color = (name: string) => name;

describe('drawBars', () => {
  const layout = layOutBars(144, 172, 2, 4);
  const scene = {
    layout,
    values: Float32Array.of(2, Number.NaN),
    maxima: Float32Array.of(4, 9),
    nameUnit: (index: number) => `u${index}`,
    axisTitle: 'nats',
    axisX: 'token →',
  };
  it('paints ticks, the bars that are defined, the line as far as it fits, and names', () => {
    const { log, context } = createLog();
    drawBars(context, scene, color);
    // The ground is at 110, the top at 10: a value of 2 of 4 is 50 high.
    expect(log.filter((line) => line.endsWith(' accent'))).toEqual(['rect 40,60,49,50 accent']);
    expect(log.filter((line) => line.startsWith('line'))).toEqual(['line 65,10']);
    expect(log.filter((line) => line.startsWith('text'))).toEqual(
      ['0', '1', '2', '3', '4', 'nats', 'u0', 'u1', 'token →'].map((text) => `text ${text}`),
    );
  });
  it('fills the selected bar, visibly also where it is undefined', () => {
    const { log, context } = createLog();
    drawSelectedBar(context, scene, 0, color);
    drawSelectedBar(context, scene, 1, color);
    expect(log).toEqual(['rect 40,60,49,50 query', 'rect 90,108,49,2 query']);
  });
});

describe('maps', () => {
  const scene = (rows: number, columns: number): MapScene => ({
    layout: layOutMap(400, rows, columns, 22),
    rows: Array.from({ length: rows }, () => new Float32Array(columns).fill(1)),
    smallest: 0,
    largest: 1,
    theme: 'light',
    nameUnit: null,
    rowLetter: 'H',
    axisX: 'layer →',
    axisY: '↓ head',
  });
  const count = (log: string[], what: string) => log.filter((line) => line.startsWith(what)).length;

  it('are marks while they are few, and one image when they are many', () => {
    const few = createLog();
    drawMap(few.context, scene(9, 30), color, () => ({}) as CanvasImageSource);
    expect(count(few.log, 'rect')).toBe(270);
    expect(few.log).toContain('text ↓ head');
    expect(few.log).toContain('text layer →');
    const many = createLog();
    drawMap(many.context, scene(30, 500), color, () => ({}) as CanvasImageSource);
    expect(count(many.log, 'rect')).toBe(0);
    expect(count(many.log, 'image')).toBe(1);
  });
  it('say what is undefined by a colour of its own', () => {
    const base = scene(1, 2);
    const holed = { ...base, rows: [Float32Array.of(Number.NaN, 1)] };
    const { log, context } = createLog();
    drawMap(context, holed, color, () => ({}) as CanvasImageSource);
    expect(log[0]).toContain('border');
    const pixels = toMapPixels(holed);
    expect(Array.from(pixels.subarray(0, 4))).toEqual([128, 140, 160, 60]);
    expect(pixels[7]).toBe(255);
  });
  it('place values between the ends, also when all are alike', () => {
    expect(placeOf(3, 1, 5)).toBe(0.5);
    expect(placeOf(0, 0, 0)).toBe(0);
    expect(placeOf(Number.NaN, 0, 1)).toBeNaN();
    expect(placeOf(Number.NaN, 0, 0)).toBeNaN();
  });
});
