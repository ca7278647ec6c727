import { useMemo, useState } from 'react';
import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import { createMessages } from '../../lib/messages.ts';
import { PREDICTIONS } from '../../protocol/run.ts';
import { getAdvice } from '../../state/error-advice.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import { useActions, useApp, useRun, useShownSelection } from '../../state/hooks.tsx';
import { useViewStatus } from '../../state/view-status.ts';
import { STRONGEST_KEYS } from '../../tensor/layer-summary.ts';
import { displayToken, shortToken } from '../../text/display-token.ts';
import { Slide } from '../../ui/Choice.tsx';
import { paintBars } from '../../ui/paint-bars.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';

const t = createMessages('token-card', {
  title: 'Query {{query}}',
  titleEnd: 'After the text',
  subtitle: '“{{text}}”, surprise {{surprise}}',
  about:
    'Where the selected token looks with the selected head, and which tokens the model expects after it.',
  formula:
    'a_ij for the strongest keys j; p = softmax(logits); surprise = −ln p of the token itself given what came before',
  source: 'Vaswani et al. 2017',
  keys: 'Strongest keys of L{{layer}}·H{{head}}',
  next: 'Model’s next tokens here',
  waiting: 'Predictions follow the attention …',
  needTokens: 'Queries are tokens here; switch the unit back to tokens to pick one.',
  append: 'Append “{{text}}” to the text',
  generate: 'Continue the text',
  stop: 'Stop',
  count: 'tokens',
  temperature: 'temperature',
  topP: 'top-p',
  made: '{{made}} of {{wanted}} tokens',
});

export default function TokenCard() {
  const run = useRun();
  const { layer, head, query: shownQuery } = useShownSelection();
  const status = useViewStatus(layer);
  const unit = useApp((state) => state.display.unit);
  const text = useApp((state) => state.text);
  const actions = useActions();
  const settings = useExportSettings();
  const count = run?.tokens.ids.length ?? 0;
  const selected = unit === 'token' ? shownQuery : null;
  const query = selected !== null && selected < count ? selected : count - 1;
  const summary = run?.layers[layer] ?? null;

  const keys = useMemo(() => {
    if (summary === null || query < 0 || query >= summary.queryCount) return [];
    const at = (head * summary.queryCount + query) * STRONGEST_KEYS;
    return Array.from({ length: 6 }, (_, k) => ({
      key: summary.strongestKeys[at + k],
      weight: summary.strongestWeights[at + k],
    })).filter(({ key }) => key >= 0);
  }, [summary, head, query]);
  const predictions = run?.predictions?.count === count ? run.predictions : null;
  const next = useMemo(
    () =>
      predictions === null || query < 0
        ? []
        : Array.from({ length: PREDICTIONS }, (_, k) => ({
            id: predictions.ids[query * PREDICTIONS + k],
            text: predictions.texts[query * PREDICTIONS + k],
            probability: Math.exp(predictions.logProbabilities[query * PREDICTIONS + k]),
          })),
    [predictions, query],
  );
  const textOf = (index: number): string =>
    run ? run.tokens.text.slice(run.tokens.starts[index], run.tokens.ends[index]) : '';
  const surprise = predictions ? predictions.surprise[query] : Number.NaN;

  return (
    <ViewFrame
      id="token-card"
      title={selected === null ? t('titleEnd') : t('title', { query })}
      subtitle={
        count > 0
          ? t('subtitle', {
              text: shortToken(textOf(query), 20),
              surprise: Number.isNaN(surprise) ? '–' : `${formatNumber(surprise)} nats`,
            })
          : undefined
      }
      about={{ sentence: t('about'), formula: t('formula'), source: t('source') }}
      status={status}
      exports={{
        settings,
        caption: t('keys', { layer, head }),
        painting: () =>
          paintBars([
            {
              heading: t('keys', { layer, head }),
              rows: keys.map(({ key, weight }) => ({
                label: `${key} ${shortToken(textOf(key), 12)}`,
                share: weight,
                value: formatPercent(weight),
              })),
            },
            {
              heading: t('next'),
              rows: next.map((each) => ({
                label: shortToken(each.text, 14),
                share: each.probability,
                value: formatPercent(each.probability),
              })),
            },
          ]),
        table: () => ({
          columns: ['kind', 'position or id', 'text', 'share'],
          rows: [
            ...keys.map(({ key, weight }) => ['key', key, textOf(key), weight]),
            ...next.map((each) => ['next token', each.id, each.text, each.probability]),
          ],
        }),
      }}
    >
      <h3>{t('keys', { layer, head })}</h3>
      <dl className="bars">
        {keys.map(({ key, weight }) => (
          <div key={key}>
            <dt>
              <button
                type="button"
                className="link mono"
                disabled={unit !== 'token'}
                onClick={() => actions.select({ query, key })}
              >
                {key} {shortToken(textOf(key), 12)}
              </button>
            </dt>
            <dd className="bar">
              <i style={{ width: `${weight * 100}%` }} />
            </dd>
            <dd className="number">{formatPercent(weight)}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('next')}</h3>
      {predictions === null && <p className="faint">{t('waiting')}</p>}
      <dl className="bars" data-readout="next">
        {next.map((each) => (
          <div key={each.id}>
            <dt>
              <button
                type="button"
                className="link mono"
                title={t('append', { text: displayToken(each.text) })}
                disabled={query !== count - 1}
                onClick={() => actions.setText(text + each.text)}
              >
                {shortToken(each.text, 14)}
              </button>
            </dt>
            <dd className="bar">
              <i style={{ width: `${each.probability * 100}%` }} />
            </dd>
            <dd className="number">{formatPercent(each.probability)}</dd>
          </div>
        ))}
      </dl>
      <Generation />
    </ViewFrame>
  );
}

/** Continues the text token by token. */
function Generation() {
  const generation = useApp((state) => state.generation);
  const isReady = useApp((state) => state.model.status === 'ready');
  const actions = useActions();
  const [tokenCount, setTokenCount] = useState(24);
  const [temperature, setTemperature] = useState(0);
  const [topP, setTopP] = useState(0.95);
  const isBusy = generation.status === 'generating';
  return (
    <div className="generation">
      {isBusy ? (
        <button type="button" className="button" onClick={actions.stopGeneration}>
          {t('stop')}
        </button>
      ) : (
        <button
          type="button"
          className="button primary"
          disabled={!isReady}
          onClick={() =>
            actions.generate({ tokenCount, temperature, topP, seed: Date.now() % 2 ** 31 })
          }
        >
          {t('generate')}
        </button>
      )}
      <Slide
        label={t('count')}
        value={tokenCount}
        min={1}
        max={128}
        step={1}
        shown={String(tokenCount)}
        onChange={setTokenCount}
      />
      <Slide
        label={t('temperature')}
        value={temperature}
        min={0}
        max={2}
        step={0.1}
        shown={temperature.toFixed(1)}
        onChange={setTemperature}
      />
      <Slide
        label={t('topP')}
        value={topP}
        min={0.05}
        max={1}
        step={0.05}
        shown={topP.toFixed(2)}
        onChange={setTopP}
      />
      {isBusy && (
        <span className="faint">
          {t('made', { made: generation.made, wanted: generation.wanted })}
        </span>
      )}
      {generation.status === 'failed' && (
        <p className="note bad" role="alert">
          {generation.error.message} {getAdvice(generation.error.code)}
        </p>
      )}
    </div>
  );
}
