import { useEffect, useMemo, useState } from 'react';
import { formatNumber } from '../../lib/format-number.ts';
import { type HeadlightError, toHeadlightError } from '../../lib/headlight-error.ts';
import { findSimilarAttention } from '../../measures/atlas/similar-attention.ts';
import { findSimilarRoles } from '../../measures/atlas/similar-roles.ts';
import type { AtlasResult } from '../../state/atlas/atlas-result.ts';
import { type ProbeHeads, readProbeHeads } from '../../state/atlas/read-probe-heads.ts';
import { getAdvice } from '../../state/error-advice.ts';
import { useActions, useApp, useHeadlight } from '../../state/hooks.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { t } from './messages.ts';

const SIMILAR = 6;
type Way = 'scores' | 'attention';

interface Similar {
  readonly layer: number;
  readonly head: number;
  readonly value: number;
}

/** The heads that are like the selected one: by their scores, or by where they look on one text. */
export function SimilarHeads({ result }: { readonly result: AtlasResult }) {
  const { layer, head } = useApp((state) => state.selection);
  const [way, setWay] = useState<Way>('scores');
  return (
    <div className="similar" data-readout="atlas-similar">
      <h3>{t('similar', { layer, head })}</h3>
      <Choice
        label={t('similarWay')}
        value={way}
        options={[
          ['scores', t('byScores')],
          ['attention', t('byAttention')],
        ]}
        onChange={setWay}
      />
      {way === 'scores' ? <ByScores result={result} /> : <ByAttention result={result} />}
    </div>
  );
}

function useSelectedAt({ headCount }: AtlasResult): number {
  return useApp(({ selection }) => selection.layer * headCount + selection.head);
}

function ByScores({ result }: { readonly result: AtlasResult }) {
  const at = useSelectedAt(result);
  const similar = useMemo(
    () =>
      findSimilarRoles(result.tests, result.headCount, at, SIMILAR).map((each) => ({
        ...each,
        value: each.similarity,
      })),
    [result, at],
  );
  return <HeadList heads={similar} note={t('scoresNote')} />;
}

function ByAttention({ result }: { readonly result: AtlasResult }) {
  const { engine } = useHeadlight();
  const at = useSelectedAt(result);
  const [read, setRead] = useState<{
    readonly of: AtlasResult;
    readonly heads: ProbeHeads | null;
    readonly error: HeadlightError | null;
  } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    readProbeHeads(engine(), result).then(
      (heads) => isCurrent && setRead({ of: result, heads, error: null }),
      (thrown) =>
        isCurrent && setRead({ of: result, heads: null, error: toHeadlightError(thrown) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [engine, result]);
  const mine = read?.of === result ? read : null;
  const heads = mine?.heads ?? null;
  const similar = useMemo(
    () =>
      heads === null
        ? []
        : findSimilarAttention(heads.heads, result.headCount, at, SIMILAR).map((each) => ({
            ...each,
            value: each.distance,
          })),
    [heads, result, at],
  );
  if (mine === null) return <p className="faint">{t('reading')}</p>;
  if (mine.error !== null) {
    return (
      <p className="bad" role="alert">
        {mine.error.message} {getAdvice(mine.error.code)}
      </p>
    );
  }
  return (
    <HeadList
      heads={similar}
      note={t('attentionNote', { tokens: heads?.tokens.ids.length ?? 0 })}
    />
  );
}

function HeadList({ heads, note }: { readonly heads: readonly Similar[]; readonly note: string }) {
  const { select } = useActions();
  if (heads.length === 0) return <p className="faint">{t('noSimilar')}</p>;
  return (
    <>
      <p className="faint">{note}</p>
      {heads.map(({ layer, head, value }) => (
        <button
          key={`${layer}.${head}`}
          type="button"
          className="chip"
          onClick={() => select({ layer, head })}
        >
          {t('similarity', { place: t('place', { layer, head }), value: formatNumber(value, 3) })}
        </button>
      ))}
    </>
  );
}
