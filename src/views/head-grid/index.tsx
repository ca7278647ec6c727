import { useCallback, useMemo } from 'react';
import { formatNumber } from '../../lib/format-number.ts';
import { parseHeadFilter } from '../../measures/head-filter.ts';
import { getRole, ROLE_THRESHOLDS } from '../../measures/roles.ts';
import type { RunData } from '../../protocol/run.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import {
  getHeadValues,
  useActions,
  useApp,
  useRun,
  useShownSelection,
} from '../../state/hooks.tsx';
import { useViewStatus } from '../../state/view-status.ts';
import { getScaleStops } from '../../state/weight-scale.ts';
import { toArrayFiles } from '../../tensor/array-files.ts';
import type { LayerSummary } from '../../tensor/layer-summary.ts';
import { sequentialColor } from '../../ui/color-scales.ts';
import type { Painting } from '../../ui/figure.ts';
import { withLegend } from '../../ui/figure-legend.ts';
import { ScaleLegend } from '../../ui/ScaleLegend.tsx';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { getThemeColors, useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { drawGridLabels } from './draw-grid.ts';
import { GridControls } from './GridControls.tsx';
import { MEASURE_NAMES, toGridArrays, toHeadTable } from './grid-exports.ts';
import { drawLayers, type GridScene } from './grid-sheet.ts';
import { HeadGrid } from './HeadGrid.tsx';
import { getLayerRaster } from './layer-raster.ts';
import { t } from './messages.ts';
import { getOrderMeasure, type MeasuredHead } from './order-heads.ts';
import { sayHead } from './say-head.ts';
import { useGridLayout } from './use-grid-order.ts';
import './head-grid.css';

const NO_IDS = new Int32Array();
/** Pixels of a thumbnail for each CSS pixel where a figure has no pixels of its own (SVG). */
const VECTOR_RATIO = 4;

function measureHeads(run: RunData | null): readonly MeasuredHead[] {
  return (run?.layers ?? []).flatMap((summary) =>
    summary === null
      ? []
      : getHeadValues(summary, run?.tokens.ids ?? NO_IDS).map((values, head) => ({
          layer: summary.layer,
          head,
          values,
        })),
  );
}

/** Roles that a frame shows: most heads look at the first token, which would frame them all. */
const FRAMED_ROLES = ROLE_THRESHOLDS.map(([role]) => role).filter((role) => role !== 'first');

const nameGroup = (group: string, count: number): string => {
  const role = ROLE_THRESHOLDS.find(([id]) => id === group)?.[0];
  return t('heading', { name: role ? t(`role-${role}`) : t('noRole'), count });
};

export default function HeadGridView() {
  const run = useRun();
  const status = useViewStatus(null, true);
  const theme = useColorTheme();
  const actions = useActions();
  const shown = useShownSelection();
  const pinned = useApp((state) => state.selection);
  const { pool, scale, firstToken, gridFilter, gridOrder } = useApp((state) => state.display);
  const settings = useExportSettings();
  const [box, width] = useElementWidth();
  const filter = useMemo(() => parseHeadFilter(gridFilter), [gridFilter]);
  const heads = useMemo(() => measureHeads(run), [run]);
  const layout = useGridLayout(run, heads, gridOrder, width);
  const rules = useMemo(() => ({ pool, scale, firstToken }), [pool, scale, firstToken]);
  const ids = run?.tokens.ids ?? NO_IDS;
  const lookOf = useCallback<GridScene['lookOf']>(
    (summary, head) => {
      if (summary === null) return { isMatching: true, role: null };
      const values = getHeadValues(summary, ids)[head];
      return {
        isMatching: !filter.ok || filter.test(values, { layer: summary.layer, head }),
        role: getRole(values),
      };
    },
    [filter, ids],
  );
  const layers = run?.layers;
  const scene = useMemo<GridScene | null>(
    () => (layout && layers ? { layout, layers, rules, theme, lookOf } : null),
    [layout, layers, rules, theme, lookOf],
  );

  const shape = {
    headCount: run?.model.headCount ?? 0,
    groupSize: run ? run.model.headCount / run.model.keyValueHeadCount : 1,
  };
  const measure = getOrderMeasure(gridOrder);
  const say = (place: { readonly layer: number; readonly head: number }) => {
    const found = heads.find((each) => each.layer === place.layer && each.head === place.head);
    return found ? sayHead(found, shape, measure) : null;
  };
  const said = say(shown);
  const spoken = said ? t('spoken', { ...said, where: said.name }) : '';
  const matching =
    filter.ok && gridFilter.trim() !== ''
      ? heads.filter((each) => filter.test(each.values, each)).length
      : null;
  const weightName = t(scale === 'row' ? 'weightRow' : 'weight');
  const size = run?.layers.find((layer) => layer !== null)?.tiles.tokensPerTile ?? 1;
  const legendName =
    size === 1
      ? weightName
      : t(pool === 'max' ? 'ofTilesMax' : 'ofTilesMean', { weight: weightName, size });

  return (
    <ViewFrame
      id="head-grid"
      title={t('title')}
      subtitle={
        run
          ? t('subtitle', {
              count: run.model.layerCount,
              heads: run.model.headCount,
            })
          : undefined
      }
      about={{ sentence: t('about'), formula: t('formula'), source: t('source'), isOurs: true }}
      status={status}
      controls={
        <GridControls
          order={gridOrder}
          filter={gridFilter}
          isFilterRead={filter.ok}
          pool={pool}
          onChange={actions.setDisplay}
        />
      }
      exports={{
        table: () => toHeadTable(inOrder(heads, scene)),
        settings,
        caption: [t(`order-${gridOrder}`), t(pool), gridFilter].filter(Boolean).join(' · '),
        painting: () =>
          withLegend(paintGrid(scene), [
            { text: legendName },
            ...getScaleStops(scale).map(([place, text]) => ({
              text,
              fill: sequentialColor(place, theme),
            })),
            ...FRAMED_ROLES.map((role) => ({ text: t(`role-${role}`), frame: `role-${role}` })),
          ]),
        files: toArrayFiles(
          () => (run ? toGridArrays(run, heads) : []),
          () => ({ ...settings(), measures: MEASURE_NAMES }),
          false,
        ),
      }}
    >
      {!filter.ok && (
        <p className="note bad" role="alert">
          {t('badFilter', { part: filter.problem })}
        </p>
      )}
      <div ref={box} className="chart-box">
        {scene && (
          <HeadGrid
            scene={scene}
            pinned={pinned}
            shown={shown}
            label={t('label')}
            spoken={spoken}
            nameGroup={nameGroup}
            noteOf={(place) => {
              const head = say(place);
              return head ? [`${head.name} · ${head.role}`, head.values] : [];
            }}
            onPreview={actions.preview}
            onSelect={actions.select}
          />
        )}
      </div>
      <p className="legend">
        <span data-readout="head">{spoken}</span>
        <span className="grow" />
        {matching !== null && <span>{t('matching', { count: matching })}</span>}
      </p>
      <p className="legend">
        <ScaleLegend stops={getScaleStops(scale)} label={legendName} />
        <span className="grow" />
        {FRAMED_ROLES.map((role) => (
          <span key={role} className="role-key">
            <i className={`role-${role}`} />
            {t(`role-${role}`)}
          </span>
        ))}
      </p>
      {firstToken !== 'keep' && scene && (
        <p className="faint head-grid-note">{sayFirstToken(scene, size)}</p>
      )}
    </ViewFrame>
  );
}

/** The heads as they stand on screen. */
function inOrder(heads: readonly MeasuredHead[], scene: GridScene | null): readonly MeasuredHead[] {
  if (scene === null || scene.layout.kind === 'layers') return heads;
  const byPlace = new Map(heads.map((each) => [`${each.layer}.${each.head}`, each]));
  return scene.layout.cells.flatMap(({ layer, head }) => byPlace.get(`${layer}.${head}`) ?? []);
}

function paintGrid(scene: GridScene | null): Painting {
  return {
    width: scene?.layout.width ?? 1,
    height: scene?.layout.height ?? 1,
    draw(context) {
      if (scene === null) return;
      // Thumbnails are made for the pixels that there are: shrinking them afterwards would lose lines.
      const isCanvas = context instanceof CanvasRenderingContext2D;
      const ratio = isCanvas ? context.getTransform().a : VECTOR_RATIO;
      drawLayers(context, scene, ratio, () => true);
      drawGridLabels(context, scene.layout, getThemeColors(), nameGroup);
    },
  };
}

/** How exactly the first token could be taken out of the thumbnails. */
function sayFirstToken({ layers, rules, theme, layout }: GridScene, size: number): string {
  const pixels = Math.ceil(layout.cell * (window.devicePixelRatio || 1));
  const error = layers.reduce(
    (most: number, summary: LayerSummary | null) =>
      summary === null
        ? most
        : Math.max(most, getLayerRaster(summary, rules, theme, pixels).largestError),
    0,
  );
  const exactness =
    error < 5e-5 ? t('firstExact') : t('firstNear', { error: formatNumber(error, 3) });
  const isDivided = rules.firstToken === 'drop-renormalise' && size > 1;
  return `${t('firstDropped')}${exactness}${isDivided ? t('notRenormalised') : ''}`;
}
