import { describe, expect, it } from 'vitest';
import { cellAt, cellOrigin, layOutGrid } from './grid-layout.ts';

describe('the head grid', () => {
  const layout = layOutGrid(960, 30, 9, 3);
  it('finds each thumbnail under its own middle', () => {
    for (let layer = 0; layer < 30; layer++) {
      for (let head = 0; head < 9; head++) {
        const { x, y } = cellOrigin(layout, layer, head);
        expect(cellAt(layout, x + layout.cell / 2, y + layout.cell / 2)).toEqual({ layer, head });
      }
    }
  });
  it('fits its width and sets key-value groups apart', () => {
    expect(cellOrigin(layout, 29, 0).x + layout.cell).toBeLessThanOrEqual(960);
    const step = (head: number) =>
      cellOrigin(layout, 0, head + 1).y - cellOrigin(layout, 0, head).y;
    expect(step(2) - step(1)).toBe(layout.groupGap);
  });
  it('has nothing outside and between', () => {
    expect(cellAt(layout, 0, 0)).toBeNull();
    const { x, y } = cellOrigin(layout, 3, 3);
    expect(cellAt(layout, x + layout.cell + 1, y + 1)).toBeNull();
  });
  it('does not choke on one head in one layer', () => {
    expect(cellAt(layOutGrid(300, 1, 1, 1), 40, 10)).toEqual({ layer: 0, head: 0 });
  });
});
