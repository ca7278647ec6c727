import { useMemo, useState } from 'react';
import { formatPercent } from '../../lib/format-number.ts';
import { FLOW_TOKENS } from '../../measures/flow.ts';
import { MEAN_ATTENTION_TOKENS } from '../../protocol/weight-scores.ts';
import type { SourceMethod } from '../../state/display-options.ts';
import { getAdvice } from '../../state/error-advice.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import { useActions, useApp, useRun, useShownSelection, useUnits } from '../../state/hooks.tsx';
import { useViewStatus } from '../../state/view-status.ts';
import { toArrayFiles } from '../../tensor/array-files.ts';
import { shortToken } from '../../text/display-token.ts';
import { Choice } from '../../ui/Choice.tsx';
import { MapLegend, MatrixMap, type MatrixMapData, paintMatrixMap } from '../../ui/MatrixMap.tsx';
import type { MapCell } from '../../ui/map-layout.ts';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { useColorTheme } from '../../ui/use-theme.ts';
import { useWasInView } from '../../ui/use-was-in-view.ts';
import { ViewFrame, type ViewStatus } from '../../ui/ViewFrame.tsx';
import { t } from './messages.ts';
import { findLargestBetween } from './source-rows.ts';
import { type SourceRows, useSourceRows } from './use-source-rows.ts';

/** Up to this many tokens all layers are read unasked, once the view is on screen. */
const UNASKED_TOKENS = 128;

const METHODS = ['rollout', 'flow', 'mean'] as const;
const ABOUT = {
  rollout: { sentence: 'aboutRollout', formula: 'formulaRollout' },
  flow: { sentence: 'aboutFlow', formula: 'formulaFlow' },
  mean: { sentence: 'aboutMean', formula: 'formulaMean' },
} as const;

/** Rollout, flow and mean attention of one query through the layers. */
export default function TokenSourcesView() {
  const run = useRun();
  const units = useUnits();
  const selection = useApp((state) => state.selection);
  const { query } = useShownSelection();
  const method = useApp((state) => state.display.sourceMethod);
  const runStatus = useViewStatus();
  const actions = useActions();
  const settings = useExportSettings();
  const theme = useColorTheme();
  const [box, width] = useElementWidth();
  const [cell, setCell] = useState<MapCell | null>(null);
  const count = run?.tokens.ids.length ?? 0;
  // A unit's state is that of its last token: the one that has seen all of it.
  const pinned = query === null ? count - 1 : (units[query]?.end ?? count) - 1;
  const token = Math.max(0, Math.min(pinned, count - 1));
  const limit = count > MEAN_ATTENTION_TOKENS || (method === 'flow' && token >= FLOW_TOKENS);
  const isRecorded = run?.recorded != null;
  const isGenerating = useApp((state) => state.generation.status === 'generating');
  const [seen, wasSeen] = useWasInView();
  const [asked, setAsked] = useState<string | null>(null);
  // All layers of a long text take a while: only when they are asked for.
  const mustAsk = count > UNASKED_TOKENS && asked !== run?.runId;
  const found = useSourceRows(
    token,
    method,
    wasSeen && !limit && !isRecorded && !isGenerating && !mustAsk && count > 0,
  );
  const textOf = (key: number): string =>
    run ? run.tokens.text.slice(run.tokens.starts[key], run.tokens.ends[key]) : '';

  const rows = found.status === 'ready' ? found.rows : null;
  const data = useMemo((): MatrixMapData | null => {
    if (rows === null || run === null) return null;
    const columns = token + 1;
    const values = new Float64Array(rows.length * columns);
    rows.forEach((row, r) => {
      for (let key = 0; key < columns; key++) values[r * columns + key] = row[key];
    });
    // Most of it comes from the first token and the token itself; the scale is made for the others.
    const others = findLargestBetween(rows);
    return {
      values,
      rows: rows.length,
      columns,
      scale: { kind: 'sequential', from: 0, to: others > 0 ? others : 1 },
      rowName: (row) => (method === 'flow' ? t('allLayers') : `L${row}`),
      columnName: (key) =>
        shortToken(run.tokens.text.slice(run.tokens.starts[key], run.tokens.ends[key]), 8),
      axisRows: t('layers'),
      axisColumns: t('keys'),
    };
  }, [rows, run, token, method]);
  const say = ({ row, column }: MapCell): readonly [string, string] => {
    const place = method === 'flow' ? 'placeFlow' : method === 'mean' ? 'placeMean' : 'place';
    const where = { layer: row, key: column, text: shortToken(textOf(column), 20) };
    return [
      t(place, where),
      formatPercent(data?.values[row * data.columns + column] ?? Number.NaN),
    ];
  };
  const shown: MapCell | null =
    data === null
      ? null
      : {
          row: Math.min(cell?.row ?? data.rows - 1, data.rows - 1),
          column: Math.min(cell?.column ?? token, token),
        };
  const subtitle =
    count > 0
      ? t('subtitle', {
          method: t(method),
          query: token,
          text: shortToken(textOf(token), 20),
        })
      : '';
  const said = shown === null ? '' : say(shown).join(': ');
  const top = data?.scale.kind === 'sequential' ? data.scale.to : 1;
  const format = (value: number): string =>
    value === top ? t('atLeast', { share: formatPercent(value) }) : formatPercent(value);
  const legend = { label: '', format };
  return (
    <ViewFrame
      id="token-sources"
      title={t('title')}
      subtitle={subtitle}
      about={{
        sentence: t(ABOUT[method].sentence),
        formula: t(ABOUT[method].formula),
        source: t('source'),
      }}
      status={toStatus(runStatus, found, {
        count,
        token,
        method,
        isRecorded,
        isTooLong: limit,
        mustAsk,
        useRollout: () => actions.setDisplay({ sourceMethod: 'rollout' }),
        runAgain: actions.runAgain,
      })}
      chooser={
        <Choice<SourceMethod>
          label={t('method')}
          value={method}
          options={METHODS.map((each) => [each, t(each)] as const)}
          onChange={(sourceMethod) => actions.setDisplay({ sourceMethod })}
        />
      }
      lead={
        <div ref={seen}>
          {mustAsk && !limit && !isRecorded && run !== null && (
            <button type="button" className="button" onClick={() => setAsked(run.runId)}>
              {t('ask')}
            </button>
          )}
        </div>
      }
      exports={{
        settings,
        caption: subtitle,
        table: () => ({
          columns: ['layer', 'key', 'token', 'share'],
          rows: (rows ?? []).flatMap((row, layer) =>
            Array.from(row, (share, key) => [
              method === 'flow' ? t('allLayers') : layer,
              key,
              textOf(key),
              share,
            ]),
          ),
        }),
        painting: () =>
          data === null
            ? { width: 1, height: 1, draw: () => undefined }
            : paintMatrixMap(data, Math.max(240, width), theme, legend),
        files: toArrayFiles(
          () =>
            data === null
              ? []
              : [
                  {
                    name: `${method}_query${token}`,
                    shape: [data.rows, data.columns],
                    data: Float32Array.from(data.values),
                  },
                ],
          settings,
          true,
        ),
      }}
    >
      <div ref={box} className="chart-box">
        {data !== null && width > 0 && (
          <MatrixMap
            data={data}
            width={width}
            selected={shown}
            label={t('label')}
            spoken={said}
            noteOf={say}
            onPreview={() => undefined}
            onSelect={(at) => {
              setCell(at);
              const key = units.findIndex(({ end }) => end > at.column);
              const layer = method === 'flow' ? selection.layer : at.row;
              actions.select({ layer, query: query ?? units.length - 1, key });
            }}
            onMove={(columns, moved) => {
              if (shown === null) return;
              const clamp = (value: number, last: number) => Math.max(0, Math.min(last, value));
              setCell({
                row: clamp(shown.row + moved, data.rows - 1),
                column: clamp(shown.column + columns, token),
              });
            }}
          />
        )}
      </div>
      <p className="legend">
        <span className="mono" data-readout="sources">
          {said || ' '}
        </span>
        <span className="grow" />
        {data !== null && <MapLegend scale={data.scale} label="" format={format} />}
      </p>
    </ViewFrame>
  );
}

/** Where run and rows stand together. */
function toStatus(
  runStatus: ViewStatus,
  found: SourceRows,
  now: {
    readonly count: number;
    readonly token: number;
    readonly method: SourceMethod;
    readonly isRecorded: boolean;
    readonly isTooLong: boolean;
    readonly mustAsk: boolean;
    readonly useRollout: () => void;
    readonly runAgain: () => void;
  },
): ViewStatus {
  const hasRun = runStatus.kind === 'ready' || runStatus.kind === 'stale';
  if (now.isTooLong && now.count > MEAN_ATTENTION_TOKENS) {
    const message = t('tooLong', { limit: MEAN_ATTENTION_TOKENS, count: now.count });
    return { kind: 'empty', message: `${message} ${t('tooLongNext')}` };
  }
  if (now.isTooLong && now.count > 0) {
    return {
      kind: 'failed',
      message: t('tooLongFlow', { limit: FLOW_TOKENS, query: now.token }),
      nextStep: t('tooLongNext'),
      action: { label: t('useRollout'), run: now.useRollout },
    };
  }
  if (now.isRecorded) return { kind: 'working', message: t('recorded'), share: null };
  if (!hasRun)
    return runStatus.kind === 'working' ? { ...runStatus, keepsContent: false } : runStatus;
  if (now.mustAsk) return { kind: 'empty', message: t('mustAsk', { count: now.count }) };
  if (found.status === 'failed') {
    return {
      kind: 'failed',
      message: found.error.message,
      nextStep: getAdvice(found.error.code),
      action: { label: t('again'), run: now.runAgain },
    };
  }
  if (found.status === 'working') return { kind: 'working', message: t('reading'), share: null };
  return runStatus;
}
