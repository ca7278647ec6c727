import { useMemo, useState } from 'react';
import { findLayerLinks } from '../../measures/token-links.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import {
  useActions,
  useApp,
  useRun,
  useShownSelection,
  useSlice,
  useUnits,
} from '../../state/hooks.tsx';
import { useViewStatus } from '../../state/view-status.ts';
import { toArrayFiles } from '../../tensor/array-files.ts';
import { shortToken } from '../../text/display-token.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { createGenerationSettings, Generation } from './Generation.tsx';
import { t } from './messages.ts';
import { TokenCard } from './TokenCard.tsx';
import {
  findCardToken,
  findStrongestQueries,
  findUnitOf,
  getCandidates,
  getPredictions,
  getStrongestKeys,
} from './token-card-data.ts';
import { paintTokenCard, toTokenArrays, toTokenTable } from './token-card-exports.ts';
import './token-card.css';

const LISTED = 5;

export default function TokenCardView() {
  const run = useRun();
  const units = useUnits();
  const { layer, head, query } = useShownSelection();
  const status = useViewStatus();
  const unit = useApp((state) => state.display.unit);
  const text = useApp((state) => state.text);
  const actions = useActions();
  const settings = useExportSettings();
  const slice = useSlice();
  const [generation, setGeneration] = useState(createGenerationSettings);
  const count = run?.tokens.ids.length ?? 0;
  const token = findCardToken(units, query);
  const summary = run?.layers[layer] ?? null;

  const keys = useMemo(
    () => (summary ? getStrongestKeys(summary, head, token, LISTED) : null),
    [summary, head, token],
  );
  const matrix = slice.status === 'ready' && slice.slice.size === count ? slice.slice : null;
  const queries = useMemo(
    () => (matrix ? findStrongestQueries(matrix, token, LISTED) : null),
    [matrix, token],
  );
  const layers = run?.layers;
  const links = useMemo(
    () => (layers ?? []).map((each) => (each && token >= 0 ? findLayerLinks(each, token) : null)),
    [layers, token],
  );
  const predictions = run && getPredictions(run);
  const candidates = useMemo(
    () => (run && getPredictions(run) ? getCandidates(run, token) : null),
    [run, token],
  );

  const textOf = (index: number): string =>
    run ? run.tokens.text.slice(run.tokens.starts[index], run.tokens.ends[index]) : '';
  const surprise = predictions?.surprise[token] ?? Number.NaN;
  const surpriseNext = predictions?.surprise[token + 1] ?? Number.NaN;
  const isAtEnd = token === count - 1;
  const hasNext = !isAtEnd && candidates !== null && !candidates.some(({ isNext }) => isNext);
  const said = {
    token,
    text: shortToken(textOf(token), 20),
  };
  const select = (toQuery: number, toKey: number) => ({
    query: findUnitOf(units, toQuery),
    key: findUnitOf(units, toKey),
  });
  const card = { layer, head, keys, queries, links, candidates, textOf };
  const title =
    query === null ? t('titleEnd') : t(unit === 'token' ? 'title' : 'titleUnit', { query });
  const subtitle =
    unit === 'token' ? t('subtitle', said) : t('subtitleUnit', { ...said, unit: t(unit) });
  return (
    <ViewFrame
      id="token-card"
      title={title}
      subtitle={count > 0 ? subtitle : undefined}
      about={{ sentence: t('about'), formula: t('formula'), source: t('source') }}
      status={status}
      exports={{
        settings,
        caption: `${title}, ${subtitle}`,
        painting: () => paintTokenCard(card),
        table: () => toTokenTable(card),
        files: toArrayFiles(() => toTokenArrays(card), settings, true),
      }}
    >
      <TokenCard
        {...card}
        token={token}
        cameNext={
          hasNext && !Number.isNaN(surpriseNext)
            ? { text: textOf(token + 1), probability: Math.exp(-surpriseNext) }
            : null
        }
        surprise={predictions === null ? null : surprise}
        isAtEnd={isAtEnd}
        onPair={(toQuery, toKey) => actions.select(select(toQuery, toKey))}
        onLink={(link, isKey) =>
          actions.select({
            layer: link.layer,
            head: link.head,
            ...(isKey ? select(token, link.other) : select(link.other, token)),
          })
        }
        onAppend={(added) => actions.setText(text + added)}
      />
      <Generation settings={generation} onChange={setGeneration} />
    </ViewFrame>
  );
}
