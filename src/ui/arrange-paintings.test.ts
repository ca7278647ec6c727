// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { createDrawLog } from '../testing/draw-log.ts';
import { arrangePaintings, placePaintings } from './arrange-paintings.ts';

const size = (width: number, height: number) => ({ width, height });

describe('several paintings as one', () => {
  it('stand in rows as high as their highest', () => {
    const { width, height, places } = placePaintings(
      [size(100, 40), size(80, 60), size(90, 10)],
      2,
    );
    expect(places).toEqual([
      { x: 0, y: 0 },
      { x: 118, y: 0 },
      { x: 0, y: 100 },
    ]);
    expect([width, height]).toEqual([218, 132]);
    expect(placePaintings([], 3)).toEqual({ width: 0, height: 0, places: [] });
    expect(placePaintings([size(10, 10)], 4).width).toBe(10);
  });
  it('are drawn at their places under their titles, which are cut to their width', () => {
    const { context, of } = createDrawLog();
    const painting = {
      ...size(60, 20),
      draw: (on: CanvasRenderingContext2D) => on.fillRect(1, 2, 3, 4),
    };
    arrangePaintings(
      [
        { title: 'a title that is long', fill: 'red', painting },
        { title: 'b', painting },
      ],
      2,
    ).draw(context, 0, 0);
    expect(of('fillText').map(([text, x]) => [text, x])).toEqual([
      ['a titl…', 16],
      ['b', 0],
    ]);
    expect(of('translate')).toEqual([
      [0, 0],
      [0, 22],
      [78, 0],
      [0, 22],
    ]);
    expect(of('fillRect')).toEqual([
      [0, 6, 10, 10],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });
});
