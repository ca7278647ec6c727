import type { RunData } from '../protocol/run.ts';
import type { Selection } from './selection.ts';

/** Keeps a selection inside a run and its model. Queries and keys count tokens at the most. */
export function clampSelection(selection: Selection, run: RunData): Selection {
  const last = run.tokens.ids.length - 1;
  const isInside = (index: number | null): boolean => index === null || index <= last;
  const layer = Math.min(selection.layer, run.model.layerCount - 1);
  const head = Math.min(selection.head, run.model.headCount - 1);
  const isSame = layer === selection.layer && head === selection.head;
  if (isSame && isInside(selection.query) && isInside(selection.key)) return selection;
  return {
    layer,
    head,
    query: isInside(selection.query) ? selection.query : null,
    key: isInside(selection.key) ? selection.key : null,
  };
}
