import type { HeadIndex, LayerIndex, UnitIndex } from '../../lib/flavor.ts';
import type { DisplayedSlice } from '../../measures/displayed-slice.ts';
import { getEntropy, getMaximumEntropy, toEntropyUnit } from '../../measures/entropy.ts';
import { computeReceived } from '../../measures/received.ts';
import type { RunData } from '../../protocol/run.ts';
import type { EntropyUnit, FirstTokenMode, TokenTint } from '../../state/display-options.ts';
import { weightAt } from '../../tensor/causal-slice.ts';
import type { UnitSpan } from '../../text/get-units.ts';

export type TintUnit = EntropyUnit | 'weight';
/** Quantities that tint; "none" has no values. */
export type Tint = Exclude<TokenTint, 'none'>;
export const TINTS: readonly Tint[] = ['entropy', 'received', 'from-query', 'to-key', 'surprise'];

/** A quantity of each unit, NaN where it is undefined, and the largest defined value (0 when there is none). */
export interface TintValues {
  /** [units] */
  readonly values: Float32Array;
  readonly largest: number;
  readonly unit: TintUnit;
}

/** What tints are computed from. `query` and `key` count units. */
export interface TintSources {
  readonly run: RunData;
  /** The head's matrix under the display options, in units; null while there is none. */
  readonly displayed: DisplayedSlice | null;
  readonly units: readonly UnitSpan[];
  readonly layer: LayerIndex;
  readonly head: HeadIndex;
  readonly query: UnitIndex | null;
  readonly key: UnitIndex | null;
  readonly firstToken: FirstTokenMode;
  readonly entropyUnit: EntropyUnit;
}

/**
 * A tint's value for each unit; null while what it needs is not there. Entropy is the mean over the unit's
 * rows, surprise the sum over its tokens (−ln p of the whole unit by the chain rule, without a first token,
 * which nothing predicts); the others are read off the matrix in units.
 */
export function computeTint(tint: Tint, sources: TintSources): TintValues | null {
  const { run, displayed, units, query, key } = sources;
  if (tint === 'entropy') return computeEntropies(sources);
  if (tint === 'surprise') {
    const { predictions } = run;
    if (predictions === null || predictions.count !== run.tokens.ids.length) return null;
    const isBits = sources.entropyUnit === 'bits';
    const values = units.map((span) => {
      const defined = definedOf(span, (token) => predictions.surprise[token]);
      const nats = defined.length > 0 ? defined.reduce((a, b) => a + b, 0) : Number.NaN;
      return isBits ? nats / Math.LN2 : nats;
    });
    return toTint(values, isBits ? 'bits' : 'nats');
  }
  if (displayed === null || displayed.size !== units.length) return null;
  if (tint === 'received') return toTint(computeReceived(displayed), 'weight');
  if (tint === 'from-query') {
    if (query === null || query >= units.length) return null;
    const from = query;
    return toTint(
      units.map((_, unit) => (unit > from ? Number.NaN : weightAt(displayed, from, unit))),
      'weight',
    );
  }
  if (key === null || key >= units.length) return null;
  const to = key;
  return toTint(
    units.map((_, unit) => (unit < to ? Number.NaN : weightAt(displayed, unit, to))),
    'weight',
  );
}

function computeEntropies(sources: TintSources): TintValues | null {
  const { run, units, firstToken, entropyUnit, head } = sources;
  const summary = run.layers[sources.layer];
  if (!summary || summary.queryCount !== run.tokens.ids.length) return null;
  const values = units.map((span) => {
    const defined = definedOf(span, (query) =>
      toEntropyUnit(
        getEntropy(summary, head, query, firstToken),
        entropyUnit,
        getMaximumEntropy(query, firstToken, summary.window),
      ),
    );
    return defined.length > 0 ? defined.reduce((a, b) => a + b, 0) / defined.length : Number.NaN;
  });
  return toTint(values, entropyUnit);
}

function definedOf({ start, end }: UnitSpan, valueAt: (token: number) => number): number[] {
  const defined: number[] = [];
  for (let token = start; token < end; token++) {
    const value = valueAt(token);
    if (!Number.isNaN(value)) defined.push(value);
  }
  return defined;
}

function toTint(values: ArrayLike<number>, unit: TintUnit): TintValues {
  const floats = Float32Array.from(values);
  let largest = 0;
  for (const value of floats) if (value > largest) largest = value;
  return { values: floats, largest, unit };
}
