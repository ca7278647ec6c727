import { CARD_MEASURES } from '../../measures/head-measures.ts';
import { getRole } from '../../measures/roles.ts';
import type { RunData } from '../../protocol/run.ts';
import type { NamedArray } from '../../tensor/named-array.ts';
import type { Table } from '../../ui/table.ts';
import type { MeasuredHead } from './order-heads.ts';

/** The card's measures of every head, in the order in which they stand on screen. */
export function toHeadTable(heads: readonly MeasuredHead[]): Table {
  return {
    columns: ['layer', 'head', 'role', ...CARD_MEASURES.map(({ id, unit }) => `${id} (${unit})`)],
    rows: heads.map(({ layer, head, values }) => [
      layer,
      head,
      getRole(values) ?? '',
      ...CARD_MEASURES.map((measure) => values[measure.id]),
    ]),
  };
}

/**
 * What the grid is made of: `tiles_max` and `tiles_mean` [layer, head, tile row, tile column] and
 * `measures` [layer, head, measure] (names in the settings). Layers that have not arrived are NaN.
 */
export function toGridArrays(run: RunData, heads: readonly MeasuredHead[]): readonly NamedArray[] {
  const { layerCount, headCount } = run.model;
  const count = run.layers.find((layer) => layer !== null)?.tiles.count ?? 0;
  const part = headCount * count * count;
  const tilesOf = (pool: 'max' | 'mean'): NamedArray => {
    const data = new Float32Array(layerCount * part).fill(Number.NaN);
    run.layers.forEach((layer, l) => {
      if (layer?.tiles.count === count) data.set(layer.tiles[pool], l * part);
    });
    return { name: `tiles_${pool}`, shape: [layerCount, headCount, count, count], data };
  };
  const measures = new Float32Array(layerCount * headCount * CARD_MEASURES.length).fill(Number.NaN);
  for (const { layer, head, values } of heads) {
    CARD_MEASURES.forEach(({ id }, m) => {
      measures[(layer * headCount + head) * CARD_MEASURES.length + m] = values[id];
    });
  }
  return [
    tilesOf('max'),
    tilesOf('mean'),
    { name: 'measures', shape: [layerCount, headCount, CARD_MEASURES.length], data: measures },
  ];
}

/** Names of the last axis of `measures`, for the settings. */
export const MEASURE_NAMES = CARD_MEASURES.map(({ id, unit }) => `${id} (${unit})`).join(', ');
