import { getEntropy, getMaximumEntropy } from '../../measures/entropy.ts';
import type { RunData } from '../../protocol/run.ts';
import type { NamedArray } from '../../tensor/named-array.ts';
import type { UnitSpan } from '../../text/get-units.ts';
import type { Table } from '../../ui/table.ts';
import type { EntropyRules, EntropyValues } from './entropy-values.ts';

/** The numbers that are shown, one row a value. `unitName` is the unit of entropy in words. */
export function toEntropyTable(
  values: EntropyValues,
  units: readonly UnitSpan[],
  view: EntropyRules['view'],
  layer: number,
  unitName: string,
): Table {
  if (view === 'layer-head') {
    return {
      columns: ['layer', 'head', `mean entropy (${unitName})`],
      rows: values.rows.flatMap((row, head) => Array.from(row, (each, l) => [l, head, each])),
    };
  }
  return {
    columns: [
      'layer',
      'position',
      'text',
      `entropy (${unitName})`,
      `largest possible (${unitName})`,
    ],
    rows: values.rows.flatMap((row, r) =>
      Array.from(row, (each, i) => [
        view === 'tokens' ? layer : r,
        i,
        units[i].text,
        each,
        values.maxima[i],
      ]),
    ),
  };
}

/**
 * `entropy` [layer, head, token] in nats under the first-token mode that is chosen, and
 * `largest_possible` [token]. Layers that have not arrived, and undefined rows, are NaN.
 */
export function toEntropyArrays(
  run: RunData,
  firstToken: EntropyRules['firstToken'],
): readonly NamedArray[] {
  const { layerCount, headCount } = run.model;
  const count = run.tokens.ids.length;
  const entropy = new Float32Array(layerCount * headCount * count).fill(Number.NaN);
  for (const summary of run.layers) {
    if (summary === null) continue;
    for (let head = 0; head < headCount; head++) {
      const at = (summary.layer * headCount + head) * count;
      for (let query = 0; query < count; query++)
        entropy[at + query] = getEntropy(summary, head, query, firstToken);
    }
  }
  const largest = new Float32Array(layerCount * count).fill(Number.NaN);
  for (const summary of run.layers) {
    if (summary === null) continue;
    for (let query = 0; query < count; query++)
      largest[summary.layer * count + query] = getMaximumEntropy(query, firstToken, summary.window);
  }
  return [
    { name: 'entropy', shape: [layerCount, headCount, count], data: entropy },
    { name: 'largest_possible', shape: [layerCount, count], data: largest },
  ];
}
