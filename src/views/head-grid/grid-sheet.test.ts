import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLayerSummary } from '../../tensor/summary-rows.ts';
import { layOutByLayer } from './grid-layout.ts';
import { type GridScene, GridSheet } from './grid-sheet.ts';

/** Where squares were painted and cleared, as [x, y]. */
let painted: [number, number][] = [];
let cleared: [number, number][] = [];

beforeEach(() => {
  painted = [];
  cleared = [];
  const context = {
    setTransform: () => undefined,
    putImageData: () => undefined,
    strokeRect: () => undefined,
    clearRect: (x: number, y: number) => void cleared.push([x + 2, y + 2]),
    drawImage: (...args: number[]) => void painted.push([args[5], args[6]]),
  };
  vi.stubGlobal('document', {
    documentElement: { dataset: { theme: 'light' } },
    createElement: () => ({ width: 0, height: 0, getContext: () => context }),
  });
  vi.stubGlobal('getComputedStyle', () => ({ getPropertyValue: (name: string) => name }));
  vi.stubGlobal(
    'ImageData',
    class {
      readonly data: Uint8ClampedArray;
      constructor(width: number, height: number) {
        this.data = new Uint8ClampedArray(4 * width * height);
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

const layout = layOutByLayer(400, { layerCount: 3, headCount: 2, groupSize: 1 });
const look = { isMatching: true, role: null };
const base: GridScene = {
  layout,
  layers: [null, null, null],
  rules: { pool: 'max', scale: 'sqrt', firstToken: 'keep' },
  theme: 'light',
  lookOf: () => look,
};
const summary = (layer: number) => createLayerSummary(layer, 2, 4, 1);
const squaresOf = (layer: number) =>
  layout.cells.filter((cell) => cell.layer === layer).map(({ x, y }) => [x, y]);

describe('GridSheet', () => {
  it('paints only the column of the layer that arrived', () => {
    const sheet = new GridSheet();
    const first = summary(0);
    expect(sheet.update({ ...base, layers: [first, null, null] }, 1)).toEqual([0, 1, 2]);
    expect(painted).toEqual(squaresOf(0));
    painted = [];
    const two = { ...base, layers: [first, summary(1), null] };
    expect(sheet.update(two, 1)).toEqual([1]);
    expect(painted).toEqual(squaresOf(1));
    expect(cleared).toEqual(squaresOf(1));
    painted = [];
    expect(sheet.update(two, 1)).toEqual([]);
    expect(painted).toEqual([]);
  });
  it('takes away a layer that is gone, and paints all when an option changes', () => {
    const sheet = new GridSheet();
    const layers = [summary(0), summary(1), summary(2)];
    sheet.update({ ...base, layers }, 1);
    painted = [];
    expect(sheet.update({ ...base, layers: [layers[0], null, layers[2]] }, 1)).toEqual([1]);
    expect(painted).toEqual([]);
    expect(cleared).toEqual(squaresOf(1));
    const rules = { ...base.rules, scale: 'log' } as const;
    expect(sheet.update({ ...base, layers, rules }, 1)).toEqual([0, 1, 2]);
    expect(painted).toHaveLength(6);
    painted = [];
    sheet.update({ ...base, layers, rules, lookOf: () => look }, 1);
    expect(painted).toHaveLength(6);
  });
});
