import { useMemo } from 'react';
import { useDomainStatus } from '../../state/domains/domain-status.ts';
import { nameFamily, nameUnit } from '../../state/domains/measure-families.ts';
import { getPair, useDomainView, usePairComparison } from '../../state/domains/results-hooks.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { MapLegend } from '../../ui/MatrixMap.tsx';
import { useColorTheme } from '../../ui/use-theme.ts';
import { formatStop } from './map-figure.ts';
import { toMapPanels } from './map-panels.ts';
import { t } from './messages.ts';
import { SetMap } from './SetMap.tsx';
import { sayCell } from './say-cell.ts';
import './domain-maps.css';

/** The shown measure of the compared set less the reference, head by head. */
export function PairMap() {
  const { results, measure, family } = useDomainView();
  const pair = useMemo(() => getPair(results), [results]);
  const state = usePairComparison(results, measure.id);
  const comparison = state?.status === 'ready' ? state.result : undefined;
  const selection = useApp(({ selection: { layer, head } }) => ({ layer, head }));
  const app = useActions();
  const theme = useColorTheme();
  const status = useDomainStatus(results, { sets: 2, showsBefore: true });
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
        noteOf={(cell) => sayCell(results, measure, panel.set.id, cell, comparison)}
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
    </div>
  );
}
