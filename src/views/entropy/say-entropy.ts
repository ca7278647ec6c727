import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import type { DisplayOptions } from '../../state/display-options.ts';
import { shortToken } from '../../text/display-token.ts';
import type { UnitSpan } from '../../text/get-units.ts';
import type { MapCell } from '../../ui/map-layout.ts';
import type { EntropyRules, EntropyValues } from './entropy-values.ts';
import { t } from './messages.ts';

/** Where a value stands and what it is, in words. */
export interface SaidEntropy {
  readonly place: string;
  readonly value: string;
}

/** Says one value of what is shown; null outside. */
export function sayEntropy(
  values: EntropyValues,
  units: readonly UnitSpan[],
  rules: EntropyRules,
  textUnit: DisplayOptions['unit'],
  { row, column }: MapCell,
): SaidEntropy | null {
  const value = values.rows[row]?.[column];
  if (value === undefined) return null;
  const span = units[column];
  const where = { index: column, text: shortToken(span?.text ?? '', 20), unit: t(textUnit) };
  const place =
    rules.view === 'layer-head'
      ? t('placeHead', { layer: column, head: row })
      : rules.view === 'token-layer'
        ? t('placeLayer', { ...where, layer: row })
        : t('place', where);
  // exp of a mean is no mean of exp: only a single row has an effective number of keys.
  const isOneRow = rules.view === 'tokens' && textUnit === 'token';
  return { place, value: sayValue(value, values.maxima[column], rules.unit, isOneRow) };
}

function sayValue(
  value: number,
  maximum: number | undefined,
  unit: EntropyRules['unit'],
  isOneRow: boolean,
): string {
  if (Number.isNaN(value)) return t('undefined');
  if (unit === 'normalised') return t('percent', { value: formatPercent(value) });
  const name = t(`unit-${unit}`);
  const said =
    maximum === undefined || Number.isNaN(maximum)
      ? t('value', { value: formatNumber(value), unit: name })
      : t('valueOf', { value: formatNumber(value), maximum: formatNumber(maximum), unit: name });
  if (unit === 'keys' || !isOneRow) return said;
  const keys = unit === 'bits' ? 2 ** value : Math.exp(value);
  return `${said}, ${t('effective', { keys: formatNumber(keys, 1) })}`;
}
