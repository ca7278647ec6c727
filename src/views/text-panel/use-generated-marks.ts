import { type RefObject, useLayoutEffect } from 'react';
import type { TokenIndex } from '../../lib/flavor.ts';

/** Marks the tokens that the model added, `first` and later, so that they differ from the person's own. */
export function useGeneratedMarks(
  list: RefObject<HTMLElement | null>,
  first: TokenIndex | null,
  /** Whatever gives the list new elements. */
  strip: object,
  page: { readonly start: TokenIndex; readonly end: TokenIndex },
): void {
  const { start, end } = page;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new strip or page has new elements
  useLayoutEffect(() => {
    for (const element of list.current?.querySelectorAll<HTMLElement>('[data-token]') ?? [])
      element.toggleAttribute(
        'data-generated',
        first !== null && Number(element.dataset.token) >= first,
      );
  }, [list, first, strip, start, end]);
}
