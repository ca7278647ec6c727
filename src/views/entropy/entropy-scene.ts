import type { DisplayOptions } from '../../state/display-options.ts';
import { shortToken } from '../../text/display-token.ts';
import type { UnitSpan } from '../../text/get-units.ts';
import type { ColorTheme } from '../../ui/color-scales.ts';
import { layOutMap } from '../../ui/map-layout.ts';
import { NAMES_HEIGHT } from './draw-entropy.ts';
import type { EntropyScene } from './EntropyChart.tsx';
import { layOutBars } from './entropy-layout.ts';
import type { EntropyRules, EntropyValues } from './entropy-values.ts';
import { t } from './messages.ts';

const BARS_HEIGHT = 200;
const NUMBERS_HEIGHT = 22;

/**
 * The value at the top of the bars: the largest possible one; for effective keys the largest shown and
 * some room, because what is possible grows with the text and would leave the bars flat.
 */
export function getBarsTop({ maxima, largest }: EntropyValues, unit: EntropyRules['unit']): number {
  if (unit === 'normalised') return 1;
  if (unit === 'keys') return Math.max(2, largest * 1.15);
  let most = largest;
  for (const value of maxima) if (value > most) most = value;
  return most;
}

/** Lays out what is shown for a width. */
export function toEntropyScene(
  values: EntropyValues,
  units: readonly UnitSpan[],
  rules: EntropyRules,
  textUnit: DisplayOptions['unit'],
  width: number,
  theme: ColorTheme,
): EntropyScene {
  const nameUnit = (index: number): string => shortToken(units[index]?.text ?? '', 8);
  const axisTokens = t('axisTokens', { unit: t(textUnit) });
  if (rules.view === 'tokens') {
    const [row] = values.rows;
    return {
      kind: 'bars',
      bars: {
        layout: layOutBars(width, BARS_HEIGHT, units.length, getBarsTop(values, rules.unit)),
        values: row,
        maxima: values.maxima,
        nameUnit,
        axisTitle: t(`unit-${rules.unit}`),
        axisX: axisTokens,
      },
    };
  }
  const isTokens = rules.view === 'token-layer';
  const columns = values.rows[0]?.length ?? 0;
  return {
    kind: 'map',
    map: {
      layout: layOutMap(
        width,
        values.rows.length,
        columns,
        isTokens ? NAMES_HEIGHT : NUMBERS_HEIGHT,
      ),
      rows: values.rows,
      scale: { kind: 'sequential', from: 0, to: values.largest },
      theme,
      nameColumn: isTokens ? nameUnit : null,
      nameRow: (row) => `${isTokens ? 'L' : 'H'}${row}`,
      axisX: isTokens ? axisTokens : t('axisLayers'),
      axisY: t(isTokens ? 'rowsLayers' : 'rowsHeads'),
    },
  };
}
