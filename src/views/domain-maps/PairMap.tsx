import { useMemo } from 'react';
import { useDomainStatus } from '../../state/domains/domain-status.ts';
import { formatBareDifference } from '../../state/domains/format-value.ts';
import { nameFamily, nameUnit } from '../../state/domains/measure-families.ts';
import {
  getPair,
  useDomainView,
  usePairComparison,
  useSetCurves,
} from '../../state/domains/results-hooks.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import type { Painting } from '../../ui/figure.ts';
import { MapLegend } from '../../ui/MatrixMap.tsx';
import { useColorTheme } from '../../ui/use-theme.ts';
import { toLines } from './lines-data.ts';
import { formatStop, paintMaps } from './map-figure.ts';
import { toMapPanels } from './map-panels.ts';
import { t } from './messages.ts';
import { SetLines } from './SetLines.tsx';
import { SetMap } from './SetMap.tsx';
import { sayCell } from './say-cell.ts';
import './domain-maps.css';

const PAIR_LINES = 190;

/** Paints the pair's map of differences with its legend; null where there is none. */
export function usePairPainting(): () => Painting | null {
  const { results, measure } = useDomainView();
  const theme = useColorTheme();
  const state = usePairComparison(results, measure.id);
  return () => {
    const pair = getPair(results);
    const all = results === null ? null : toMapPanels(results, measure.id, 'difference');
    const panels = all?.panels.filter(({ set }) => set.id === pair?.compared.id) ?? [];
    if (results === null || all === null || panels.length === 0) return null;
    const comparisons = new Map(
      state?.status === 'ready' ? [[panels[0].set.id, state.result] as const] : [],
    );
    const shown = { ...all, panels };
    return paintMaps({ results, measure, shows: 'difference', panels: shown, comparisons, theme });
  };
}

/** The shown measure of the compared set less the reference, head by head and by layer. */
export function PairMap() {
  const { results, measure, family } = useDomainView();
  const pair = useMemo(() => getPair(results), [results]);
  const state = usePairComparison(results, measure.id);
  const comparison = state?.status === 'ready' ? state.result : undefined;
  const selection = useApp(({ selection: { layer, head } }) => ({ layer, head }));
  const app = useActions();
  const theme = useColorTheme();
  const status = useDomainStatus(results, { sets: 2, showsBefore: true });
  const curves = useSetCurves(pair === null ? null : results, measure.id, 'layers');
  const found = curves?.status === 'ready' ? curves.result : null;
  const lines = useMemo(() => {
    if (results === null || pair === null || found === null) return null;
    const all = toLines(results, found, 'difference', 'layers', measure.unit, theme);
    return { ...all, series: all.series.filter(({ id }) => id === pair.compared.id) };
  }, [results, pair, found, measure.unit, theme]);
  const panels = useMemo(() => {
    if (results === null) return null;
    const all = toMapPanels(results, measure.id, 'difference');
    const own = all?.panels.filter(({ set }) => set.id === pair?.compared.id) ?? [];
    return all === null || own.length === 0 ? null : { ...all, panels: own };
  }, [results, measure.id, pair]);
  if (results === null || pair === null || panels === null || status.kind === 'empty') return null;
  const [panel] = panels.panels;
  const { layerCount, headCount } = results;
  const clamp = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
  return (
    <div className="pair-map">
      <SetMap
        panel={panel}
        scale={panels.scale}
        results={results}
        comparison={comparison}
        theme={theme}
        note={nameFamily(family.id)}
        selected={{ row: selection.head, column: selection.layer }}
        noteOf={(cell) => sayCell(results, measure, panel.set.id, cell, comparison, 'difference')}
        onSelect={({ row, column }) => app.select({ layer: column, head: row })}
        onMove={(columns, rows) =>
          app.select({
            layer: clamp(selection.layer + columns, layerCount),
            head: clamp(selection.head + rows, headCount),
          })
        }
      />
      <p className="legend">
        <MapLegend
          scale={panels.scale}
          label={measure.unit === 'share' ? '%' : nameUnit(measure.unit)}
          format={formatStop(panels, measure.unit)}
        />
        {comparison !== undefined && (
          <span className="role-key">
            <i className="frame-key" />
            {t('framed')}
          </span>
        )}
      </p>
      {lines !== null && (
        <SetLines
          lines={lines}
          along="layers"
          measureName={nameFamily(family.id)}
          height={PAIR_LINES}
          selected={selection.layer}
          format={(value) =>
            formatBareDifference(value, measure.unit === 'share' ? 'score' : measure.unit)
          }
          onSelect={(layer) => app.select({ layer })}
        />
      )}
    </div>
  );
}
