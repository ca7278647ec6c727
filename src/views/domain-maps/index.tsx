import { useMemo } from 'react';
import type { AnalysisState } from '../../state/analysis-desk.ts';
import { countSignificant } from '../../state/domains/compared-heads.ts';
import { useDomainSettings } from '../../state/domains/domain-export-settings.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import { useDomainStatus } from '../../state/domains/domain-status.ts';
import { useDomainsActions } from '../../state/domains/domains-hooks.tsx';
import { formatBare, formatBareDifference } from '../../state/domains/format-value.ts';
import {
  describeFamily,
  nameFamily,
  nameFirstKey,
  nameUnit,
} from '../../state/domains/measure-families.ts';
import {
  useDomainView,
  useReferenceComparisons,
  useSetCurves,
} from '../../state/domains/results-hooks.ts';
import { BAND, type SetCurves } from '../../state/domains/set-curves.ts';
import { findSet } from '../../state/domains/set-values.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { toArrayFiles } from '../../tensor/array-files.ts';
import { Choice } from '../../ui/Choice.tsx';
import { MapLegend } from '../../ui/MatrixMap.tsx';
import { toPlainSource } from '../../ui/plain-source.ts';
import { paintSeries } from '../../ui/SeriesChart.tsx';
import { useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { toLines } from './lines-data.ts';
import { type Comparisons, formatStop, paintMaps } from './map-figure.ts';
import { toMapPanels } from './map-panels.ts';
import { listSets, toHeadTable, toLineTable, toValueArrays } from './map-tables.ts';
import { t } from './messages.ts';
import { LINES_HEIGHT, SetLines } from './SetLines.tsx';
import { SetMap } from './SetMap.tsx';
import { sayCell } from './say-cell.ts';
import './domain-maps.css';

const VIEWS = ['map', 'layers', 'heads'] as const;
const SHOWS = ['values', 'difference'] as const;

function getCurves(state: AnalysisState<SetCurves> | null): SetCurves | null {
  return state?.status === 'ready' ? state.result : null;
}

/** One measure of all heads, as maps of layers by heads, by layer or by head: each set, or less the reference. */
export default function DomainMaps() {
  const { results, options, family, measure } = useDomainView();
  const { view } = options;
  const hasPair = results !== null && results.comparedId !== null;
  const shows = hasPair ? options.shows : 'values';
  const actions = useDomainsActions();
  const app = useActions();
  const selection = useApp((state) => state.selection);
  const theme = useColorTheme();
  const settings = useDomainSettings(results);
  const along = view === 'heads' ? 'heads' : 'layers';
  const compared = useReferenceComparisons(
    shows === 'difference' && view === 'map' ? results : null,
    measure.id,
  );
  const curves = useSetCurves(view === 'map' ? null : results, measure.id, along);
  const panels = useMemo(
    () => (results === null ? null : toMapPanels(results, measure.id, shows)),
    [results, measure.id, shows],
  );
  const comparisons: Comparisons = useMemo(
    () =>
      new Map(
        compared.flatMap(({ set, state }) =>
          state.status === 'ready' ? [[set.id, state.result] as const] : [],
        ),
      ),
    [compared],
  );
  const shown = getCurves(curves);
  const lines = useMemo(
    () =>
      results === null || shown === null
        ? null
        : toLines(results, shown, shows, along, measure.unit, theme),
    [results, shown, shows, along, measure.unit, theme],
  );
  const found = useDomainStatus(results, {
    analyses: view === 'map' ? compared.map(({ state }) => state) : [curves],
    showsBefore: view === 'map',
  });
  const measureName = nameFamily(family.id);
  const status =
    results !== null && panels === null && found.kind !== 'empty'
      ? { kind: 'empty' as const, message: t('notMeasured', { measure: measureName }) }
      : found;
  const reference = results === null ? null : findSet(results, results.referenceId);
  const referenceName = reference === null ? '' : getSetName(reference);
  const firstKey = nameFirstKey(family, options.firstKey);
  const subtitle = [
    t(shows === 'values' ? 'subtitleValues' : 'subtitleDifference', {
      measure: measureName,
      reference: referenceName,
    }),
    firstKey,
  ]
    .filter((part) => part !== '')
    .join(' · ');
  const settle = () => ({
    ...settings(),
    measure: measure.id,
    formula: measure.formula,
    source: toPlainSource(measure.source).text,
    certainty: measure.certainty,
    ...(view === 'map' ? {} : { band: JSON.stringify(BAND) }),
  });
  const sentence = describeFamily(family.id);
  return (
    <ViewFrame
      id={`domain-${view}-${measure.id}`}
      title={t('title')}
      subtitle={subtitle}
      about={{
        sentence: t(view === 'map' ? 'aboutMap' : 'aboutLines', { measure: sentence }),
        formula: t(view === 'map' ? 'formulaDifference' : 'formulaLines', {
          formula: measure.formula,
          ...BAND,
        }),
        source: measure.source,
        isOurs: measure.certainty === 'ours' || view !== 'map',
      }}
      status={status}
      controls={
        <>
          <Choice
            label={t('view')}
            value={view}
            options={VIEWS.map((each) => [each, t(each)] as const)}
            onChange={(next) => actions.setOptions({ view: next })}
          />
          {hasPair && (
            <Choice
              label={t('shows')}
              value={shows}
              options={SHOWS.map((each) => [each, t(each)] as const)}
              onChange={(next) => actions.setOptions({ shows: next })}
            />
          )}
        </>
      }
      exports={{
        caption: subtitle,
        settings: settle,
        painting: () =>
          view === 'map'
            ? results === null || panels === null
              ? NOTHING
              : paintMaps({ results, measure, shows, panels, comparisons, theme })
            : lines === null
              ? NOTHING
              : paintSeries(lines, 720, LINES_HEIGHT),
        table: () => {
          if (results === null) return { columns: [], rows: [] };
          if (view === 'map') return toHeadTable(results, measure, comparisons);
          return lines === null ? { columns: [], rows: [] } : toLineTable(lines);
        },
        files: toArrayFiles(
          () => (results === null ? [] : toValueArrays(results, measure)),
          () => ({ ...settle(), axes: `set (${results ? listSets(results) : ''}), layer, head` }),
          true,
        ),
      }}
    >
      {view === 'map' && results !== null && panels !== null && (
        <>
          <div className="small-maps" data-readout="domain-maps">
            {panels.panels.map((panel) => {
              const comparison = comparisons.get(panel.set.id);
              return (
                <SetMap
                  key={panel.set.id}
                  panel={panel}
                  scale={panels.scale}
                  results={results}
                  comparison={comparison}
                  theme={theme}
                  note={noteOfPanel(panel.set.id === results.referenceId, comparison)}
                  selected={{ row: selection.head, column: selection.layer }}
                  noteOf={(cell) =>
                    sayCell(results, measure, panel.set.id, cell, comparison, shows)
                  }
                  onSelect={({ row, column }) => app.select({ layer: column, head: row })}
                  onMove={(columns, rows) =>
                    app.select({
                      layer: clamp(selection.layer + columns, results.layerCount),
                      head: clamp(selection.head + rows, results.headCount),
                    })
                  }
                />
              );
            })}
          </div>
          <p className="legend">
            <span className="grow" />
            {comparisons.size > 0 && (
              <span className="role-key">
                <i className="frame-key" />
                {t('framed')}
              </span>
            )}
            <MapLegend
              scale={panels.scale}
              label={measure.unit === 'share' ? '%' : nameUnit(measure.unit)}
              format={formatStop(panels, measure.unit)}
            />
          </p>
        </>
      )}
      {view !== 'map' && results !== null && lines !== null && (
        <SetLines
          lines={lines}
          along={along}
          measureName={measureName}
          selected={along === 'layers' ? selection.layer : selection.head}
          format={(value) =>
            (shows === 'values' ? formatBare : formatBareDifference)(
              value,
              measure.unit === 'share' ? 'score' : measure.unit,
            )
          }
          onSelect={(index) => app.select(along === 'layers' ? { layer: index } : { head: index })}
        />
      )}
    </ViewFrame>
  );
}

const NOTHING = { width: 1, height: 1, draw: () => undefined };

function clamp(at: number, count: number): number {
  return Math.max(0, Math.min(count - 1, at));
}

function noteOfPanel(
  isReference: boolean,
  comparison: Parameters<typeof countSignificant>[0] | undefined,
): string {
  if (isReference) return t('isReference');
  if (comparison === undefined) return '';
  const { up, down } = countSignificant(comparison);
  return up + down === 0 ? t('framedNone') : '';
}
