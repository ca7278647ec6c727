import { type KeyboardEvent, useCallback, useMemo } from 'react';
import { formatNumber } from '../../lib/format-number.ts';
import {
  getEntropy,
  getMaximumEntropy,
  getMeanEntropy,
  toEntropyUnit,
} from '../../measures/entropy.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import { useActions, useApp, useRun, useShownSelection, useUnits } from '../../state/hooks.tsx';
import { useViewStatus } from '../../state/view-status.ts';
import { shortToken } from '../../text/display-token.ts';
import { type CanvasPoint, ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { sequentialColor } from '../../ui/color-scales.ts';
import type { Draw } from '../../ui/figure.ts';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { getThemeColors, useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import {
  BOTTOM,
  LEFT,
  layOutBars,
  layOutMap,
  mapCellAt,
  poolBars,
  TOP,
  tokenAt,
  valueY,
} from './entropy-layout.ts';
import { t } from './messages.ts';

const HEIGHT = 200;

export default function EntropyView() {
  const run = useRun();
  const selection = useShownSelection();
  const pinned = useApp((state) => state.selection);
  const status = useViewStatus(selection.layer);
  const { entropyView, entropyUnit, firstToken } = useApp((state) => state.display);
  const units = useUnits();
  const actions = useActions();
  const theme = useColorTheme();
  const settings = useExportSettings();
  const [box, width] = useElementWidth();
  const isBars = entropyView === 'tokens';

  /** [row][column] of what is shown: one row of units; layers x units; heads x layers. */
  const grid = useMemo(() => {
    if (run === null) return null;
    const convert = (value: number, query: number): number =>
      toEntropyUnit(value, entropyUnit, getMaximumEntropy(query, firstToken));
    const meanOver = (start: number, end: number, value: (query: number) => number): number => {
      let sum = 0;
      let count = 0;
      for (let query = start; query < end; query++) {
        const each = value(query);
        if (Number.isNaN(each)) continue;
        sum += each;
        count++;
      }
      return count > 0 ? sum / count : Number.NaN;
    };
    if (entropyView === 'layer-head') {
      return Array.from({ length: run.model.headCount }, (_, head) =>
        run.layers.map((summary) => {
          if (summary === null) return Number.NaN;
          if (entropyUnit !== 'normalised')
            return toEntropyUnit(getMeanEntropy(summary, head, firstToken), entropyUnit, 1);
          return meanOver(1, summary.queryCount, (query) =>
            convert(getEntropy(summary, head, query, firstToken), query),
          );
        }),
      );
    }
    if (entropyView === 'token-layer') {
      return run.layers.map((summary) =>
        units.map(({ start, end }) =>
          summary === null
            ? Number.NaN
            : meanOver(start, end, (query) =>
                meanOver(0, summary.headCount, (head) =>
                  convert(getEntropy(summary, head, query, firstToken), query),
                ),
              ),
        ),
      );
    }
    const summary = run.layers[selection.layer];
    if (!summary) return null;
    return [
      units.map(({ start, end }) =>
        meanOver(start, end, (query) =>
          convert(getEntropy(summary, selection.head, query, firstToken), query),
        ),
      ),
    ];
  }, [run, units, entropyView, entropyUnit, firstToken, selection.layer, selection.head]);

  const maxima = useMemo(
    () =>
      units.map(({ end }) =>
        toEntropyUnit(
          getMaximumEntropy(end - 1, firstToken),
          entropyUnit,
          getMaximumEntropy(end - 1, firstToken),
        ),
      ),
    [units, firstToken, entropyUnit],
  );
  const largest = useMemo(() => {
    let most = 0;
    for (const value of isBars ? maxima : (grid ?? []).flat()) if (value > most) most = value;
    return most;
  }, [grid, isBars, maxima]);
  const bars = useMemo(
    () => (width > 0 && units.length > 0 ? layOutBars(width, HEIGHT, units.length, largest) : null),
    [width, units, largest],
  );
  const map = useMemo(
    () =>
      width > 0 && grid !== null && grid.length > 0
        ? layOutMap(
            width,
            entropyView === 'token-layer' ? 300 : HEIGHT,
            grid.length,
            grid[0].length,
          )
        : null,
    [width, grid, entropyView],
  );
  const height = isBars ? HEIGHT : map ? map.top + map.rows * map.cellHeight + 20 : HEIGHT;

  const draw = useCallback<Draw>(
    (context, fullWidth, fullHeight) => {
      if (grid === null) return;
      const color = getThemeColors();
      context.font = '10px "Inter Variable", system-ui, sans-serif';
      context.textBaseline = 'middle';
      if (!isBars && map !== null) {
        grid.forEach((row, r) => {
          row.forEach((value, c) => {
            context.fillStyle = Number.isNaN(value)
              ? color('border')
              : sequentialColor(largest > 0 ? value / largest : 0, theme);
            context.fillRect(
              map.left + c * map.cellWidth,
              map.top + r * map.cellHeight,
              Math.max(0.6, map.cellWidth - (map.cellWidth > 6 ? 1 : 0)),
              map.cellHeight - (map.cellHeight > 6 ? 1 : 0),
            );
          });
          context.fillStyle = color('text-faint');
          context.textAlign = 'right';
          const every = Math.max(1, Math.ceil(11 / map.cellHeight));
          const letter = entropyView === 'token-layer' ? 'L' : 'H';
          if (r % every === 0)
            context.fillText(`${letter}${r}`, map.left - 5, map.top + (r + 0.5) * map.cellHeight);
        });
        context.textAlign = 'center';
        const every = Math.max(1, Math.ceil(26 / map.cellWidth));
        for (let c = 0; c < map.columns; c += every)
          context.fillText(String(c), map.left + (c + 0.5) * map.cellWidth, fullHeight - 8);
        return;
      }
      if (bars === null) return;
      context.textAlign = 'right';
      for (const tick of [0, 0.5, 1].map((share) => share * largest)) {
        const y = valueY(bars, tick);
        context.fillStyle = color('border');
        context.fillRect(LEFT, Math.round(y), fullWidth - LEFT, 1);
        context.fillStyle = color('text-faint');
        context.fillText(tick.toFixed(1), LEFT - 6, y);
      }
      const values = poolBars(grid[0], bars.perBar);
      context.fillStyle = color('accent');
      values.forEach((value, bar) => {
        if (Number.isNaN(value)) return;
        const y = valueY(bars, value);
        context.fillRect(
          LEFT + bar * bars.step,
          y,
          Math.max(0.6, bars.step - (bars.step > 4 ? 1.5 : 0)),
          valueY(bars, 0) - y,
        );
      });
      context.strokeStyle = color('text-faint');
      context.setLineDash([3, 3]);
      context.beginPath();
      poolBars(maxima, bars.perBar).forEach((value, bar) => {
        if (!Number.isNaN(value))
          context.lineTo(LEFT + (bar + 0.5) * bars.step, valueY(bars, value));
      });
      context.stroke();
      context.setLineDash([]);
      context.font = '10px "JetBrains Mono Variable", ui-monospace, monospace';
      context.fillStyle = color('text-muted');
      const every = Math.max(1, Math.ceil(12 / bars.step));
      for (let bar = 0; bar < bars.bars; bar += every) {
        context.save();
        context.translate(LEFT + (bar + 0.5) * bars.step, HEIGHT - BOTTOM + 5);
        context.rotate(-Math.PI / 2);
        context.fillText(shortToken(units[bar * bars.perBar].text, 8), 0, 0);
        context.restore();
      }
    },
    [grid, isBars, map, bars, largest, maxima, theme, units, entropyView],
  );

  const drawOverlay = useCallback<Draw>(
    (context) => {
      const color = getThemeColors();
      context.strokeStyle = color('query');
      context.lineWidth = 2;
      const frame = (row: number, column: number): void => {
        if (map)
          context.strokeRect(
            map.left + column * map.cellWidth - 0.5,
            map.top + row * map.cellHeight - 0.5,
            Math.max(3, map.cellWidth),
            map.cellHeight,
          );
      };
      const { query } = selection;
      if (entropyView === 'layer-head') frame(selection.head, selection.layer);
      else if (entropyView === 'token-layer') {
        if (query !== null) frame(selection.layer, query);
      } else if (bars && query !== null && grid) {
        const bar = Math.floor(query / bars.perBar);
        const value = grid[0][query];
        context.fillStyle = color('query');
        const y = valueY(bars, Number.isNaN(value) ? 0 : value);
        context.fillRect(
          LEFT + bar * bars.step,
          Math.min(y, valueY(bars, 0) - 2),
          Math.max(2, bars.step - 1.5),
          Math.max(2, valueY(bars, 0) - y),
        );
      }
    },
    [map, bars, grid, selection, entropyView],
  );

  const place = (point: CanvasPoint): Partial<typeof selection> | null => {
    if (isBars) {
      const query = bars && point.y > TOP ? tokenAt(bars, point.x) : null;
      return query === null ? null : { query };
    }
    const cell = map ? mapCellAt(map, point.x, point.y) : null;
    if (cell === null) return null;
    return entropyView === 'layer-head'
      ? { layer: cell.column, head: cell.row }
      : { layer: cell.row, query: cell.column };
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const rise = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (run === null || (step === undefined && rise === undefined)) return;
    event.preventDefault();
    const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));
    if (entropyView === 'layer-head') {
      actions.select({
        layer: clamp(pinned.layer + (step ?? 0), run.model.layerCount),
        head: clamp(pinned.head + (rise ?? 0), run.model.headCount),
      });
    } else {
      actions.select({
        query: clamp((pinned.query ?? 0) + (step ?? 0), units.length),
        layer: clamp(pinned.layer + (rise ?? 0), run.model.layerCount),
      });
    }
  };

  const unitName = t(entropyUnit);
  const value =
    grid === null
      ? Number.NaN
      : entropyView === 'layer-head'
        ? grid[selection.head]?.[selection.layer]
        : selection.query === null
          ? Number.NaN
          : grid[isBars ? 0 : selection.layer]?.[selection.query];
  const shownValue =
    value === undefined || Number.isNaN(value)
      ? t('undefined')
      : `${formatNumber(value)} ${unitName}`;
  const readout =
    entropyView === 'layer-head'
      ? t('cell', {
          where: `${t('layer', { layer: selection.layer })}, ${t('head', { head: selection.head })}`,
          value: shownValue,
        })
      : selection.query === null || !units[selection.query]
        ? ''
        : t('value', {
            index: selection.query,
            text: shortToken(units[selection.query].text, 20),
            value: shownValue,
            maximum: formatNumber(maxima[selection.query]),
            keys:
              entropyUnit === 'nats' && value !== undefined
                ? formatNumber(Math.exp(value), 1)
                : entropyUnit === 'bits' && value !== undefined
                  ? formatNumber(2 ** value, 1)
                  : '–',
          });
  const mode =
    firstToken === 'keep'
      ? t('modeKeep')
      : firstToken === 'drop'
        ? t('modeDrop')
        : t('modeRenormalise');
  const table = () => {
    const rows = grid ?? [];
    if (entropyView === 'layer-head') {
      return {
        columns: ['layer', 'head', `mean entropy (${unitName})`],
        rows: rows.flatMap((row, head) => row.map((each, layer) => [layer, head, each])),
      };
    }
    return {
      columns: ['layer', 'token', 'text', `entropy (${unitName})`, 'largest possible'],
      rows: rows.flatMap((row, r) =>
        row.map((each, i) => [isBars ? selection.layer : r, i, units[i].text, each, maxima[i]]),
      ),
    };
  };
  return (
    <ViewFrame
      id={`entropy-${entropyView}`}
      title={t('title')}
      subtitle={
        isBars
          ? t('subtitleTokens', { layer: selection.layer, head: selection.head, unit: unitName })
          : t('subtitleMap', {
              unit: unitName,
              what: entropyView === 'layer-head' ? t('meanQueries') : t('meanHeads'),
            })
      }
      about={{ sentence: t('about'), formula: `${t('formula')} (${mode})`, source: t('source') }}
      status={status}
      controls={
        <>
          <Choice
            label={t('view')}
            value={entropyView}
            options={(['tokens', 'token-layer', 'layer-head'] as const).map(
              (each) => [each, t(each)] as const,
            )}
            onChange={(entropyView) => actions.setDisplay({ entropyView })}
          />
          <Choice
            label={t('unit')}
            value={entropyUnit}
            options={(['nats', 'bits', 'normalised'] as const).map(
              (each) => [each, t(each)] as const,
            )}
            onChange={(entropyUnit) => actions.setDisplay({ entropyUnit })}
          />
        </>
      }
      exports={{
        table,
        settings,
        caption: mode,
        painting: () => ({ width, height, draw }),
      }}
    >
      <div ref={box} className="chart-box">
        {width > 0 && (
          <ChartCanvas
            width={width}
            height={height}
            draw={draw}
            drawOverlay={drawOverlay}
            label={t('label')}
            spoken={readout}
            onHover={(point) => actions.preview(point ? place(point) : null)}
            onPress={(point) => {
              const chosen = place(point);
              if (chosen) actions.select(chosen);
            }}
            onKey={onKey}
          />
        )}
      </div>
      <p className="legend">
        <span className="mono">{readout || ' '}</span>
        <span className="grow" />
        <span>{mode}</span>
        {isBars && bars && bars.perBar > 1 && <span>{t('pooled')}</span>}
        {!isBars && (
          <span className="scale">
            {[0, 0.5, 1].map((share) => (
              <span key={share}>
                <i style={{ background: sequentialColor(share, theme) }} />
                {formatNumber(share * largest)}
              </span>
            ))}
          </span>
        )}
      </p>
    </ViewFrame>
  );
}
