/** A move through the strip: by units, to an end of the text, by rows, by pages. */
export interface StripMove {
  readonly by: 'unit' | 'text' | 'row' | 'page';
  readonly step: -1 | 1;
}

const MOVES: ReadonlyMap<string, StripMove | 'select'> = new Map<string, StripMove | 'select'>([
  ['ArrowRight', { by: 'unit', step: 1 }],
  ['ArrowLeft', { by: 'unit', step: -1 }],
  ['ArrowDown', { by: 'row', step: 1 }],
  ['ArrowUp', { by: 'row', step: -1 }],
  ['Home', { by: 'text', step: -1 }],
  ['End', { by: 'text', step: 1 }],
  ['PageDown', { by: 'page', step: 1 }],
  ['PageUp', { by: 'page', step: -1 }],
  ['Enter', 'select'],
  [' ', 'select'],
]);

/** What a key of the keyboard means in the strip; null where it means nothing, or belongs to the browser. */
export function moveOfKey(pressed: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}): StripMove | 'select' | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  return MOVES.get(pressed.key) ?? null;
}
