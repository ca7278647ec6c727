import { Copy } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { COMPARISON_SEED } from '../../state/domains/compared-heads.ts';
import { useDomainSettings } from '../../state/domains/domain-export-settings.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import { useDomainStatus } from '../../state/domains/domain-status.ts';
import { useDomainsActions } from '../../state/domains/domains-hooks.tsx';
import { nameFamily } from '../../state/domains/measure-families.ts';
import {
  getPair,
  useDomainView,
  usePairComparison,
  useReferenceComparisons,
} from '../../state/domains/results-hooks.ts';
import { useSummaryFacts } from '../../state/domains/summary-hooks.ts';
import { arrangePaintings } from '../../ui/arrange-paintings.ts';
import type { Painting } from '../../ui/figure.ts';
import { useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { t } from './messages.ts';
import { paintSummary } from './paint-summary.ts';
import { SetChooser } from './SetChooser.tsx';
import { capitalise, type Summary, toFactsTable, toPlainText, toSummary } from './summary-text.ts';
import './domain-summary.css';

const COPY_ICON = <Copy aria-hidden="true" />;

/** The written summary of the pair that is chosen; null while it is being worked out. */
export function useSummary(): Summary | null {
  const { results, options, family, measure } = useDomainView();
  const pair = useMemo(() => getPair(results), [results]);
  const { facts, isWhole } = useSummaryFacts(results, options.firstKey, family.id);
  const state = usePairComparison(results, measure.id);
  return useMemo(() => {
    if (results === null || pair === null || !isWhole || state?.status !== 'ready') return null;
    const { resamples, permutations, isExact } = state.result;
    return toSummary({
      results,
      ...pair,
      facts,
      firstKey: options.firstKey,
      drawn: { resamples, permutations, isExact: isExact[0] === 1, seed: COMPARISON_SEED },
    });
  }, [results, pair, isWhole, state, facts, options.firstKey]);
}

/**
 * What was found, in words: the first thing under the sets. `picture` stands beside it, `report` are ways
 * to take all of it along.
 */
export default function DomainSummary(props: {
  readonly picture: ReactNode;
  /** The same picture for figures; null while there is none. */
  readonly paintPicture: () => Painting | null;
  readonly report: ReactNode;
  /** How the report goes. */
  readonly reportNote: string;
}) {
  const { results, options, family, measure } = useDomainView();
  const pair = useMemo(() => getPair(results), [results]);
  const { facts, states } = useSummaryFacts(results, options.firstKey, family.id);
  const comparisons = useReferenceComparisons(results, measure.id);
  const summary = useSummary();
  const actions = useDomainsActions();
  const theme = useColorTheme();
  const settings = useDomainSettings(results);
  const status = useDomainStatus(results, {
    sets: 2,
    analyses: states,
    showsBefore: pair !== null,
  });
  const [note, setNote] = useState('');
  const names = {
    compared: pair === null ? '' : getSetName(pair.compared),
    reference: pair === null ? '' : getSetName(pair.reference),
  };
  const copy = async (): Promise<void> => {
    if (summary === null) return;
    try {
      await navigator.clipboard.writeText(toPlainText(summary));
      setNote(t('copied'));
    } catch {
      setNote(t('refused'));
    }
  };
  return (
    <ViewFrame
      id="domain-summary"
      title={t('title')}
      subtitle={pair === null ? '' : t('subtitle', names)}
      about={{ sentence: t('about'), formula: t('formula'), source: t('source'), isOurs: true }}
      status={status}
      controls={
        <>
          <button
            type="button"
            className="chip with-icon"
            disabled={summary === null}
            onClick={() => void copy()}
          >
            {COPY_ICON}
            {t('copy')}
          </button>
          {props.report}
        </>
      }
      exports={{
        caption: t('subtitle', names),
        settings: () => ({ ...settings(), summary: summary === null ? '' : toPlainText(summary) }),
        painting: (): Painting => {
          const words = paintSummary(summary);
          const picture = props.paintPicture();
          return picture === null
            ? words
            : arrangePaintings(
                [words, picture].map((painting) => ({ title: '', painting })),
                1,
              );
        },
        table: () => toFactsTable(facts, names),
      }}
    >
      {[note, props.reportNote].map(
        (text) =>
          text !== '' && (
            <p key={text} className="note" role="status">
              {text}
            </p>
          ),
      )}
      {results !== null && pair !== null && (
        <div className="domain-summary">
          <div className="words">
            <SetChooser
              results={results}
              comparedId={pair.compared.id}
              comparisons={comparisons}
              measureName={nameFamily(family.id)}
              theme={theme}
              onReference={(referenceId) => actions.setOptions({ referenceId, comparedId: null })}
              onCompared={(comparedId) => actions.setOptions({ comparedId })}
            />
            {summary === null && status.kind === 'working' && (
              <p className="state working">
                <progress max={1} value={status.share ?? undefined} aria-label={status.message} />
                <span>{status.message}</span>
                {status.onCancel && (
                  <button type="button" className="button" onClick={status.onCancel}>
                    {t('cancel')}
                  </button>
                )}
              </p>
            )}
            {summary !== null && <Words summary={summary} />}
          </div>
          {props.picture}
        </div>
      )}
    </ViewFrame>
  );
}

function Words({ summary }: { readonly summary: Summary }) {
  return (
    <>
      <p className="verdict" data-readout="verdict">
        {summary.verdict}
      </p>
      {summary.because !== '' && <p className="because">{summary.because}</p>}
      <dl>
        {summary.points.map(({ measure, text }) => (
          <div key={measure}>
            <dt>{capitalise(measure)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="faint">{summary.method}</p>
      <p className="faint">{summary.caution}</p>
    </>
  );
}
