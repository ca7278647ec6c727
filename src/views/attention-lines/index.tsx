import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { formatPercent } from '../../lib/format-number.ts';
import type { DisplayedSlice } from '../../measures/displayed-slice.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { toMatrixExports } from '../../state/matrix-table.ts';
import { sayCell } from '../../state/shown-cell.ts';
import { hasRoomForRole, type ShownHead, useShownHead } from '../../state/use-shown-head.ts';
import { getScaleStops } from '../../state/weight-scale.ts';
import { Choice } from '../../ui/Choice.tsx';
import { withLegend } from '../../ui/figure-legend.ts';
import { ScaleLegend } from '../../ui/ScaleLegend.tsx';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { ViewFrame, type ViewFrameProps } from '../../ui/ViewFrame.tsx';
import { AttentionLines } from './AttentionLines.tsx';
import { ARC_UNITS, arcUnitAt } from './arcs-layout.ts';
import { type Focus, followUnit, layOutLines, rowsThatFit, unitAt } from './lines-layout.ts';
import { t } from './messages.ts';
import { useArcsPainting, useColumnsPainting } from './use-lines-painting.ts';
import './attention-lines.css';

const WIDEST = 760;

/** The selected head as lines between tokens. `chooser` switches to the other views of the same head. */
export default function LinesView({ chooser }: { readonly chooser?: ReactNode }) {
  const head = useShownHead();
  const [box, width] = useElementWidth();
  const frame = {
    id: 'attention-lines',
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
  return (
    <Lines
      frame={frame}
      head={head}
      displayed={head.displayed}
      box={box}
      width={Math.min(WIDEST, Math.max(200, width))}
    />
  );
}

/** The view once there is a matrix. */
function Lines(props: {
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
  const actions = useActions();
  const settings = useExportSettings();
  const [hovered, setHovered] = useState<Focus | null>(null);
  const [wantsArcs, setWantsArcs] = useState(false);
  const rows = rowsThatFit(width, count);
  const [start, setStart] = useState(() => (selection.query ?? count) - Math.round(rows * 0.75));
  const shownQuery = selection.query;
  useEffect(() => {
    if (shownQuery !== null) setStart((at) => followUnit(at, rows, shownQuery, count));
  }, [shownQuery, rows, count]);

  const isArcs = wantsArcs && count <= ARC_UNITS;
  const layout = useMemo(() => layOutLines(width, count, start), [width, count, start]);
  const focus = hovered ?? toFocus(selection, isArcs ? { start: 0, end: count } : layout);
  const looked = { query: selection.query, key: selection.key, focus };
  const columns = useColumnsPainting(layout, displayed, scale, looked);
  const arcs = useArcsPainting(width, displayed, scale, looked);
  const shown = isArcs ? arcs : columns;
  const said = sayCell(displayed, selection, { firstToken, weighting });
  const role = head.role ? `${head.role}, ` : '';
  const place = { first: layout.start, last: layout.end - 1, count };
  const scroll = (by: number): boolean => {
    const next = layOutLines(width, count, layout.start + by).start;
    if (isArcs || next === layout.start) return false;
    setStart(next);
    return true;
  };
  return (
    <ViewFrame
      {...props.frame}
      exports={{
        ...toMatrixExports(displayed, { ...selection, weighting }, settings),
        caption: isArcs
          ? t('captionArcs', { role, unit, count })
          : t('caption', { role, unit, ...place }),
        painting: () =>
          withLegend(shown.painting(), [
            { text: t('legend', { scale }) },
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
        <AttentionLines
          width={shown.width}
          height={shown.height}
          draw={shown.draw}
          drawOverlay={shown.drawOverlay}
          spoken={said?.spoken ?? ''}
          selection={selection}
          count={count}
          page={isArcs ? 10 : rows}
          unitAt={({ x, y }) => {
            if (!isArcs) return unitAt(layout, x, y);
            const index = arcUnitAt(arcs.layout, x, y);
            return index === null ? null : { side: 'query', index };
          }}
          hovered={hovered}
          onHover={(next) => {
            setHovered(next);
            actions.preview(next && { [next.side]: next.index });
          }}
          onSelect={actions.select}
          onScroll={scroll}
        />
      </div>
      <p className="readout" data-readout="cell">
        {said === null ? t('hint') : `${said.pair}  ${said.value}`}
      </p>
      <div className="legend">
        <Choice
          label={t('layout')}
          value={isArcs ? 'arcs' : 'columns'}
          options={[
            ['columns', t('columns')],
            ['arcs', t('arcs')],
          ]}
          onChange={(chosen) => setWantsArcs(chosen === 'arcs')}
        />
        {wantsArcs && !isArcs && (
          <span role="status">{t('arcsTooLong', { limit: ARC_UNITS, count })}</span>
        )}
        {isArcs && <span>{t('arcsCaption')}</span>}
        <span className="grow" />
        {!isArcs && rows < count && <Pages place={place} rows={rows} onScroll={scroll} />}
      </div>
      <p className="legend">
        <ScaleLegend stops={getScaleStops(scale)} label={t('opacity')} isOpacity />
        {props.frame.subtitle === undefined && head.role && (
          <span>{t('role', { role: head.role })}</span>
        )}
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

/** What is looked at when nothing is pointed at: the selected query, else the key; null out of the window. */
function toFocus(
  { query, key }: ShownHead['selection'],
  { start, end }: { readonly start: number; readonly end: number },
): Focus | null {
  const index = query ?? key;
  if (index === null || index < start || index >= end) return null;
  return { side: query === null ? 'key' : 'query', index };
}

function Pages(props: {
  readonly place: { readonly first: number; readonly last: number; readonly count: number };
  readonly rows: number;
  readonly onScroll: (rows: number) => boolean;
}) {
  const { place, rows, onScroll } = props;
  return (
    <span className="choice pages">
      <button
        type="button"
        className="chip icon"
        aria-label={t('previous')}
        title={t('previous')}
        disabled={place.first === 0}
        onClick={() => onScroll(-rows)}
      >
        ↑
      </button>
      <span data-readout="window">{t('window', place)}</span>
      <button
        type="button"
        className="chip icon"
        aria-label={t('next')}
        title={t('next')}
        disabled={place.last === place.count - 1}
        onClick={() => onScroll(rows)}
      >
        ↓
      </button>
    </span>
  );
}
