import { useState } from 'react';
import { getAdvice } from '../../state/error-advice.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { Slide } from '../../ui/Choice.tsx';
import { GeneratedTokens } from './GeneratedTokens.tsx';
import { t } from './messages.ts';

/** Seeds that are easy to read aloud and to type again. */
function createSeed(): number {
  return Math.floor(Math.random() * 1e6);
}

/** Continues the text token by token, and shows what was made. */
export function Generation() {
  const generation = useApp((state) => state.generation);
  const isReady = useApp((state) => state.model.status === 'ready');
  const hasText = useApp((state) => state.text !== '');
  const actions = useActions();
  const [tokenCount, setTokenCount] = useState(24);
  const [temperature, setTemperature] = useState(0);
  const [topP, setTopP] = useState(0.95);
  const [seed, setSeed] = useState(createSeed);
  const [stopText, setStopText] = useState('');
  const [stopsAtLine, setStopsAtLine] = useState(false);
  const [stopsAtEnd, setStopsAtEnd] = useState(true);
  const start = (): void =>
    actions.generate({
      tokenCount,
      temperature,
      topP,
      seed,
      stopTexts: [stopText, stopsAtLine ? '\n' : ''],
      keepsEndToken: !stopsAtEnd,
    });
  const isBusy = generation.status === 'generating';
  return (
    <section aria-label={t('goOn')}>
      <h3>{t('goOn')}</h3>
      <div className="generation-form">
        {isBusy ? (
          <button type="button" className="button" onClick={actions.stopGeneration}>
            {t('stop')}
          </button>
        ) : (
          <button
            type="button"
            className="button primary"
            disabled={!isReady || !hasText}
            onClick={start}
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
        <label className="field seed" title={t('seedHint')}>
          {t('seed')}
          <input
            type="number"
            min={0}
            max={4294967295}
            step={1}
            value={seed}
            onChange={(event) => setSeed(Math.max(0, Math.floor(Number(event.target.value))))}
          />
        </label>
        <button
          type="button"
          className="chip"
          title={t('newSeed')}
          aria-label={t('newSeed')}
          onClick={() => setSeed(createSeed())}
        >
          ↻
        </button>
        <label className="field stop-text">
          {t('stopText')}
          <input
            type="text"
            aria-label={t('stopTextLabel')}
            value={stopText}
            onChange={(event) => setStopText(event.target.value)}
          />
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={stopsAtLine}
            onChange={(event) => setStopsAtLine(event.target.checked)}
          />
          {t('stopLine')}
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={stopsAtEnd}
            onChange={(event) => setStopsAtEnd(event.target.checked)}
          />
          {t('stopEnd')}
        </label>
        {isBusy && (
          <span className="faint" role="status">
            {t('made', { made: generation.made, wanted: generation.wanted })}
          </span>
        )}
      </div>
      {generation.status === 'failed' && (
        <p className="note bad" role="alert">
          {generation.error.message} {getAdvice(generation.error.code)}
        </p>
      )}
      <GeneratedTokens />
    </section>
  );
}
