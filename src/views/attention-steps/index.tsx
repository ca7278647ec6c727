import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { computeAttentionSteps, orderByScore } from '../../measures/attention-steps.ts';
import type { HeadVectors, RunData } from '../../protocol/run.ts';
import { getAdvice } from '../../state/error-advice.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { type HeadVectorsState, useHeadVectors } from '../../state/use-head-vectors.ts';
import { hasRoomForRole, type ShownHead, useShownHead } from '../../state/use-shown-head.ts';
import { type RunViewStatus, useViewStatus } from '../../state/view-status.ts';
import { toArrayFiles } from '../../tensor/array-files.ts';
import { shortToken } from '../../text/display-token.ts';
import type { Draw } from '../../ui/figure.ts';
import { withLegend } from '../../ui/figure-legend.ts';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { getThemeColors, useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame, type ViewFrameProps } from '../../ui/ViewFrame.tsx';
import { AttentionSteps } from './AttentionSteps.tsx';
import { describeTarget, formatValue } from './describe-target.ts';
import { drawSteps, drawStepsOverlay, largestAbsolute } from './draw-steps.ts';
import { t } from './messages.ts';
import { sayFormula } from './score-rule.ts';
import { chooseKeys, layOutSteps, PAGE, type StepsTarget } from './steps-layout.ts';
import { toStepArrays, toStepTable } from './steps-table.ts';
import './attention-steps.css';

const WIDEST = 760;

/** One query of the selected head, step by step. `chooser` switches to the other views of the same head. */
export default function StepsView({ chooser }: { readonly chooser?: ReactNode }) {
  const head = useShownHead();
  const unit = useApp((state) => state.display.unit);
  const runStatus = useViewStatus(head.selection.layer);
  const actions = useActions();
  const [box, width] = useElementWidth();
  const { run, selection } = head;
  const count = run?.tokens.ids.length ?? 0;
  const isTokens = unit === 'token';
  const selected = isTokens && selection.query !== null && selection.query < count;
  const query = count === 0 || !isTokens ? null : selected ? selection.query : count - 1;
  const state = useHeadVectors(query);
  const vectors = state.status === 'ready' ? state.vectors : getPrevious(state);
  const frame = {
    id: 'attention-steps',
    title: head.title,
    subtitle: hasRoomForRole(width) ? head.role : undefined,
    about: {
      sentence: t('about'),
      formula: vectors === null ? t('formula') : sayFormula(vectors),
      source: t('source'),
    },
    status: toStatus(runStatus, run, isTokens, state, actions.runAgain),
    chooser,
  };
  if (vectors === null || run === null || vectors.query >= count) {
    return (
      <ViewFrame {...frame}>
        <div ref={box} className="chart-box" />
      </ViewFrame>
    );
  }
  return (
    <Steps
      frame={frame}
      head={head}
      run={run}
      vectors={vectors}
      isDefaultQuery={!selected}
      box={box}
      width={Math.min(WIDEST, Math.max(260, width))}
    />
  );
}

function getPrevious(state: HeadVectorsState): HeadVectors | null {
  return state.status === 'working' ? state.previous : null;
}

/** Where the view stands: what it needs comes first, then the run, then the vectors. */
function toStatus(
  runStatus: RunViewStatus,
  run: RunData | null,
  isTokens: boolean,
  state: HeadVectorsState,
  runAgain: () => void,
): RunViewStatus {
  if (runStatus.kind === 'failed' || runStatus.kind === 'empty') return runStatus;
  if (run === null) return runStatus;
  if (!isTokens) return { kind: 'empty', message: t('needTokens') };
  if (run.recorded !== null) return { kind: 'empty', message: t('needModel') };
  if (state.status === 'failed') {
    return {
      kind: 'failed',
      message: state.error.message,
      nextStep: getAdvice(state.error.code),
      action: { label: t('again'), run: runAgain },
    };
  }
  const keepsContent = state.status === 'ready' || state.previous !== null;
  if (runStatus.kind === 'working') return { ...runStatus, keepsContent };
  if (state.status === 'ready') return runStatus;
  return { kind: 'working', message: t('working'), share: null, keepsContent };
}

/** The view once there are vectors. */
function Steps(props: {
  readonly frame: Omit<ViewFrameProps, 'children'>;
  readonly head: ShownHead;
  readonly run: RunData;
  readonly vectors: HeadVectors;
  readonly isDefaultQuery: boolean;
  readonly box: ReturnType<typeof useElementWidth>[0];
  readonly width: number;
}) {
  const { head, run, vectors, width } = props;
  const { headSize } = vectors;
  // Units are tokens here, so a token's index is a unit's.
  const query: number = vectors.query;
  const { key } = head.selection;
  const { tokens } = run;
  const count = tokens.ids.length;
  const pinnedKey = useApp((state) => state.selection.key);
  const actions = useActions();
  const settings = useExportSettings();
  const theme = useColorTheme();
  const [page, setPage] = useState(0);
  const [target, setTarget] = useState<StepsTarget | null>(null);

  const steps = useMemo(() => computeAttentionSteps(vectors), [vectors]);
  const order = useMemo(() => orderByScore(vectors.scores), [vectors]);
  const ranges = useMemo(
    () => ({
      q: largestAbsolute(vectors.queryVector),
      k: largestAbsolute(vectors.keyVectors),
      v: largestAbsolute(vectors.valueVectors),
      o: largestAbsolute(vectors.output),
    }),
    [vectors],
  );
  const deviation = useMemo(
    () =>
      Math.max(
        ...[0, ...steps.weights.map((weight, j) => Math.abs(weight - vectors.weights[j]))],
        ...steps.output.map((value, i) => Math.abs(value - vectors.output[i])),
      ),
    [steps, vectors],
  );
  const textOf = useCallback(
    (index: number): string =>
      shortToken(tokens.text.slice(tokens.starts[index], tokens.ends[index]), 18),
    [tokens],
  );
  const pages = Math.max(1, Math.ceil(order.length / PAGE));
  const current = Math.min(page, pages - 1);
  const layout = useMemo(
    () => layOutSteps(width, chooseKeys(order, current, pinnedKey), headSize),
    [width, order, current, pinnedKey, headSize],
  );
  const draw = useCallback<Draw>(
    (context) =>
      drawSteps(context, {
        layout,
        vectors,
        steps,
        ranges,
        count,
        textOf,
        theme,
        color: getThemeColors(),
      }),
    [layout, vectors, steps, ranges, count, textOf, theme],
  );
  const drawOverlay = useCallback<Draw>(
    (context) => drawStepsOverlay(context, { layout, color: getThemeColors() }, key),
    [layout, key],
  );
  const say = (place: StepsTarget): string => describeTarget(place, vectors, steps, textOf);
  const spokenKey = key !== null && key <= query ? key : steps.largestKey;
  const spoken = spokenKey < 0 ? '' : say({ kind: 'row', key: spokenKey });
  const point = (next: StepsTarget | null): void => {
    if (JSON.stringify(next) === JSON.stringify(target)) return;
    setTarget(next);
    const hovered = next !== null && 'key' in next ? next.key : null;
    actions.preview(hovered === null ? null : { key: hovered });
  };
  const saidRanges = t('ranges', {
    q: formatValue(ranges.q),
    k: formatValue(ranges.k),
    v: formatValue(ranges.v),
    o: formatValue(ranges.o),
  });
  const turn = (by: number): void => setPage(Math.min(pages - 1, Math.max(0, current + by)));
  return (
    <ViewFrame
      {...props.frame}
      exports={{
        table: () => toStepTable(vectors, steps, tokens),
        settings,
        files: toArrayFiles(() => toStepArrays(vectors), settings, false),
        caption: t('caption', { query, text: textOf(query) }),
        painting: () =>
          withLegend(
            {
              width: layout.width,
              height: layout.height,
              draw(context, w, h) {
                draw(context, w, h);
                drawOverlay(context, w, h);
              },
            },
            saidRanges.split(': ').map((text) => ({ text })),
          ),
      }}
    >
      {props.isDefaultQuery && <p className="note">{t('defaultQuery')}</p>}
      <div ref={props.box} className="chart-box">
        <AttentionSteps
          layout={layout}
          draw={draw}
          drawOverlay={drawOverlay}
          spoken={spoken}
          order={order}
          query={query}
          selectedKey={key}
          count={count}
          onTarget={point}
          onSelect={actions.select}
          onRank={(rank) => {
            const place = Math.min(order.length - 1, Math.max(0, rank));
            actions.select({ query, key: order[place] });
            setPage(Math.floor(place / PAGE));
          }}
          onPage={turn}
        />
      </div>
      <p className="readout" data-readout="step">
        {target === null ? spoken : say(target)}
      </p>
      <div className="legend">
        {pages > 1 && (
          <span className="choice step-pages">
            <button
              type="button"
              className="chip icon"
              aria-label={t('previous')}
              title={t('previous')}
              disabled={current === 0}
              onClick={() => turn(-1)}
            >
              ↑
            </button>
            <span data-readout="step-page">
              {t('page', {
                first: current * PAGE + 1,
                last: Math.min(order.length, (current + 1) * PAGE),
                count: order.length,
              })}
            </span>
            <button
              type="button"
              className="chip icon"
              aria-label={t('next')}
              title={t('next')}
              disabled={current === pages - 1}
              onClick={() => turn(1)}
            >
              ↓
            </button>
          </span>
        )}
        {props.frame.subtitle === undefined && head.role && (
          <span>{t('role', { role: head.role })}</span>
        )}
      </div>
      <p className="faint">
        {saidRanges}. {t('deviation', { deviation: deviation.toExponential(0) })}. {t('asComputed')}
      </p>
    </ViewFrame>
  );
}
