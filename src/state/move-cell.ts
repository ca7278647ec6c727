import type { UnitIndex } from '../lib/flavor.ts';

/** A cell of a causal matrix: key at most query. */
export interface Cell {
  readonly query: UnitIndex;
  readonly key: UnitIndex;
}

/**
 * Where a key of the keyboard leads from a cell, or null when the key means nothing here. Up and down
 * change the query, left and right the key; Home and End go to the first key and to the query itself,
 * with Ctrl to the first and last query; Page Up and Page Down move by `page` queries. The result is a
 * cell of a causal matrix of `count` rows, which must not be empty.
 */
export function moveCell(
  cell: Cell,
  pressed: { readonly key: string; readonly ctrlKey: boolean },
  count: number,
  page: number,
): Cell | null {
  const move = moveFreely(cell, pressed, count, page);
  if (move === null) return null;
  const query = Math.min(count - 1, Math.max(0, move.query));
  return { query, key: Math.min(query, Math.max(0, move.key)) };
}

function moveFreely(
  { query, key }: Cell,
  pressed: { readonly key: string; readonly ctrlKey: boolean },
  count: number,
  page: number,
): Cell | null {
  switch (pressed.key) {
    case 'ArrowUp':
      return { query: query - 1, key };
    case 'ArrowDown':
      return { query: query + 1, key };
    case 'ArrowLeft':
      return { query, key: key - 1 };
    case 'ArrowRight':
      return { query, key: key + 1 };
    case 'PageUp':
      return { query: query - page, key };
    case 'PageDown':
      return { query: query + page, key };
    case 'Home':
      return pressed.ctrlKey ? { query: 0, key } : { query, key: 0 };
    case 'End':
      return pressed.ctrlKey ? { query: count - 1, key } : { query, key: query };
    default:
      return null;
  }
}
