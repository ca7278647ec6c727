import { type KeyboardEvent, memo, useMemo } from 'react';
import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import { displayToken, shortToken } from '../../text/display-token.ts';
import type { TokenizedText } from '../../text/token.ts';
import { type ColorTheme, sequentialColor } from '../../ui/color-scales.ts';
import { t } from './messages.ts';
import type { TokenValues } from './token-values.ts';

/** More tokens than this would make the page slow; the rest is counted, not drawn. */
const DRAWN = 1100;

export interface TokenStripProps {
  readonly tokens: TokenizedText;
  readonly values: TokenValues | null;
  readonly query: number | null;
  readonly keyToken: number | null;
  readonly theme: ColorTheme;
  readonly onSelect: (token: number, isKey: boolean) => void;
  readonly onPreview: (token: number | null) => void;
}

/** The text as text, each token tinted; one token is in the tab order, arrow keys move. */
export const TokenStrip = memo(function TokenStrip(props: TokenStripProps) {
  const { tokens, values, query, keyToken, theme } = props;
  const count = Math.min(tokens.ids.length, DRAWN);
  const focused = Math.min(query ?? 0, count - 1);
  const spans = useMemo(
    () =>
      Array.from({ length: count }, (_, i) => tokens.text.slice(tokens.starts[i], tokens.ends[i])),
    [tokens, count],
  );
  const valueText = (i: number): string => {
    const value = values?.values[i] ?? Number.NaN;
    return values?.unit === 'share' ? formatPercent(value) : formatNumber(value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const index = Number(target.dataset.token);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -count, End: count }[event.key];
    if (step !== undefined) {
      const next = Math.max(0, Math.min(count - 1, index + step));
      event.currentTarget.querySelector<HTMLElement>(`[data-token="${next}"]`)?.focus();
      event.preventDefault();
    } else if (event.key === 'Enter' || event.key === ' ') {
      props.onSelect(index, event.shiftKey);
      event.preventDefault();
    }
  };
  return (
    <div className="strip">
      {/* biome-ignore lint/a11y/useSemanticElements: a toolbar of tokens that read as running text */}
      <div
        role="group"
        className="strip-text"
        aria-label={t('strip')}
        onKeyDown={onKeyDown}
        onPointerLeave={() => props.onPreview(null)}
      >
        {spans
          .map((span, i) => {
            const isFragment = i > 0 && tokens.starts[i] < tokens.ends[i - 1];
            const value = values?.values[i] ?? Number.NaN;
            const share = values && values.most > 0 ? (value / values.most) * 0.75 : Number.NaN;
            const background = values && share > 0 ? sequentialColor(share, theme) : 'transparent';
            const isDeep = share > 0.5;
            return (
              <button
                // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
                key={i}
                type="button"
                className="token"
                data-token={i}
                tabIndex={i === focused ? 0 : -1}
                aria-pressed={i === query}
                data-key={i === keyToken || undefined}
                data-special={tokens.special[i] || undefined}
                aria-label={t('token', {
                  index: i,
                  text: displayToken(span),
                  value: values ? valueText(i) : '',
                })}
                title={`${i} “${shortToken(span, 30)}” ${values ? valueText(i) : ''}`}
                style={{
                  background,
                  ...(isDeep ? { color: theme === 'light' ? '#fff' : '#111' } : {}),
                }}
                onClick={(event) => props.onSelect(i, event.shiftKey)}
                onPointerEnter={() => props.onPreview(i)}
                onFocus={() => props.onPreview(i)}
              >
                <bdi>{isFragment ? '▪' : span === '\n' ? '⏎' : span.replaceAll('\n', '⏎')}</bdi>
              </button>
            );
          })
          .flatMap((token, i) =>
            spans[i].includes('\n') ? [token, <br key={`line-${token.key}`} />] : [token],
          )}
      </div>
      {tokens.ids.length > DRAWN && (
        <p className="faint">{t('more', { count: tokens.ids.length - DRAWN })}</p>
      )}
    </div>
  );
});
