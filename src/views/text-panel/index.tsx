import { useCallback, useMemo, useRef, useState } from 'react';
import { formatBytes, formatNumber, formatPercent } from '../../lib/format-number.ts';
import type { TokenTint } from '../../state/display-options.ts';
import { getAdvice } from '../../state/error-advice.ts';
import { useActions, useApp, useRun, useShownSelection, useSlice } from '../../state/hooks.tsx';
import { readTextFile } from '../../state/read-text-file.ts';
import { displayToken } from '../../text/display-token.ts';
import { SAMPLES, type SampleDomain } from '../../text/samples.ts';
import { Pick } from '../../ui/Choice.tsx';
import { sequentialColor } from '../../ui/color-scales.ts';
import { useColorTheme } from '../../ui/use-theme.ts';
import { t } from './messages.ts';
import { TokenStrip } from './TokenStrip.tsx';
import { getTokenValues } from './token-values.ts';

const DOMAINS: readonly SampleDomain[] = [
  'demonstration',
  'conversation',
  'web',
  'code',
  'mathematics',
];
const TINTS: readonly TokenTint[] = [
  'none',
  'entropy',
  'received',
  'from-query',
  'to-key',
  'surprise',
];

export default function TextPanel() {
  const { text, sampleId, tokens, savedTexts } = useApp((state) => ({
    text: state.text,
    sampleId: state.sampleId,
    tokens: state.tokens,
    savedTexts: state.savedTexts,
  }));
  const { tint, unit } = useApp((state) => state.display);
  const actions = useActions();
  const run = useRun();
  const selection = useShownSelection();
  const pinned = useApp((state) => state.selection);
  const theme = useColorTheme();
  const sliceState = useSlice();
  const slice = sliceState.status === 'ready' ? sliceState.slice : null;
  const [problem, setProblem] = useState('');
  const file = useRef<HTMLInputElement>(null);

  const isCurrent = run !== null && run.tokens.text === text;
  const shownTokens = isCurrent
    ? run.tokens
    : tokens !== null && tokens.text === text
      ? tokens
      : null;
  const inTokens = unit === 'token';
  const values = useMemo(
    () =>
      !isCurrent || tint === 'none'
        ? null
        : getTokenValues(tint, run, slice, {
            layer: selection.layer,
            head: selection.head,
            query: inTokens ? pinned.query : null,
            key: inTokens ? pinned.key : null,
          }),
    [
      isCurrent,
      tint,
      run,
      slice,
      selection.layer,
      selection.head,
      pinned.query,
      pinned.key,
      inTokens,
    ],
  );
  const onSelect = useCallback(
    (token: number, isKey: boolean) => actions.select(isKey ? { key: token } : { query: token }),
    [actions],
  );
  const onPreview = useCallback(
    (token: number | null) =>
      actions.preview(token === null || !inTokens ? null : { query: token }),
    [actions, inTokens],
  );
  const open = async (chosen: File): Promise<void> => {
    const read = await readTextFile(chosen);
    if (read.ok) {
      setProblem('');
      actions.setText(read.text);
    } else
      setProblem(
        t(read.why === 'binary' ? 'binary' : 'tooLarge', {
          name: chosen.name,
          size: formatBytes(chosen.size),
        }),
      );
  };
  const missing =
    tint === 'from-query' && pinned.query === null
      ? t('pickQuery')
      : tint === 'to-key' && pinned.key === null
        ? t('pickKey')
        : tint !== 'none' && values === null
          ? t('waiting')
          : '';

  return (
    <section className="view text-panel" data-view="text-panel" aria-label={t('title')}>
      <header>
        <h2>{t('title')}</h2>
        <span className="subtitle" data-readout="tokens">
          {shownTokens
            ? t('tokens', { count: shownTokens.ids.length })
            : t('characters', { count: text.length })}
        </span>
        <span className="grow" />
        <label className="pick">
          <span>{t('sample')}</span>
          <select
            value={sampleId ?? ''}
            onChange={(event) => actions.openSample(event.target.value)}
          >
            <option value="" disabled>
              {t('own')}
            </option>
            {DOMAINS.map((domain) => (
              <optgroup key={domain} label={t(domain)}>
                {SAMPLES.filter((sample) => sample.domain === domain).map((sample) => (
                  <option key={sample.id} value={sample.id}>
                    {sample.title}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        {savedTexts.length > 0 && (
          <details className="pop">
            <summary className="chip">{t('saved')}</summary>
            <div className="pop-body menu wide">
              {savedTexts.map((saved) => (
                <span key={saved.id} className="saved">
                  <button type="button" onClick={() => actions.setText(saved.text)}>
                    <bdi>{displayToken(saved.text.slice(0, 60))}</bdi>
                  </button>
                  <button
                    type="button"
                    aria-label={t('delete')}
                    title={t('delete')}
                    onClick={() => actions.deleteSavedText(saved.id)}
                  >
                    ×
                  </button>
                </span>
              ))}
            </div>
          </details>
        )}
        <button type="button" className="chip" onClick={() => file.current?.click()}>
          {t('open')}
        </button>
        <input
          ref={file}
          type="file"
          hidden
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            if (chosen) void open(chosen);
            event.target.value = '';
          }}
        />
        <Pick
          label={t('tint')}
          value={tint}
          options={TINTS.map((value) => [value, t(value)] as const)}
          onChange={(value) => actions.setDisplay({ tint: value })}
        />
      </header>
      <textarea
        aria-label={t('field')}
        placeholder={t('placeholder')}
        value={text}
        rows={3}
        spellCheck={false}
        onChange={(event) => actions.setText(event.target.value)}
      />
      {problem !== '' && (
        <p className="note bad" role="alert">
          {problem}
        </p>
      )}
      <Trouble />
      {shownTokens && shownTokens.ids.length > 0 && (
        <TokenStrip
          tokens={shownTokens}
          values={values}
          query={inTokens ? pinned.query : null}
          keyToken={inTokens ? pinned.key : null}
          theme={theme}
          onSelect={onSelect}
          onPreview={onPreview}
        />
      )}
      {shownTokens && (
        <p className="legend">
          <span>{missing || t('hint')}</span>
          <span className="grow" />
          {values && (
            <span className="scale">
              <i
                className="ramp"
                style={{
                  background: `linear-gradient(to right, ${[0, 0.25, 0.5, 0.75].map((place) => sequentialColor(place, theme)).join(', ')})`,
                }}
              />
              {t('scale', {
                most:
                  values.unit === 'share'
                    ? formatPercent(values.most)
                    : `${formatNumber(values.most)} nats`,
              })}
            </span>
          )}
        </p>
      )}
    </section>
  );
}

/** What is wrong with the text, beside the text. */
function Trouble() {
  const run = useApp((state) => state.run);
  if (run.status !== 'failed') return null;
  return (
    <p className="note bad" role="alert">
      {run.error.message} {getAdvice(run.error.code)}
    </p>
  );
}
