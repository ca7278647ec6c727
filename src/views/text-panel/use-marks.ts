import { type RefObject, useLayoutEffect } from 'react';
import type { TokenIndex, UnitIndex } from '../../lib/flavor.ts';
import type { UnitSpan } from '../../text/get-units.ts';
import type { Strip } from './strip-blocks.ts';
import { getEdges } from './unit-marks.ts';

/** Puts a mark on the tokens of one unit and takes it from those that had it; no other element changes. */
export function useMarks(
  list: RefObject<HTMLElement | null>,
  name: 'query' | 'key' | 'pointed',
  units: readonly UnitSpan[],
  unit: UnitIndex | null,
  strip: Strip,
  { start, end }: { readonly start: TokenIndex; readonly end: TokenIndex },
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new strip has new elements
  useLayoutEffect(() => {
    const marked: HTMLElement[] = [];
    for (const [token, edge] of getEdges(units, unit, { start, end })) {
      const element = list.current?.querySelector<HTMLElement>(`[data-token="${token}"]`);
      if (!element) continue;
      element.dataset[name] = edge;
      if (name === 'query') element.setAttribute('aria-selected', 'true');
      marked.push(element);
    }
    return () => {
      for (const element of marked) {
        delete element.dataset[name];
        if (name === 'query') element.setAttribute('aria-selected', 'false');
      }
    };
  }, [list, name, units, unit, strip, start, end]);
}

/** Scrolls the strip, and only the strip, until a token is in it. */
export function keepInside(list: HTMLElement | null, token: HTMLElement | null): void {
  if (list === null || token === null) return;
  const outer = list.getBoundingClientRect();
  const inner = token.getBoundingClientRect();
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top + 4;
  else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom + 4;
}
