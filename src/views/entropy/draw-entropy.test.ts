import { describe, expect, it } from 'vitest';
import { drawBars, drawSelectedBar } from './draw-entropy.ts';
import { layOutBars } from './entropy-layout.ts';

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
