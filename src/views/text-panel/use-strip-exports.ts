import { useExportSettings } from '../../state/export-settings.ts';
import { useApp, useShownSelection } from '../../state/hooks.tsx';
import { toArrayFiles } from '../../tensor/array-files.ts';
import type { Painting } from '../../ui/figure.ts';
import { getThemeColors, useColorTheme } from '../../ui/use-theme.ts';
import type { ViewExports } from '../../ui/view-exports.ts';
import { drawStrip, FIGURE_FONT, getFigureHeight, ROLE_MARGIN } from './draw-strip.ts';
import { t } from './messages.ts';
import { nameTurn } from './StripText.tsx';
import { sayTint } from './say-token.ts';
import { layOutStrip } from './strip-figure.ts';
import {
  type AllTints,
  type TokenTableSources,
  toTokenArrays,
  toTokenTable,
} from './strip-table.ts';
import { formatTint, fromPlace, tintColor, toPlace } from './tint-scale.ts';
import { computeTint, type TINTS, type TintValues } from './tint-values.ts';
import type { ShownStrip } from './use-shown-strip.ts';

const FIGURE_WIDTH = 760;
/** Rows of the table that stand on the page at once. */
const TWIN_ROWS = 100;

/** Places of the scale with their values in words. */
export function getLegendStops(
  values: TintValues,
  scale: Parameters<typeof fromPlace>[2],
): readonly (readonly [place: number, text: string])[] {
  return [0, 0.5, 1].map((place) => {
    const number = formatTint(fromPlace(place, values, scale), values.unit);
    return [place, place === 1 ? `${number} ${t(values.unit)}`.trim() : number] as const;
  });
}

/** The strip as a picture, a table and arrays. */
export function useStripExports(shown: ShownStrip | null): ViewExports | undefined {
  const settings = useExportSettings();
  const theme = useColorTheme();
  const { tint, unit, scale } = useApp((state) => state.display);
  const pinned = useApp((state) => state.selection);
  const { layer, head } = useShownSelection();
  if (shown === null) return undefined;
  const { tokens, strip, units, unitOf, sources, values } = shown;
  const count = tokens.ids.length;
  const place = (index: number | null) => (index === null ? '' : String(index));

  const tints = (): AllTints => {
    const of = (each: (typeof TINTS)[number]) =>
      sources === null
        ? null
        : computeTint(each, { ...sources, query: pinned.query, key: pinned.key });
    return {
      entropy: of('entropy'),
      received: of('received'),
      'from-query': of('from-query'),
      'to-key': of('to-key'),
      surprise: of('surprise'),
    };
  };
  const tableSources = (): TokenTableSources => ({
    tokens,
    strip,
    unitOf,
    tints: tints(),
    headings: [
      t('token'),
      t('columnText'),
      t('columnId'),
      t('columnPiece'),
      t('columnStart'),
      t('columnEnd'),
      t('columnRole'),
    ],
    columnOf: (each, of) => {
      const details = [of === null ? '' : t(of.unit), unit === 'token' ? '' : t(unit)];
      const note = details.filter((detail) => detail !== '').join(', ');
      const name = sayTint(each, pinned.query, pinned.key);
      return note === '' ? name : `${name} (${note})`;
    },
  });
  const twinStart = Math.min(
    Math.max(0, count - TWIN_ROWS),
    Math.max(0, (units[pinned.query ?? pinned.key ?? 0]?.start ?? 0) - TWIN_ROWS / 2),
  );
  const twinEnd = Math.min(count, twinStart + TWIN_ROWS);

  const painting = (): Painting => {
    const measureContext = document.createElement('canvas').getContext('2d');
    if (measureContext !== null) measureContext.font = FIGURE_FONT;
    const hasTurns = strip.blocks.some(({ turn }) => turn !== null);
    const figure = layOutStrip(
      strip,
      strip.blocks,
      FIGURE_WIDTH,
      hasTurns ? ROLE_MARGIN : 0,
      (text) => measureContext?.measureText(text).width ?? text.length * 8,
    );
    const isIn = (unit: number | null) => (token: number) =>
      unit !== null && unitOf[token] === unit;
    return {
      width: FIGURE_WIDTH,
      height: getFigureHeight(figure, values !== null),
      draw: (context) =>
        drawStrip(context, {
          figure,
          backgroundOf: (token) =>
            values === null
              ? 'transparent'
              : tintColor(toPlace(values.values[unitOf[token]], values, scale), theme),
          isMuted: (token) => strip.tokens[token].isMuted,
          isQuery: isIn(pinned.query),
          isKey: isIn(pinned.key),
          nameTurn,
          legend:
            values === null
              ? null
              : {
                  colorAt: (at) => tintColor(at, theme),
                  stops: getLegendStops(values, scale),
                  title: sayTint(tint, pinned.query, pinned.key),
                },
          color: getThemeColors(),
        }),
    };
  };
  const captionKey =
    tint === 'none' || values === null
      ? 'captionNone'
      : tint === 'surprise'
        ? 'captionSurprise'
        : 'caption';
  return {
    painting,
    caption: t(captionKey, {
      tint: sayTint(tint, pinned.query, pinned.key),
      layer: place(layer),
      head: place(head),
      count,
    }),
    table: () => toTokenTable(tableSources(), { start: 0, end: count }),
    twin: () => ({
      table: toTokenTable(tableSources(), { start: twinStart, end: twinEnd }),
      note: count > TWIN_ROWS ? t('twinRows', { first: twinStart, last: twinEnd - 1, count }) : '',
    }),
    files: toArrayFiles(() => toTokenArrays(tokens, unitOf, tints()), settings, false),
    settings,
  };
}
