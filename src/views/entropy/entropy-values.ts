import {
  getEntropy,
  getMaximumEntropy,
  getMeanEntropy,
  toEntropyUnit,
} from '../../measures/entropy.ts';
import type { RunData } from '../../protocol/run.ts';
import type { DisplayOptions, EntropyView } from '../../state/display-options.ts';
import type { LayerSummary } from '../../tensor/layer-summary.ts';
import type { UnitSpan } from '../../text/get-units.ts';

/** What of the display options decides on the numbers. */
export interface EntropyRules {
  readonly view: EntropyView;
  readonly unit: DisplayOptions['entropyUnit'];
  readonly firstToken: DisplayOptions['firstToken'];
}

/**
 * What is shown: one row of units for the head; [layer][unit]; or [head][layer]. NaN where it is
 * undefined or has not arrived.
 */
export interface EntropyValues {
  readonly rows: readonly Float32Array[];
  /** The largest value possible at each unit, empty for `layer-head`. */
  readonly maxima: Float32Array;
  /** The largest defined value shown, at least 0. */
  readonly largest: number;
}

/** Mean of the defined values of a span; NaN where none is. */
function meanOver(start: number, end: number, value: (index: number) => number): number {
  let sum = 0;
  let count = 0;
  for (let i = start; i < end; i++) {
    const each = value(i);
    if (Number.isNaN(each)) continue;
    sum += each;
    count++;
  }
  return count > 0 ? sum / count : Number.NaN;
}

/** Entropy of one head along the text, one value a unit: the mean over the unit's tokens. */
export function computeHeadRow(
  summary: LayerSummary,
  head: number,
  units: readonly UnitSpan[],
  { unit, firstToken }: Pick<EntropyRules, 'unit' | 'firstToken'>,
): Float32Array {
  return Float32Array.from(units, ({ start, end }) =>
    meanOver(start, end, (query) =>
      toEntropyUnit(
        getEntropy(summary, head, query, firstToken),
        unit,
        getMaximumEntropy(query, firstToken, summary.window),
      ),
    ),
  );
}

/** The largest value possible at each unit: the mean of what is possible at its tokens. */
export function computeMaxima(
  units: readonly UnitSpan[],
  { unit, firstToken }: Pick<EntropyRules, 'unit' | 'firstToken'>,
  window: number | null,
): Float32Array {
  return Float32Array.from(units, ({ start, end }) =>
    meanOver(start, end, (query) => {
      const maximum = getMaximumEntropy(query, firstToken, window);
      return toEntropyUnit(maximum, unit, maximum);
    }),
  );
}

interface KnownRow {
  readonly key: string;
  readonly units: readonly UnitSpan[];
  readonly row: Float32Array;
}
const layerRows = new WeakMap<LayerSummary, KnownRow>();

/** Mean over a layer's heads along the text; the latest of each summary is kept. */
function getLayerRow(
  summary: LayerSummary,
  units: readonly UnitSpan[],
  rules: EntropyRules,
): Float32Array {
  const key = `${rules.unit}/${rules.firstToken}`;
  const known = layerRows.get(summary);
  if (known?.key === key && known.units === units) return known.row;
  const heads = Array.from({ length: summary.headCount }, (_, head) =>
    computeHeadRow(summary, head, units, rules),
  );
  const row = Float32Array.from(units, (_, i) => meanOver(0, heads.length, (h) => heads[h][i]));
  layerRows.set(summary, { key, units, row });
  return row;
}

/** All numbers of the view; null while the selected head's layer has not arrived. */
export function computeEntropyValues(
  run: RunData,
  units: readonly UnitSpan[],
  rules: EntropyRules,
  layer: number,
  head: number,
): EntropyValues | null {
  const { view, unit, firstToken } = rules;
  let rows: readonly Float32Array[];
  if (view === 'tokens') {
    const summary = run.layers[layer];
    if (!summary) return null;
    rows = [computeHeadRow(summary, head, units, rules)];
  } else if (view === 'token-layer') {
    rows = run.layers.map((summary) =>
      summary === null
        ? new Float32Array(units.length).fill(Number.NaN)
        : getLayerRow(summary, units, rules),
    );
  } else {
    rows = Array.from({ length: run.model.headCount }, (_, h) =>
      Float32Array.from(run.layers, (summary) =>
        summary === null ? Number.NaN : getMeanEntropy(summary, h, firstToken, unit),
      ),
    );
  }
  let largest = 0;
  for (const row of rows) for (const value of row) if (value > largest) largest = value;
  // Over all layers it is the largest of the layers without a window.
  const window = view === 'tokens' ? (run.layers[layer]?.window ?? null) : null;
  const maxima = view === 'layer-head' ? new Float32Array() : computeMaxima(units, rules, window);
  return { rows, maxima, largest };
}
