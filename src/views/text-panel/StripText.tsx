import { memo } from 'react';
import type { TurnSpan } from '../../text/locate-turns.ts';
import { t } from './messages.ts';
import type { Strip } from './strip-blocks.ts';
import { blocksOfPage, type StripPage } from './strip-pages.ts';

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
export const StripText = memo(function StripText(props: {
  readonly strip: Strip;
  readonly page: StripPage;
}) {
  const { strip, page } = props;
  return blocksOfPage(strip.blocks, page).map((block) => (
    <p
      key={block.start}
      role="presentation"
      dir="auto"
      className="strip-block"
      data-role={block.turn?.role ?? undefined}
      data-opens={block.turn === null ? undefined : nameTurn(block.turn)}
    >
      {strip.tokens.slice(block.start, block.end).map((token) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
        <span
          key={token.index}
          id={tokenId(token.index)}
          role="option"
          aria-selected="false"
          className="token"
          data-token={token.index}
          data-blank={token.isBlank || undefined}
          data-fragment={(token.isFragment && token.own === '') || undefined}
          data-muted={token.isMuted || undefined}
        >
          {token.shown}
        </span>
      ))}
    </p>
  ));
});
