import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { formatPercent } from '../../lib/format-number.ts';
import type { DisplayedSlice } from '../../measures/displayed-slice.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { toMatrixExports } from '../../state/matrix-table.ts';
import { sayCell } from '../../state/shown-cell.ts';
import { hasRoomForRole, type ShownHead, useShownHead } from '../../state/use-shown-head.ts';
import { getScaleStops } from '../../state/weight-scale.ts';
import { sequentialColor } from '../../ui/color-scales.ts';
import { withLegend } from '../../ui/figure-legend.ts';
import { ScaleLegend } from '../../ui/ScaleLegend.tsx';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame, type ViewFrameProps } from '../../ui/ViewFrame.tsx';
import { AttentionHeatmap, POINTING_NOWHERE } from './AttentionHeatmap.tsx';
import { followCell, zoomBy } from './heatmap-interaction.ts';
import { type HeatmapWindow, layOutHeatmap } from './heatmap-layout.ts';
import { t } from './messages.ts';
import { noteOf } from './note-of.ts';
import { useHeatmapPainting } from './use-heatmap-painting.ts';
import './attention-heatmap.css';

/** The selected head's matrix. `chooser` switches to the other views of the same head. */
export default function HeatmapView({ chooser }: { readonly chooser?: ReactNode }) {
  const head = useShownHead();
  const [box, width] = useElementWidth();
  const frame = {
    id: 'attention-heatmap',
    title: head.title,
    subtitle: hasRoomForRole(width) ? head.role : undefined,
    about: { sentence: t('about'), formula: t('formula'), source: t('source') },
    status: head.status,
    chooser,
  };
  if (head.displayed === null || head.displayed.size === 0) {
    return (
      <ViewFrame {...frame}>
        <div ref={box} className="chart-box" />
      </ViewFrame>
    );
  }
  return <Matrix frame={frame} head={head} displayed={head.displayed} box={box} width={width} />;
}

/** The view once there is a matrix. */
function Matrix(props: {
  readonly frame: Omit<ViewFrameProps, 'children'>;
  readonly head: ShownHead;
  readonly displayed: DisplayedSlice;
  readonly box: ReturnType<typeof useElementWidth>[0];
  readonly width: number;
}) {
  const { head, displayed, width } = props;
  const { selection } = head;
  const count = displayed.size;
  const { scale, firstToken, weighting, unit } = useApp((app) => app.display);
  const shown = useMemo(() => ({ firstToken, weighting }), [firstToken, weighting]);
  const pinned = useApp((app) => ({ query: app.selection.query, key: app.selection.key }));
  const actions = useActions();
  const settings = useExportSettings();
  const theme = useColorTheme();
  const [zoom, setZoom] = useState<HeatmapWindow | null>(null);
  const [pointing, setPointing] = useState(POINTING_NOWHERE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another length is another matrix
  useEffect(() => setZoom(null), [count]);
  useEffect(
    () => setZoom((window) => window && followCell(window, pinned, count)),
    [pinned, count],
  );

  const layout = useMemo(() => {
    const whole = { start: 0, end: count };
    const isInside = zoom !== null && zoom.queries.end <= count && zoom.keys.end <= count;
    return layOutHeatmap(
      Math.max(160, width),
      isInside ? zoom : { queries: whole, keys: whole },
      count,
    );
  }, [width, count, zoom]);
  const note = useMemo(
    () => noteOf(pointing.target, layout, displayed, shown),
    [pointing.target, layout, displayed, shown],
  );
  const { draw, drawOverlay, painting } = useHeatmapPainting(layout, displayed, scale, selection, {
    note,
    brush: pointing.brush,
  });
  const said = sayCell(displayed, selection, shown);
  return (
    <ViewFrame
      {...props.frame}
      exports={{
        ...toMatrixExports(displayed, { ...selection, weighting }, settings),
        caption: t('caption', { role: head.role ? `${head.role}, ` : '', count, unit }),
        painting: () =>
          withLegend(painting(), [
            { text: t('legend', { scale }) },
            ...getScaleStops(scale).map(([place, text]) => ({
              text,
              fill: sequentialColor(place, theme),
            })),
            ...(head.weightingNote === null ? [] : [{ text: head.weightingNote }]),
            ...(displayed.leftOutMass > 0
              ? [{ text: t('leftOut', { mass: formatPercent(displayed.leftOutMass) }) }]
              : []),
            ...(displayed.hiddenCells > 0
              ? [{ text: t('hidden', { count: displayed.hiddenCells }) }]
              : []),
          ]),
      }}
    >
      <div ref={props.box} className="chart-box">
        {width > 0 && (
          <AttentionHeatmap
            layout={layout}
            selection={selection}
            draw={draw}
            drawOverlay={drawOverlay}
            spoken={said?.spoken ?? ''}
            pointing={pointing}
            onPointing={setPointing}
            onWindow={setZoom}
            onPreview={actions.preview}
            onSelect={actions.select}
          />
        )}
      </div>
      <p className="readout" data-readout="cell">
        {said === null ? ' ' : `${said.pair}  ${said.value}`}
      </p>
      <p className="legend">
        <ScaleLegend stops={getScaleStops(scale)} />
        <span className="grow" />
        <ZoomButtons
          isZoomed={layout.minimap !== null}
          onZoom={(factor) => setZoom(zoomBy(layout, factor, selection))}
          onWhole={() => setZoom(null)}
        />
      </p>
      <p className="legend">
        {props.frame.subtitle === undefined && head.role && (
          <span>{t('role', { role: head.role })}</span>
        )}
        <span data-readout="window">
          {layout.minimap === null
            ? t('hint')
            : `${t('shown', {
                q0: layout.queries.start,
                q1: layout.queries.end - 1,
                k0: layout.keys.start,
                k1: layout.keys.end - 1,
                count,
              })}. ${t('hintZoomed')}`}
        </span>
        {head.weightingNote !== null && <span>{head.weightingNote}</span>}
        {displayed.leftOutMass > 0 && (
          <span data-readout="left-out">
            {t('leftOut', { mass: formatPercent(displayed.leftOutMass) })}
          </span>
        )}
        {displayed.hiddenCells > 0 && <span>{t('hidden', { count: displayed.hiddenCells })}</span>}
      </p>
    </ViewFrame>
  );
}

function ZoomButtons(props: {
  readonly isZoomed: boolean;
  readonly onZoom: (factor: number) => void;
  readonly onWhole: () => void;
}) {
  const buttons: readonly (readonly [string, string, () => void])[] = [
    ['+', t('zoomIn'), () => props.onZoom(0.5)],
    ['−', t('zoomOut'), () => props.onZoom(2)],
  ];
  return (
    <span className="choice zoom-buttons">
      {buttons.map(([sign, label, onClick]) => (
        <button
          key={sign}
          type="button"
          className="chip icon"
          aria-label={label}
          title={label}
          onClick={onClick}
        >
          {sign}
        </button>
      ))}
      <button type="button" className="chip" disabled={!props.isZoomed} onClick={props.onWhole}>
        {t('whole')}
      </button>
    </span>
  );
}
