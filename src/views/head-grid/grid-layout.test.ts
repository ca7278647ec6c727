import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellAt, findCell, layOutByLayer, layOutFlow, moveFrom } from './grid-layout.ts';

const shape = { layerCount: 30, headCount: 9, groupSize: 3 };

describe('the grid by layer', () => {
  const layout = layOutByLayer(960, shape);

  it('finds each thumbnail under its own middle', () => {
    for (const place of layout.cells) {
      expect(cellAt(layout, place.x + layout.cell / 2, place.y + layout.cell / 2)).toBe(place);
    }
    expect(layout.cells).toHaveLength(270);
  });
  it('fits its width, sets key-value groups apart and brackets them', () => {
    const at = (layer: number, head: number) => findCell(layout, layer, head)!;
    expect(at(29, 0).x + layout.cell).toBeLessThanOrEqual(960);
    expect(at(0, 3).y - at(0, 2).y - (at(0, 2).y - at(0, 1).y)).toBe(5);
    expect(layout.brackets).toHaveLength(3);
    expect(layout.brackets[1].y).toBe(at(0, 3).y);
    expect(layout.brackets[1].y + layout.brackets[1].height).toBe(at(0, 5).y + layout.cell);
    expect(layOutByLayer(960, { ...shape, groupSize: 1 }).brackets).toEqual([]);
  });
  it('has nothing outside and between', () => {
    expect(cellAt(layout, 0, 0)).toBeNull();
    const { x, y } = layout.cells[3];
    expect(cellAt(layout, x + layout.cell + 1, y + 1)).toBeNull();
  });
  it('moves to neighbours by key, and not over the edge', () => {
    const from = findCell(layout, 4, 4)!;
    expect(moveFrom(layout, from, 'left')).toMatchObject({ layer: 3, head: 4 });
    expect(moveFrom(layout, from, 'right')).toMatchObject({ layer: 5, head: 4 });
    expect(moveFrom(layout, from, 'up')).toMatchObject({ layer: 4, head: 3 });
    expect(moveFrom(layout, from, 'down')).toMatchObject({ layer: 4, head: 5 });
    expect(moveFrom(layout, findCell(layout, 0, 0)!, 'left')).toBeNull();
    expect(moveFrom(layout, from, 'last')).toMatchObject({ layer: 29, head: 8 });
  });
  it('does not choke on one head in one layer, or on none', () => {
    const one = layOutByLayer(300, { layerCount: 1, headCount: 1, groupSize: 1 });
    expect(one.cells).toHaveLength(1);
    expect(one.cell).toBe(72);
    expect(layOutByLayer(300, { layerCount: 0, headCount: 0, groupSize: 1 }).cells).toEqual([]);
  });
});

describe('the grid in flow', () => {
  const heads = (count: number) => Array.from({ length: count }, (_, i) => ({ layer: i, head: 0 }));
  const layout = layOutFlow(200, 20, [
    { group: 'a', heads: heads(8) },
    { group: 'b', heads: [] },
    { group: 'c', heads: heads(2) },
  ]);

  it('puts groups under their headings, without those that have no heads', () => {
    expect(layout.headings).toEqual([
      { group: 'a', count: 8, x: 0, y: 12 },
      { group: 'c', count: 2, x: 0, y: 22 + 2 * 43 + 10 },
    ]);
    // Six squares of 28 and gaps of 4 fit into 200.
    expect(layout.cells.map(({ x, y }) => [x, y]).slice(5, 7)).toEqual([
      [161, 22],
      [1, 65],
    ]);
    expect(layout.names).toBe('short');
    expect(layOutFlow(200, 44, [{ group: null, heads: heads(1) }])).toMatchObject({
      names: 'full',
      headings: [],
    });
  });
  it('puts small groups beside one another', () => {
    const groups = ['a', 'b', 'c'].map((group) => ({ group, heads: heads(2) }));
    const wide = layOutFlow(400, 20, groups);
    expect(wide.headings.map(({ x, y }) => [x, y])).toEqual([
      [0, 12],
      [160, 12],
      [0, 12 + 63],
    ]);
    expect(wide.cells.map(({ x }) => x)).toEqual([1, 33, 161, 193, 1, 33]);
  });
  it('moves along the reading order and to the nearest of the next row', () => {
    const { cells } = layout;
    expect(moveFrom(layout, cells[5], 'right')).toBe(cells[6]);
    expect(moveFrom(layout, cells[6], 'left')).toBe(cells[5]);
    expect(moveFrom(layout, cells[5], 'down')).toBe(cells[7]);
    expect(moveFrom(layout, cells[9], 'up')).toBe(cells[7]);
    expect(moveFrom(layout, cells[9], 'right')).toBeNull();
    expect(moveFrom(layout, cells[9], 'first')).toBe(cells[0]);
  });
  it('never overlaps and stays inside for any width and size', () => {
    const sizes = fc.array(fc.nat(40), { maxLength: 5 });
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 2000 }),
        fc.integer({ min: 4, max: 72 }),
        sizes,
        (width, cell, counts) => {
          const flow = layOutFlow(
            width,
            cell,
            counts.map((count, g) => ({ group: `${g}`, heads: heads(count) })),
          );
          expect(flow.cells).toHaveLength(counts.reduce((sum, count) => sum + count, 0));
          for (const place of flow.cells) {
            expect(place.x + flow.cell).toBeLessThanOrEqual(Math.max(width, flow.cell + 1));
            expect(place.y + flow.cell).toBeLessThanOrEqual(flow.height);
            expect(cellAt(flow, place.x, place.y)).toBe(place);
            expect(cellAt(flow, place.x + flow.cell - 0.1, place.y + flow.cell - 0.1)).toBe(place);
          }
        },
      ),
    );
  });
});
