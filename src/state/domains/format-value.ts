import { createMessages } from '../../lib/messages.ts';
import type { MeasureUnit } from '../../measures/measure.ts';

const t = createMessages('domain-values', {
  percent: '{{value}} %',
  points: '{{value}} points',
  nats: '{{value}} nats',
  tokens: '{{value}} tokens',
  keys: '{{value}} keys',
  score: '{{value}}',
});

/** Digits after the point that leave about three that say something: 0.0123, 1.23, 12.3, 123. */
function toDigits(magnitude: number): string {
  if (magnitude === 0) return '0';
  const digits = magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : magnitude >= 0.095 ? 2 : 3;
  return magnitude.toFixed(digits);
}

/** A number without its unit; shares in percent. "–" where it is undefined. */
export function formatBare(value: number, unit: MeasureUnit): string {
  if (!Number.isFinite(value)) return '–';
  const shown = toDigits(Math.abs(unit === 'share' ? value * 100 : value));
  return value < 0 && Number(shown) !== 0 ? `−${shown}` : shown;
}

/** A measure's value with its unit: "3.20 tokens", "41.0 %". */
export function formatValue(value: number, unit: MeasureUnit): string {
  if (!Number.isFinite(value)) return '–';
  return t(unit === 'share' ? 'percent' : unit, { value: formatBare(value, unit) });
}

/** A signed number without its unit: "+0.32", "−4.10". */
export function formatBareDifference(value: number, unit: MeasureUnit): string {
  const bare = formatBare(value, unit);
  return value > 0 && Number(bare) !== 0 ? `+${bare}` : bare;
}

/** A difference of two values, signed; of shares in percentage points: "+4.10 points". */
export function formatDifference(value: number, unit: MeasureUnit): string {
  if (!Number.isFinite(value)) return '–';
  return t(unit === 'share' ? 'points' : unit, { value: formatBareDifference(value, unit) });
}

/** A p value as papers print it: "0.032", "< 0.001"; "–" where there is none. */
export function formatP(p: number): string {
  if (!Number.isFinite(p)) return '–';
  if (p < 0.001) return '< 0.001';
  // What lies below .05 is not shown as .05.
  return p < 0.05 && p >= 0.0495 ? p.toFixed(4) : p.toFixed(3);
}

/** A number between two others: "1.20 to 3.40"; "–" where there is no interval. */
export function formatInterval(low: number, high: number, unit: MeasureUnit): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return '–';
  return `${formatBare(low, unit)} … ${formatBare(high, unit)}`;
}
