import { memo } from 'react';
import type { TurnSpan } from '../../text/locate-turns.ts';
import { t } from './messages.ts';
import type { Strip } from './strip-lines.ts';
import { linesOfPage, type StripPage } from './strip-pages.ts';

/** What stands in the margin beside a turn. */
export function nameTurn({ role, isTemplate, start }: TurnSpan): string {
  const name = t(role ?? 'template');
  if (!isTemplate || role === null) return name;
  return start === 0 ? t('byTemplate', { role: name }) : t('toCome', { role: name });
}

/** The id of a token's element. */
export function tokenId(index: number): string {
  return `token-${index}`;
}

/**
 * The tokens of a page as running text. Drawn again only when the text or the page changes; tints, marks
 * and hover are put on the elements from outside.
 */
export const StripLines = memo(function StripLines(props: {
  readonly strip: Strip;
  readonly page: StripPage;
}) {
  const { strip, page } = props;
  return linesOfPage(strip.lines, page).map((line) => (
    <p
      key={line.start}
      role="presentation"
      dir="auto"
      className="strip-line"
      data-role={line.turn?.role ?? undefined}
      data-opens={line.opensTurn && line.turn !== null ? nameTurn(line.turn) : undefined}
    >
      {strip.tokens.slice(line.start, line.end).map((token) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
        <span
          key={token.index}
          id={tokenId(token.index)}
          role="option"
          aria-selected="false"
          className="token"
          data-token={token.index}
          data-blank={token.isBlank || undefined}
          data-muted={token.isMuted || undefined}
        >
          {token.shown}
        </span>
      ))}
    </p>
  ));
});
