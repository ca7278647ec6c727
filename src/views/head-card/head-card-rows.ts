import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import {
  CARD_MEASURES,
  type CardMeasureId,
  type HeadValues,
} from '../../measures/head-measures.ts';
import type { HeadMeasure } from '../../measures/measure.ts';

/** One measure of the head as the card shows it. */
export interface MeasureRow {
  readonly measure: HeadMeasure & { readonly id: CardMeasureId };
  /** NaN where it is undefined. */
  readonly value: number;
  /** Length of the bar, 0 to 1: the share itself, or the value relative to the model's largest. */
  readonly share: number;
  /** 1 for the largest of all heads where it is defined; null where it is not, or not all have arrived. */
  readonly rank: number | null;
  /** Heads for which the measure is defined. */
  readonly all: number;
}

/** A head's measures with its place among `all` heads; ranks only when `isWhole`. Equals share a rank. */
export function toMeasureRows(
  own: HeadValues,
  all: readonly HeadValues[],
  isWhole: boolean,
): readonly MeasureRow[] {
  return CARD_MEASURES.map((measure) => {
    const value = own[measure.id];
    const defined = all.map((each) => each[measure.id]).filter((each) => !Number.isNaN(each));
    const most = defined.reduce((largest, each) => Math.max(largest, each), 0);
    const larger = defined.filter((each) => each > value).length;
    return {
      measure,
      value,
      share: measure.unit === 'share' ? value : most > 0 ? value / most : 0,
      rank: isWhole && !Number.isNaN(value) ? 1 + larger : null,
      all: defined.length,
    };
  });
}

/** A value with its unit: "53.7 tokens", "0.28 nats", "85 %", "0.28" of a score. */
export function formatMeasure({ unit }: Pick<HeadMeasure, 'unit'>, value: number): string {
  if (Number.isNaN(value)) return '–';
  if (unit === 'share') return formatPercent(value);
  const number = formatNumber(value, unit === 'tokens' && value >= 10 ? 1 : 2);
  return unit === 'score' ? number : `${number} ${unit}`;
}
