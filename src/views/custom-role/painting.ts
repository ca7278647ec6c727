import type { PaintedMatrix } from '../../measures/painted-pattern.ts';

/** Ready-made paintings to begin with. */
export const PRESETS = {
  presetPrevious: (row: number, column: number) => column === row - 1,
  presetFirst: (row: number, column: number) => column === 0 && row > 0,
  presetBlock: (row: number, column: number) => Math.floor(row / 4) === Math.floor(column / 4),
} as const satisfies Record<string, (row: number, column: number) => boolean>;
export type PresetName = keyof typeof PRESETS;

export function isPainted({ side, values }: PaintedMatrix, row: number, column: number): boolean {
  return values[row * side + column] >= 0.5;
}

/** A cell painted or wiped; above the diagonal nothing can be painted, and the same comes back. */
export function paintCell(
  painting: PaintedMatrix,
  row: number,
  column: number,
  value: boolean,
): PaintedMatrix {
  const { side, values } = painting;
  const isInside = row >= 0 && row < side && column >= 0 && column <= row;
  if (!isInside || isPainted(painting, row, column) === value) return painting;
  const painted = values.slice();
  painted[row * side + column] = value ? 1 : 0;
  return { side, values: painted };
}

/** A painting of the cells on and below the diagonal for which this holds. */
export function paintAll(
  side: number,
  isWanted: (row: number, column: number) => boolean,
): PaintedMatrix {
  return {
    side,
    values: Float32Array.from({ length: side * side }, (_, at) => {
      const [row, column] = [Math.floor(at / side), at % side];
      return column <= row && isWanted(row, column) ? 1 : 0;
    }),
  };
}

/** How many cells are painted. */
export function countPainted({ values }: PaintedMatrix): number {
  return values.reduce((count, value) => count + (value >= 0.5 ? 1 : 0), 0);
}
