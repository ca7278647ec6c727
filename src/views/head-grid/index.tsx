import { type KeyboardEvent, useCallback, useMemo } from 'react';
import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import { parseHeadFilter } from '../../measures/head-filter.ts';
import { HEAD_MEASURES } from '../../measures/head-measures.ts';
import { getRole, ROLE_THRESHOLDS, type RoleId } from '../../measures/roles.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import {
  getHeadValues,
  useActions,
  useApp,
  useRun,
  useShownSelection,
} from '../../state/hooks.tsx';
import { useViewStatus } from '../../state/view-status.ts';
import type { LayerSummary } from '../../tensor/layer-summary.ts';
import { type CanvasPoint, ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { type ColorTheme, sequentialLookup } from '../../ui/color-scales.ts';
import type { Draw } from '../../ui/figure.ts';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { getThemeColors, useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { cellAt, cellOrigin, type GridLayout, layOutGrid } from './grid-layout.ts';
import { t } from './messages.ts';

/** Rasters of thumbnails, one a head, made once for each summary, pooling and theme. */
const rasters = new WeakMap<LayerSummary, Map<string, readonly HTMLCanvasElement[]>>();

function getRasters(
  summary: LayerSummary,
  pool: 'max' | 'mean',
  theme: ColorTheme,
  dropsFirst: boolean,
): readonly HTMLCanvasElement[] {
  const key = `${pool}/${theme}/${dropsFirst}`;
  const known = rasters.get(summary) ?? new Map<string, readonly HTMLCanvasElement[]>();
  rasters.set(summary, known);
  const made = known.get(key);
  if (made) return made;
  const { count } = summary.tiles;
  const colors = sequentialLookup(theme);
  const values = summary.tiles[pool];
  const canvases = Array.from({ length: summary.headCount }, (_, head) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = count;
    const context = canvas.getContext('2d');
    if (context === null) return canvas;
    const image = context.createImageData(count, count);
    for (let i = 0; i < count * count; i++) {
      const isFirst = dropsFirst && i % count === 0;
      const value = isFirst ? 0 : Math.sqrt(values[head * count * count + i]);
      const color = 4 * Math.min(255, Math.round(value * 255));
      image.data.set(colors.subarray(color, color + 4), 4 * i);
    }
    context.putImageData(image, 0, 0);
    return canvas;
  });
  known.set(key, canvases);
  return canvases;
}

const ROLE_NAMES: readonly RoleId[] = ROLE_THRESHOLDS.map(([role]) => role);

export default function HeadGrid() {
  const run = useRun();
  const status = useViewStatus();
  const theme = useColorTheme();
  const actions = useActions();
  const selection = useShownSelection();
  const pinned = useApp((state) => state.selection);
  const { pool, gridFilter, firstToken } = useApp((state) => state.display);
  const settings = useExportSettings();
  const [box, width] = useElementWidth();
  const dropsFirst = firstToken !== 'keep';
  const filter = useMemo(() => parseHeadFilter(gridFilter), [gridFilter]);

  const layout = useMemo(
    () =>
      run === null || width === 0
        ? null
        : layOutGrid(
            width,
            run.model.layerCount,
            run.model.headCount,
            run.model.headCount / run.model.keyValueHeadCount,
          ),
    [run, width],
  );

  const draw = useCallback<Draw>(
    (context) => {
      if (run === null || layout === null) return;
      const color = getThemeColors();
      context.imageSmoothingEnabled = (run.layers[0]?.tiles.count ?? 1) > layout.cell;
      context.font = '10px Inter Variable, system-ui, sans-serif';
      for (let layer = 0; layer < layout.layerCount; layer++) {
        const summary = run.layers[layer];
        const images = summary ? getRasters(summary, pool, theme, dropsFirst) : null;
        for (let head = 0; head < layout.headCount; head++) {
          const { x, y } = cellOrigin(layout, layer, head);
          const values = summary ? getHeadValues(summary, run.tokens.ids)[head] : null;
          const matches = values === null || !filter.ok || filter.test(values);
          context.globalAlpha = matches ? 1 : 0.15;
          if (images) context.drawImage(images[head], x, y, layout.cell, layout.cell);
          const role = values ? getRole(values) : null;
          context.strokeStyle = role && role !== 'first' ? color(`role-${role}`) : color('border');
          context.lineWidth = role && role !== 'first' ? 1.5 : 1;
          context.strokeRect(x - 0.5, y - 0.5, layout.cell + 1, layout.cell + 1);
        }
      }
      context.globalAlpha = 1;
      drawLabels(context, layout, color('text-faint'));
    },
    [run, layout, pool, theme, filter, dropsFirst],
  );

  const drawOverlay = useCallback<Draw>(
    (context) => {
      if (layout === null) return;
      const color = getThemeColors();
      const frame = (layer: number, head: number, lineWidth: number): void => {
        const { x, y } = cellOrigin(layout, layer, head);
        context.strokeStyle = color('query');
        context.lineWidth = lineWidth;
        context.strokeRect(x - 1, y - 1, layout.cell + 2, layout.cell + 2);
      };
      frame(pinned.layer, pinned.head, 2.5);
      frame(selection.layer, selection.head, 1.5);
    },
    [layout, pinned, selection],
  );

  const onHover = (point: CanvasPoint | null): void => {
    const cell = point && layout ? cellAt(layout, point.x, point.y) : null;
    if (cell === null) actions.preview(null);
    else if (cell.layer !== selection.layer || cell.head !== selection.head) actions.preview(cell);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (run === null) return;
    const step = ARROWS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    actions.select({
      layer: Math.min(run.model.layerCount - 1, Math.max(0, pinned.layer + step[0])),
      head: Math.min(run.model.headCount - 1, Math.max(0, pinned.head + step[1])),
    });
  };

  const summary = run?.layers[selection.layer] ?? null;
  const values = summary
    ? getHeadValues(summary, run?.tokens.ids ?? new Int32Array())[selection.head]
    : null;
  const role = values ? getRole(values) : null;
  const spoken = values
    ? t('spoken', {
        layer: selection.layer,
        head: selection.head,
        role: role ? t(role) : t('noRole'),
        entropy: formatNumber(values.entropy),
        first: formatPercent(values.first),
      })
    : '';
  const table = () => ({
    columns: ['layer', 'head', 'role', ...HEAD_MEASURES.map((measure) => measure.id)],
    rows: (run?.layers ?? []).flatMap((each) =>
      each === null
        ? []
        : getHeadValues(each, run?.tokens.ids ?? new Int32Array()).map((head, index) => [
            each.layer,
            index,
            getRole(head) ?? '',
            ...HEAD_MEASURES.map((measure) => head[measure.id]),
          ]),
    ),
  });
  const matching =
    filter.ok && gridFilter.trim() !== ''
      ? countMatching(run?.layers ?? [], run?.tokens.ids ?? new Int32Array(), filter.test)
      : null;

  return (
    <ViewFrame
      id="head-grid"
      title={t('title')}
      subtitle={
        run
          ? t('subtitle', {
              layers: run.model.layerCount,
              heads: run.model.headCount,
              size: run.layers[0]?.tiles.tokensPerTile ?? 1,
            })
          : undefined
      }
      about={{ sentence: t('about'), formula: t('formula'), source: t('source'), isOurs: true }}
      status={status}
      controls={
        <>
          <input
            className="filter"
            type="search"
            placeholder={t('filter')}
            aria-label={t('filterLabel')}
            aria-invalid={!filter.ok}
            value={gridFilter}
            onChange={(event) => actions.setDisplay({ gridFilter: event.target.value })}
          />
          <Choice
            label={t('pool')}
            value={pool}
            options={[
              ['max', t('max')],
              ['mean', t('mean')],
            ]}
            onChange={(value) => actions.setDisplay({ pool: value })}
          />
        </>
      }
      exports={{
        table,
        settings,
        caption: t('formula'),
        painting: () => ({ width: layout?.width ?? 1, height: layout?.height ?? 1, draw }),
      }}
    >
      <div ref={box} className="chart-box">
        {layout && (
          <ChartCanvas
            width={layout.width}
            height={layout.height}
            draw={draw}
            drawOverlay={drawOverlay}
            label={t('label')}
            spoken={spoken}
            onHover={onHover}
            onPress={(point) => {
              const cell = cellAt(layout, point.x, point.y);
              if (cell) actions.select(cell);
            }}
            onKey={onKey}
          />
        )}
      </div>
      <p className="legend">
        <span>{spoken}</span>
        <span className="grow" />
        {matching !== null && <span>{t('matching', { count: matching })}</span>}
        {!filter.ok && (
          <span className="bad" role="alert">
            {t('badFilter', { part: filter.problem })}
          </span>
        )}
        {ROLE_NAMES.filter((name) => name !== 'first').map((name) => (
          <span key={name} className="role-key">
            <i className={`role-${name}`} />
            {t(name)}
          </span>
        ))}
      </p>
      {dropsFirst && (
        <p className="faint">
          {t('firstTile', { size: run?.layers[0]?.tiles.tokensPerTile ?? 1 })}
        </p>
      )}
    </ViewFrame>
  );
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function countMatching(
  layers: readonly (LayerSummary | null)[],
  ids: Int32Array,
  test: (values: ReturnType<typeof getHeadValues>[number]) => boolean,
): number {
  return layers.reduce(
    (sum, layer) => sum + (layer ? getHeadValues(layer, ids).filter(test).length : 0),
    0,
  );
}

function drawLabels(context: CanvasRenderingContext2D, layout: GridLayout, color: string): void {
  context.fillStyle = color;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (let head = 0; head < layout.headCount; head++) {
    const { x, y } = cellOrigin(layout, 0, head);
    context.fillText(`H${head}`, x - 6, y + layout.cell / 2);
  }
  context.textAlign = 'center';
  const every = Math.max(1, Math.ceil(18 / (layout.cell + layout.gap)));
  for (let layer = 0; layer < layout.layerCount; layer += every) {
    const { x } = cellOrigin(layout, layer, 0);
    context.fillText(layer === 0 ? 'L0' : String(layer), x + layout.cell / 2, layout.height - 8);
  }
}
