import type { HeadIndex, LayerIndex, UnitIndex } from '../lib/flavor.ts';

/**
 * The one selection that every view shows. `query` and `key` count units of the current display unit
 * (tokens unless the person chose words, sentences or lines); null means none.
 */
export interface Selection {
  readonly layer: LayerIndex;
  readonly head: HeadIndex;
  readonly query: UnitIndex | null;
  readonly key: UnitIndex | null;
}

/** What the pointer or keyboard focus previews; fields that are absent fall back to the selection. */
export type SelectionPreview = Partial<Selection>;

/** The selection as shown: the preview laid over what is pinned. */
export function previewed(selection: Selection, preview: SelectionPreview | null): Selection {
  return preview === null ? selection : { ...selection, ...preview };
}
