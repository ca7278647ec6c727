import { useMemo } from 'react';
import { formatNumber } from '../../lib/format-number.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import { useActions, useApp, useRun, useShownSelection, useUnits } from '../../state/hooks.tsx';
import { useOpenMeasure } from '../../state/measure-page-hooks.tsx';
import type { SelectionPreview } from '../../state/selection.ts';
import { useViewStatus } from '../../state/view-status.ts';
import { toArrayFiles } from '../../tensor/array-files.ts';
import { Choice } from '../../ui/Choice.tsx';
import { sequentialColor } from '../../ui/color-scales.ts';
import type { Painting } from '../../ui/figure.ts';
import { type LegendEntry, withLegend } from '../../ui/figure-legend.ts';
import type { MapCell } from '../../ui/map-layout.ts';
import { ScaleLegend } from '../../ui/ScaleLegend.tsx';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { drawEntropy, EntropyChart, type EntropyScene, getSceneSize } from './EntropyChart.tsx';
import { toEntropyArrays, toEntropyTable } from './entropy-exports.ts';
import { toEntropyScene } from './entropy-scene.ts';
import { computeEntropyValues } from './entropy-values.ts';
import { t } from './messages.ts';
import { sayEntropy } from './say-entropy.ts';

const MODES = {
  keep: 'modeKeep',
  drop: 'modeDrop',
  'drop-renormalise': 'modeRenormalise',
} as const;
const VIEWS = ['tokens', 'token-layer', 'layer-head'] as const;
const ENTROPY_UNITS = ['nats', 'bits', 'keys', 'normalised'] as const;
/** The page that says more of each unit. */
const PAGES = {
  nats: 'entropy',
  bits: 'entropy',
  keys: 'effective-keys',
  normalised: 'entropy-share',
} as const;
const PLACES = [0, 0.25, 0.5, 0.75, 1];

export default function EntropyView() {
  const run = useRun();
  const units = useUnits();
  const selection = useShownSelection();
  const pinned = useApp((state) => state.selection);
  const display = useApp((state) => state.display);
  const { entropyView: view, entropyUnit: unit, firstToken, unit: textUnit } = display;
  const status = useViewStatus(view === 'tokens' ? selection.layer : null);
  const actions = useActions();
  const openMeasure = useOpenMeasure();
  const theme = useColorTheme();
  const settings = useExportSettings();
  const [box, width] = useElementWidth();
  const rules = useMemo(() => ({ view, unit, firstToken }), [view, unit, firstToken]);
  // Maps do not depend on the head: hovering over heads computes nothing again.
  const [layer, head] = view === 'tokens' ? [selection.layer, selection.head] : [0, 0];
  const values = useMemo(
    () => (run === null ? null : computeEntropyValues(run, units, rules, layer, head)),
    [run, units, rules, layer, head],
  );
  const scene = useMemo(
    () =>
      values === null || width === 0 || units.length === 0
        ? null
        : toEntropyScene(values, units, rules, textUnit, width, theme),
    [values, units, rules, textUnit, width, theme],
  );

  const toPart = ({ row, column }: MapCell): SelectionPreview =>
    view === 'layer-head'
      ? { layer: column, head: row }
      : view === 'token-layer'
        ? { layer: row, query: column }
        : { query: column };
  const selected = useMemo((): MapCell | null => {
    if (view === 'layer-head') return { row: selection.head, column: selection.layer };
    if (selection.query === null) return null;
    return { row: view === 'tokens' ? 0 : selection.layer, column: selection.query };
  }, [view, selection.layer, selection.head, selection.query]);
  const onMove = (columns: number, rows: number): void => {
    if (run === null) return;
    const clamp = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
    const { layerCount, headCount } = run.model;
    actions.select(
      view === 'layer-head'
        ? {
            layer: clamp(pinned.layer + columns, layerCount),
            head: clamp(pinned.head + rows, headCount),
          }
        : {
            query: clamp((pinned.query ?? (columns > 0 ? -1 : 0)) + columns, units.length),
            layer: clamp(pinned.layer + rows, layerCount),
          },
    );
  };
  const say = (cell: MapCell) => values && sayEntropy(values, units, rules, textUnit, cell);
  const said = selected === null ? null : say(selected);
  const readout = said ? `${said.place}: ${said.value}` : '';
  const unitName = t(`unit-${unit}`);
  const mode = t(MODES[firstToken]);
  const subtitle = {
    tokens: t('subtitleTokens', {
      layer: selection.layer,
      head: selection.head,
      unit: unitName,
    }),
    'token-layer': t('subtitleLayers', { unit: unitName }),
    'layer-head': t('subtitleHeads', { unit: unitName }),
  }[view];
  const sayPlace = (place: number): string =>
    unit === 'normalised'
      ? `${Math.round(100 * place * (values?.largest ?? 0))} %`
      : formatNumber(place * (values?.largest ?? 0));
  const stops = PLACES.map((place) => [place, sayPlace(place)] as const);
  const legend: readonly LegendEntry[] =
    scene?.kind === 'map'
      ? [
          { text: unitName },
          ...stops.map(([place, text]) => ({ text, fill: sequentialColor(place, theme) })),
        ]
      : [{ text: t(unit === 'keys' ? 'above' : 'dashed') }];
  return (
    <ViewFrame
      id={`entropy-${view}`}
      title={t('title')}
      subtitle={subtitle}
      about={{
        sentence: t('about'),
        formula: `${t('formula')} (${mode})`,
        source: t('source'),
        more: { label: t('more'), onOpen: () => openMeasure(PAGES[unit]) },
      }}
      status={status}
      controls={
        <>
          <Choice
            label={t('view')}
            value={view}
            options={VIEWS.map((each) => [each, t(each, { unit: t(textUnit) })] as const)}
            onChange={(entropyView) => actions.setDisplay({ entropyView })}
          />
          <Choice
            label={t('unit')}
            value={unit}
            options={ENTROPY_UNITS.map((each) => [each, t(each)] as const)}
            onChange={(entropyUnit) => actions.setDisplay({ entropyUnit })}
          />
        </>
      }
      exports={{
        table: () =>
          values
            ? toEntropyTable(values, units, view, selection.layer, unitName)
            : { columns: [], rows: [] },
        settings,
        caption: `${subtitle} · ${mode}`,
        painting: () => withLegend(paintScene(scene), legend),
        files: toArrayFiles(
          () => (run ? toEntropyArrays(run, firstToken) : []),
          () => ({ ...settings(), entropy: `nats, ${mode}` }),
          false,
        ),
      }}
    >
      <div ref={box} className="chart-box">
        {scene && (
          <EntropyChart
            scene={scene}
            selected={selected}
            label={t('label')}
            spoken={readout}
            noteOf={(cell) => {
              const note = say(cell);
              return note ? [note.place, note.value] : [];
            }}
            onPreview={(cell) => actions.preview(cell && toPart(cell))}
            onSelect={(cell) => actions.select(toPart(cell))}
            onMove={onMove}
          />
        )}
      </div>
      <p className="legend">
        <span className="mono" data-readout="entropy">
          {readout || ' '}
        </span>
        <span className="grow" />
        <span>{mode}</span>
        {scene?.kind === 'bars' && scene.bars.layout.perBar > 1 && <span>{t('pooled')}</span>}
        {scene?.kind === 'bars' && <span>{t(unit === 'keys' ? 'above' : 'dashed')}</span>}
        {scene?.kind === 'map' && <ScaleLegend label={unitName} stops={stops} />}
      </p>
    </ViewFrame>
  );
}

function paintScene(scene: EntropyScene | null): Painting {
  return {
    ...(scene ? getSceneSize(scene) : { width: 1, height: 1 }),
    draw: (context) => scene && drawEntropy(context, scene),
  };
}
