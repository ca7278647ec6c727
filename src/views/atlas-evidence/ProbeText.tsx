import { displayToken } from '../../text/display-token.ts';
import type { TokenizedText } from '../../text/token.ts';
import { t } from './messages.ts';

/** A probe's tokens as running text, the query and the key marked. */
export function ProbeText(props: {
  readonly tokens: TokenizedText;
  readonly query: number;
  readonly key_: number;
}) {
  const { tokens, query, key_ } = props;
  const { text, starts, ends, pieces, ids } = tokens;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
    <section className="probe-text" tabIndex={0} aria-label={t('probe')}>
      {Array.from(ids, (_, i) => {
        const part = text.slice(starts[i], ends[i]);
        const shown = part === '' ? displayToken(pieces[i]) : displayToken(part);
        const marks = [i === query ? 'query' : '', i === key_ ? 'key' : ''].filter(Boolean);
        const breaks = part.includes('\n');
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no other name than their place
          <span key={i}>
            {marks.length > 0 ? (
              <mark
                className={marks.join(' ')}
                title={marks.map((mark) => t(mark as 'query' | 'key')).join(', ')}
              >
                {shown}
              </mark>
            ) : (
              shown
            )}
            {breaks ? <br /> : <wbr />}
          </span>
        );
      })}
    </section>
  );
}
