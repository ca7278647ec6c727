import { getAdvice } from '../../state/error-advice.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { Slide } from '../../ui/Choice.tsx';
import { GeneratedTokens } from './GeneratedTokens.tsx';
import { t } from './messages.ts';

/** How the text is continued, as the person set it. */
export interface GenerationSettings {
  readonly tokenCount: number;
  readonly temperature: number;
  readonly topP: number;
  readonly seed: number;
  readonly stopText: string;
  readonly stopsAtLine: boolean;
  readonly stopsAtEnd: boolean;
}

/** Seeds that are easy to read aloud and to type again. */
function createSeed(): number {
  return Math.floor(Math.random() * 1e6);
}

export function createGenerationSettings(): GenerationSettings {
  return {
    tokenCount: 24,
    temperature: 0,
    topP: 0.95,
    seed: createSeed(),
    stopText: '',
    stopsAtLine: false,
    stopsAtEnd: true,
  };
}

/** Continues the text token by token, and shows what was made. The settings outlive the text. */
export function Generation(props: {
  readonly settings: GenerationSettings;
  readonly onChange: (settings: GenerationSettings) => void;
}) {
  const generation = useApp((state) => state.generation);
  const isReady = useApp((state) => state.model.status === 'ready');
  const hasText = useApp((state) => state.text !== '');
  const actions = useActions();
  const { tokenCount, temperature, topP, seed, stopText, stopsAtLine, stopsAtEnd } = props.settings;
  const change = (part: Partial<GenerationSettings>): void =>
    props.onChange({ ...props.settings, ...part });
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
          onChange={(value) => change({ tokenCount: value })}
        />
        <Slide
          label={t('temperature')}
          value={temperature}
          min={0}
          max={2}
          step={0.1}
          shown={temperature.toFixed(1)}
          onChange={(value) => change({ temperature: value })}
        />
        <Slide
          label={t('topP')}
          value={topP}
          min={0.05}
          max={1}
          step={0.05}
          shown={topP.toFixed(2)}
          onChange={(value) => change({ topP: value })}
        />
        <label className="field seed" title={t('seedHint')}>
          {t('seed')}
          <input
            type="number"
            min={0}
            max={4294967295}
            step={1}
            value={seed}
            onChange={(event) =>
              change({ seed: Math.max(0, Math.floor(Number(event.target.value))) })
            }
          />
        </label>
        <button
          type="button"
          className="chip"
          title={t('newSeed')}
          aria-label={t('newSeed')}
          onClick={() => change({ seed: createSeed() })}
        >
          ↻
        </button>
        <label className="field stop-text">
          {t('stopText')}
          <input
            type="text"
            aria-label={t('stopTextLabel')}
            value={stopText}
            onChange={(event) => change({ stopText: event.target.value })}
          />
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={stopsAtLine}
            onChange={(event) => change({ stopsAtLine: event.target.checked })}
          />
          {t('stopLine')}
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={stopsAtEnd}
            onChange={(event) => change({ stopsAtEnd: event.target.checked })}
          />
          {t('stopEnd')}
        </label>
        {isBusy && (
          <span className="faint">
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
