import type { TokenIndex } from '../../lib/flavor.ts';
import type { StripBlock } from './strip-blocks.ts';

/** More tokens than this would make the page slow; longer texts are shown page by page. */
export const PAGE_TOKENS = 600;

/** Tokens [start, end) that are drawn at a time. */
export interface StripPage {
  readonly page: number;
  readonly pageCount: number;
  readonly start: TokenIndex;
  readonly end: TokenIndex;
}

/** A page of a text of `count` tokens; numbers outside are moved to the first or last one. */
export function getPage(count: number, page: number): StripPage {
  const pageCount = Math.max(1, Math.ceil(count / PAGE_TOKENS));
  const inside = Math.min(pageCount - 1, Math.max(0, page));
  const start = inside * PAGE_TOKENS;
  return { page: inside, pageCount, start, end: Math.min(count, start + PAGE_TOKENS) };
}

/** The page that holds a token. */
export function pageOf(token: TokenIndex): number {
  return Math.floor(token / PAGE_TOKENS);
}

/** The blocks of a page; one that goes on over its edge is cut there. */
export function blocksOfPage(
  blocks: readonly StripBlock[],
  { start, end }: StripPage,
): readonly StripBlock[] {
  return blocks.flatMap((block) => {
    if (block.end <= start || block.start >= end) return [];
    return [{ ...block, start: Math.max(block.start, start), end: Math.min(block.end, end) }];
  });
}
