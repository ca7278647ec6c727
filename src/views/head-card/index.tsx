import { useMemo } from 'react';
import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import { createMessages } from '../../lib/messages.ts';
import { HEAD_MEASURES, type HeadMeasure } from '../../measures/head-measures.ts';
import { findSimilarHeads } from '../../measures/similar-heads.ts';
import { findTopPairs } from '../../measures/top-pairs.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import {
  getHeadValues,
  useActions,
  useApp,
  useRun,
  useShownSelection,
} from '../../state/hooks.tsx';
import { useViewStatus } from '../../state/view-status.ts';
import { shortToken } from '../../text/display-token.ts';
import { paintBars } from '../../ui/paint-bars.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';

const t = createMessages('head-card', {
  title: 'This head',
  subtitle: 'layer {{layer}} head {{head}}, on this text',
  about:
    'Numbers that sum up what the selected head does with this text, and its rank among all heads of the model.',
  formula: 'one formula a measure: rest the pointer on its name, or open the table',
  source:
    'Vig & Belinkov 2019, Voita et al. 2019, TransformerLens patterns; each row of the table names its own',
  rank: '{{rank}} of {{all}}',
  entropy: 'entropy',
  distance: 'distance',
  first: 'first token',
  previous: 'previous token',
  current: 'this token',
  duplicate: 'duplicate',
  induction: 'induction',
  confidence: 'confidence',
  similar: 'Similar heads',
  pairs: 'Strongest pairs',
  none: 'none',
  undefined: 'undefined: no token of this text repeats, or the text is too short',
});

function format(measure: HeadMeasure, value: number): string {
  if (measure.unit === 'share') return formatPercent(value);
  return `${formatNumber(value)} ${measure.unit}`;
}

export default function HeadCard() {
  const run = useRun();
  const { layer, head } = useShownSelection();
  const status = useViewStatus(layer);
  const firstToken = useApp((state) => state.display.firstToken);
  const unit = useApp((state) => state.display.unit);
  const actions = useActions();
  const settings = useExportSettings();
  const summary = run?.layers[layer] ?? null;
  const isWhole = run?.layers.every((each) => each !== null) ?? false;

  const rows = useMemo(() => {
    if (summary === null || run === null) return [];
    const own = getHeadValues(summary, run.tokens.ids)[head];
    const all = run.layers.flatMap((each) => (each ? getHeadValues(each, run.tokens.ids) : []));
    return HEAD_MEASURES.map((measure) => {
      const value = own[measure.id];
      const defined = all.map((each) => each[measure.id]).filter((each) => !Number.isNaN(each));
      const most = Math.max(0, ...defined);
      return {
        measure,
        value,
        share: measure.unit === 'share' ? value : most > 0 ? value / most : 0,
        rank: Number.isNaN(value) ? null : 1 + defined.filter((each) => each > value).length,
        all: defined.length,
      };
    });
  }, [summary, run, head]);
  const similar = useMemo(
    () => (run && isWhole ? findSimilarHeads(run.layers, layer, head, 3) : []),
    [run, isWhole, layer, head],
  );
  const pairs = useMemo(
    () => (summary ? findTopPairs(summary, head, 4, firstToken !== 'keep') : []),
    [summary, head, firstToken],
  );
  const text = (index: number): string =>
    run
      ? shortToken(run.tokens.text.slice(run.tokens.starts[index], run.tokens.ends[index]), 10)
      : '';

  return (
    <ViewFrame
      id="head-card"
      title={t('title')}
      subtitle={t('subtitle', { layer, head })}
      about={{ sentence: t('about'), formula: t('formula'), source: t('source'), isOurs: true }}
      status={status}
      exports={{
        settings,
        caption: t('subtitle', { layer, head }),
        painting: () =>
          paintBars([
            {
              heading: '',
              rows: rows.map(({ measure, value, share, rank, all }) => ({
                label: t(measure.id),
                share,
                value: format(measure, value),
                note: rank === null ? '' : t('rank', { rank, all }),
              })),
            },
          ]),
        table: () => ({
          columns: ['measure', 'value', 'unit', 'rank', 'heads', 'formula', 'source', 'certainty'],
          rows: rows.map(({ measure, value, rank, all }) => [
            t(measure.id),
            value,
            measure.unit,
            rank,
            all,
            measure.formula,
            measure.source,
            measure.certainty,
          ]),
        }),
      }}
    >
      <dl className="bars">
        {rows.map(({ measure, value, share, rank, all }) => (
          <div
            key={measure.id}
            title={`${measure.formula} — ${measure.source}${Number.isNaN(value) ? `. ${t('undefined')}` : ''}`}
          >
            <dt>{t(measure.id)}</dt>
            <dd className="bar">
              <i style={{ width: `${Number.isNaN(share) ? 0 : Math.min(100, share * 100)}%` }} />
            </dd>
            <dd className="number" data-measure={measure.id}>
              {format(measure, value)}
            </dd>
            <dd className="faint">{rank !== null && isWhole ? t('rank', { rank, all }) : '–'}</dd>
          </div>
        ))}
      </dl>
      <p className="links">
        <span>{t('similar')}</span>
        {similar.map((each) => (
          <button
            key={`${each.layer}.${each.head}`}
            type="button"
            className="link"
            onClick={() => actions.select({ layer: each.layer, head: each.head })}
            title={formatNumber(each.similarity)}
          >
            L{each.layer}·H{each.head}
          </button>
        ))}
        {similar.length === 0 && <span className="faint">{t('none')}</span>}
      </p>
      <p className="links">
        <span>{t('pairs')}</span>
        {pairs.map(({ query, key, weight }) => (
          <button
            key={`${query}.${key}`}
            type="button"
            className="link mono"
            disabled={unit !== 'token'}
            onClick={() => actions.select({ query, key })}
          >
            {text(query)}→{text(key)} {formatPercent(weight)}
          </button>
        ))}
        {pairs.length === 0 && <span className="faint">{t('none')}</span>}
      </p>
    </ViewFrame>
  );
}
