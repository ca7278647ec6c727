import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type WheelEvent,
} from 'react';
import { formatPercent } from '../../lib/format-number.ts';
import { computeReceived } from '../../measures/received.ts';
import { getRole } from '../../measures/roles.ts';
import { getAdvice } from '../../state/error-advice.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import {
  getHeadValues,
  useActions,
  useApp,
  useDisplayedSlice,
  useRun,
  useShownSelection,
  useSlice,
} from '../../state/hooks.tsx';
import { useViewStatus } from '../../state/view-status.ts';
import { toArrayFiles } from '../../tensor/array-files.ts';
import { rowStart, weightAt } from '../../tensor/causal-slice.ts';
import { shortToken } from '../../text/display-token.ts';
import { type CanvasPoint, ChartCanvas } from '../../ui/ChartCanvas.tsx';
import { sequentialColor, sequentialLookup } from '../../ui/color-scales.ts';
import type { Draw } from '../../ui/figure.ts';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { getThemeColors, useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame, type ViewStatus } from '../../ui/ViewFrame.tsx';
import { drawLabels, toPixels } from './draw-heatmap.ts';
import {
  cellAt,
  cellSize,
  cellStart,
  chooseLabels,
  layOutHeatmap,
  MARGINAL,
  panWindow,
  type Window,
  zoomWindow,
} from './heatmap-layout.ts';
import { t } from './messages.ts';

export default function AttentionHeatmap() {
  const run = useRun();
  const selection = useShownSelection();
  const runStatus = useViewStatus(selection.layer);
  const state = useSlice();
  const slice =
    state.status === 'ready' ? state.slice : state.status === 'working' ? state.previous : null;
  const displayed = useDisplayedSlice(slice);
  const { scale } = useApp((app) => app.display);
  const actions = useActions();
  const theme = useColorTheme();
  const settings = useExportSettings();
  const [box, width] = useElementWidth();
  const count = displayed?.size ?? 0;
  const [zoom, setZoom] = useState<{ queries: Window; keys: Window } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another length is another matrix
  useEffect(() => setZoom(null), [count]);

  const layout = useMemo(() => {
    if (width === 0 || count === 0) return null;
    const whole = { start: 0, end: count };
    const isInside = zoom !== null && zoom.queries.end <= count && zoom.keys.end <= count;
    return layOutHeatmap(
      Math.min(width, 760),
      isInside ? zoom.queries : whole,
      isInside ? zoom.keys : whole,
    );
  }, [width, count, zoom]);

  const draw = useCallback<Draw>(
    (context) => {
      if (layout === null || displayed === null) return;
      const color = getThemeColors();
      const pixels = toPixels(
        displayed.packed,
        layout,
        scale,
        sequentialLookup(theme),
        window.devicePixelRatio || 1,
      );
      const raster = document.createElement('canvas');
      raster.width = pixels.columns;
      raster.height = pixels.rows;
      raster
        .getContext('2d')
        ?.putImageData(new ImageData(pixels.data, pixels.columns, pixels.rows), 0, 0);
      context.imageSmoothingEnabled = false;
      context.drawImage(raster, layout.left, layout.top, layout.side, layout.side);
      context.strokeStyle = color('border');
      context.strokeRect(layout.left - 0.5, layout.top - 0.5, layout.side + 1, layout.side + 1);
      drawMarginals(context, layout, displayed, color('accent'), color('border'));
      drawWeights(context, layout, displayed, theme);
      context.fillStyle = color('text-faint');
      context.font = '11px "Inter Variable", system-ui, sans-serif';
      context.textAlign = 'left';
      context.textBaseline = 'alphabetic';
      context.fillText(t('keys'), layout.left, 12);
      context.save();
      context.translate(12, layout.top);
      context.rotate(-Math.PI / 2);
      context.textAlign = 'right';
      context.fillText(t('queries'), 0, 0);
      context.restore();
    },
    [layout, displayed, scale, theme],
  );

  const drawOverlay = useCallback<Draw>(
    (context) => {
      if (layout === null || displayed === null) return;
      const color = getThemeColors();
      const { query, key } = selection;
      const name = (index: number): string => shortToken(displayed.units[index]?.text ?? '', 14);
      for (const along of ['queries', 'keys'] as const) {
        const chosen = along === 'queries' ? query : key;
        const size = cellSize(layout, along);
        const labels = chooseLabels(layout[along], size, 12, chosen === null ? [] : [chosen]);
        const accent = color(along === 'queries' ? 'query' : 'key');
        drawLabels(context, layout, along, labels, name, (index) =>
          index === chosen ? accent : color('text-muted'),
        );
      }
      context.globalAlpha = 0.14;
      if (query !== null && query < count) {
        context.fillStyle = color('query');
        context.fillRect(
          layout.left,
          cellStart(layout, 'queries', query),
          layout.side,
          Math.max(1.5, cellSize(layout, 'queries')),
        );
      }
      if (key !== null && key < count) {
        context.fillStyle = color('key');
        context.fillRect(
          cellStart(layout, 'keys', key),
          layout.top,
          Math.max(1.5, cellSize(layout, 'keys')),
          layout.side,
        );
      }
      context.globalAlpha = 1;
      if (query !== null && key !== null && key <= query) {
        context.strokeStyle = color('query');
        context.lineWidth = 1.5;
        context.strokeRect(
          cellStart(layout, 'keys', key),
          cellStart(layout, 'queries', query),
          Math.max(3, cellSize(layout, 'keys')),
          Math.max(3, cellSize(layout, 'queries')),
        );
      }
    },
    [layout, displayed, selection, count],
  );

  const sentence = (kind: 'cell' | 'spoken'): string => {
    const { query, key } = selection;
    if (displayed === null || query === null || key === null || query >= count || key > query)
      return '';
    const weight = weightAt(displayed, query, key);
    const values = {
      query,
      key,
      queryText: shortToken(displayed.units[query].text, 20),
      keyText: shortToken(displayed.units[key].text, 20),
      percent: formatPercent(weight),
    };
    if (Number.isNaN(weight)) return t('undefinedRow');
    return kind === 'cell' ? `${t('cell', values)}  ${formatWeight(weight)}` : t('spoken', values);
  };

  const onHover = (point: CanvasPoint | null): void => {
    const cell = point && layout ? cellAt(layout, point.x, point.y) : null;
    if (cell === null) actions.preview(null);
    else if (cell.query !== selection.query || cell.key !== selection.key) actions.preview(cell);
  };
  const zoomBy = (factor: number, at: { query: number; key: number } | null): void => {
    if (layout === null) return;
    const middle = (window: Window): number => (window.start + window.end) / 2;
    const queries = zoomWindow(
      layout.queries,
      at?.query ?? selection.query ?? middle(layout.queries),
      factor,
      count,
    );
    const keys = zoomWindow(
      layout.keys,
      at?.key ?? selection.key ?? middle(layout.keys),
      factor,
      count,
    );
    setZoom(queries.end - queries.start === count ? null : { queries, keys });
  };
  const onKey = (event: KeyboardEvent): void => {
    const query = selection.query ?? count - 1;
    const key = Math.min(query, selection.key ?? query);
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const move = moves[event.key];
    if (move) {
      const next = Math.min(count - 1, Math.max(0, query + move[0]));
      actions.select({ query: next, key: Math.min(next, Math.max(0, key + move[1])) });
    } else if (event.key === '+' || event.key === '=') zoomBy(0.5, null);
    else if (event.key === '-') zoomBy(2, null);
    else if (event.key === '0') setZoom(null);
    else return;
    event.preventDefault();
  };
  const onWheel = (event: WheelEvent, point: CanvasPoint): void => {
    if (layout === null || (!event.ctrlKey && zoom === null)) return;
    if (event.ctrlKey) zoomBy(event.deltaY > 0 ? 1.25 : 0.8, cellAt(layout, point.x, point.y));
    else {
      const by =
        Math.sign(event.deltaY || event.deltaX) *
        Math.max(1, Math.round((layout.queries.end - layout.queries.start) / 10));
      setZoom({
        queries: event.shiftKey ? layout.queries : panWindow(layout.queries, by, count),
        keys: event.shiftKey ? panWindow(layout.keys, by, count) : layout.keys,
      });
    }
  };

  const status: ViewStatus =
    state.status === 'failed'
      ? {
          kind: 'failed',
          message: state.error.message,
          nextStep: getAdvice(state.error.code),
          action: { label: t('failedNext'), run: actions.runAgain },
        }
      : runStatus.kind !== 'ready' && runStatus.kind !== 'stale'
        ? runStatus
        : displayed === null
          ? { kind: 'working', message: t('working'), share: null }
          : runStatus;
  const summary = run?.layers[selection.layer] ?? null;
  const role = summary
    ? getRole(getHeadValues(summary, run?.tokens.ids ?? new Int32Array())[selection.head])
    : null;
  const matrix = () => ({
    name: `attention_layer${selection.layer}_head${selection.head}`,
    shape: [count, count],
    data: toFull(displayed?.packed ?? new Float32Array(0), count),
  });
  const table = () => ({
    columns: ['query', 'query text', 'key', 'key text', 'weight'],
    rows: (displayed?.units ?? []).flatMap((unit, query) =>
      Array.from({ length: query + 1 }, (_, key) => [
        query,
        unit.text,
        key,
        displayed?.units[key].text ?? '',
        displayed?.packed[rowStart(query) + key] ?? null,
      ]),
    ),
  });
  return (
    <ViewFrame
      id="attention-heatmap"
      title={t('title', { layer: selection.layer, head: selection.head })}
      subtitle={role ? ROLE_LABELS[role] : undefined}
      about={{ sentence: t('about'), formula: t('formula'), source: t('source') }}
      status={status}
      controls={
        <span className="choice">
          <button
            type="button"
            className="chip"
            aria-label={t('zoomIn')}
            title={t('zoomIn')}
            onClick={() => zoomBy(0.5, null)}
          >
            +
          </button>
          <button
            type="button"
            className="chip"
            aria-label={t('zoomOut')}
            title={t('zoomOut')}
            onClick={() => zoomBy(2, null)}
          >
            −
          </button>
          {zoom && (
            <button type="button" className="chip" onClick={() => setZoom(null)}>
              {t('whole')}
            </button>
          )}
        </span>
      }
      exports={{
        table,
        settings,
        files: toArrayFiles(() => [matrix()], settings, true),
        caption: t('title', { layer: selection.layer, head: selection.head }),
        painting: () => ({
          width: layout?.width ?? 1,
          height: layout?.height ?? 1,
          draw(context, w, h) {
            draw(context, w, h);
            drawOverlay(context, w, h);
          },
        }),
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
            spoken={sentence('spoken')}
            onHover={onHover}
            onPress={(point) => {
              const cell = cellAt(layout, point.x, point.y);
              if (cell) actions.select(cell);
            }}
            onKey={onKey}
            onWheel={onWheel}
          />
        )}
      </div>
      <p className="readout" data-readout="cell">
        {sentence('cell') || ' '}
      </p>
      <p className="legend">
        <Legend />
        <span className="grow" />
        {displayed !== null && displayed.leftOutMass > 0 && (
          <span data-readout="left-out">
            {t('leftOut', { mass: formatPercent(displayed.leftOutMass) })}
          </span>
        )}
        {displayed !== null && displayed.hiddenCells > 0 && (
          <span>{t('hidden', { count: displayed.hiddenCells })}</span>
        )}
      </p>
    </ViewFrame>
  );
}

const ROLE_LABELS = {
  induction: 'induction',
  previous: 'previous token',
  duplicate: 'duplicate token',
  current: 'current token',
  first: 'first token',
} as const;

/** The colour scale with weights as numbers at the places where they lie. */
function Legend() {
  const theme = useColorTheme();
  const { scale } = useApp((app) => app.display);
  const places = [0, 0.25, 0.5, 0.75, 1];
  const back = (place: number): string =>
    scale === 'sqrt'
      ? String(Number((place * place).toFixed(3)))
      : scale === 'log'
        ? place === 0
          ? '≤10⁻⁴'
          : (1e-4 ** (1 - place)).toPrecision(1)
        : scale === 'row'
          ? `${place * 100} %`
          : String(place);
  return (
    <span className="scale">
      {places.map((place) => (
        <span key={place}>
          <i style={{ background: sequentialColor(place, theme) }} />
          {back(place)}
        </span>
      ))}
    </span>
  );
}

function formatWeight(weight: number): string {
  return `${weight < 1e-3 && weight > 0 ? weight.toExponential(2) : weight.toFixed(4)} (${formatPercent(weight)})`;
}

function toFull(packed: Float32Array, count: number): Float32Array {
  const full = new Float32Array(count * count);
  for (let query = 0; query < count; query++)
    full.set(packed.subarray(rowStart(query), rowStart(query + 1)), query * count);
  return full;
}

type Layout = ReturnType<typeof layOutHeatmap>;
type Shown = { readonly size: number; readonly packed: Float32Array };

/** Attention received by each key, as bars under the matrix. */
function drawMarginals(
  context: CanvasRenderingContext2D,
  layout: Layout,
  shown: Shown,
  bar: string,
  line: string,
): void {
  const received = computeReceived(shown);
  let largest = 0;
  for (const value of received) if (value > largest) largest = value;
  const size = cellSize(layout, 'keys');
  const base = layout.top + layout.side + MARGINAL;
  context.fillStyle = bar;
  for (let key = layout.keys.start; key < layout.keys.end; key++) {
    if (!(received[key] > 0)) continue;
    const height = (received[key] / largest) * (MARGINAL - 4);
    context.fillRect(
      cellStart(layout, 'keys', key),
      base - height,
      Math.max(0.5, size - (size > 4 ? 1 : 0)),
      height,
    );
  }
  context.fillStyle = line;
  context.fillRect(layout.left, base, layout.side, 1);
  context.font = '10px "Inter Variable", system-ui, sans-serif';
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillText(t('received'), layout.left - 6, base - 8);
}

/** Weights as numbers where cells are wide enough to read them. */
function drawWeights(
  context: CanvasRenderingContext2D,
  layout: Layout,
  shown: Shown,
  theme: 'light' | 'dark',
): void {
  const size = Math.min(cellSize(layout, 'keys'), cellSize(layout, 'queries'));
  if (size < 30) return;
  context.font = '10px "JetBrains Mono Variable", ui-monospace, monospace';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let query = layout.queries.start; query < layout.queries.end; query++) {
    for (let key = layout.keys.start; key < Math.min(layout.keys.end, query + 1); key++) {
      const weight = weightAt(shown, query, key);
      if (!(weight >= 0.005)) continue;
      const isStrong = weight > 0.3;
      context.fillStyle = isStrong === (theme === 'light') ? '#fff' : '#111';
      context.fillText(
        weight.toFixed(2).replace(/^0/, ''),
        cellStart(layout, 'keys', key) + cellSize(layout, 'keys') / 2,
        cellStart(layout, 'queries', query) + cellSize(layout, 'queries') / 2,
      );
    }
  }
}
