import { describe, expect, it } from 'vitest';
import { drawGridLabels, drawGridSelection, drawHead } from './draw-grid.ts';
import { layOutByLayer, layOutFlow } from './grid-layout.ts';

/** Records what is painted, with the colour and opacity that it has. */
function createLog() {
  const log: string[] = [];
  const state = { globalAlpha: 1, strokeStyle: '', fillStyle: '', lineWidth: 1 };
  const context = Object.assign(state, {
    strokeRect: (x: number, y: number, width: number) =>
      log.push(
        `frame ${x},${y} ${width} ${state.strokeStyle} ${state.lineWidth} a${state.globalAlpha}`,
      ),
    drawImage: (...args: number[]) => log.push(`image ${args.slice(1).join(' ')}`),
    fillText: (text: string, x: number, y: number) => log.push(`text ${text} ${x},${y}`),
    fillRect: (x: number, y: number, width: number, height: number) =>
      log.push(`bar ${x},${y} ${width}x${height}`),
  });
  return { log, context: context as unknown as CanvasRenderingContext2D };
}
const color = (name: string) => name;
const place = { layer: 3, head: 1, x: 10, y: 20 };

describe('drawHead', () => {
  it('paints its part of the layer’s image and the frame of its role', () => {
    const { log, context } = createLog();
    const image = {} as CanvasImageSource;
    drawHead(
      context,
      place,
      30,
      { image, side: 16, top: 16 },
      { isMatching: true, role: 'induction' },
      color,
    );
    expect(log).toEqual([
      'image 0 16 16 16 10 20 30 30',
      'frame 9.5,19.5 31 role-induction 1.5 a1',
    ]);
  });
  it('fades what the filter leaves out, and has an empty frame before its layer', () => {
    const { log, context } = createLog();
    drawHead(context, place, 30, null, { isMatching: false, role: 'first' }, color);
    expect(log).toEqual(['frame 9.5,19.5 31 border 1 a0.15']);
    expect(context.globalAlpha).toBe(1);
  });
});

describe('labels', () => {
  it('are heads, brackets and layers by layer', () => {
    const { log, context } = createLog();
    const layout = layOutByLayer(120, { layerCount: 2, headCount: 4, groupSize: 2 });
    drawGridLabels(context, layout, color, String);
    expect(log.filter((line) => line.startsWith('text')).map((line) => line.split(' ')[1])).toEqual(
      ['H0', 'H1', 'H2', 'H3', 'L0', '1'],
    );
    expect(log.filter((line) => line.startsWith('bar'))).toHaveLength(2);
  });
  it('are headings and names in flow', () => {
    const { log, context } = createLog();
    const layout = layOutFlow(200, 30, [{ group: 'induction', heads: [{ layer: 18, head: 6 }] }]);
    drawGridLabels(context, layout, color, (group, count) => `${group}:${count}`);
    expect(log).toEqual(['text induction:1 0,12', 'text 18·6 16,60']);
  });
});

it('the selection frames what is laid out', () => {
  const { log, context } = createLog();
  drawGridSelection(context, 30, place, null, color);
  expect(log).toEqual(['frame 9,19 32 query 2.5 a1']);
});
