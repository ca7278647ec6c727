import type { TokenIndex, UnitIndex } from '../../lib/flavor.ts';
import type { UnitSpan } from '../../text/get-units.ts';

/** The unit of each token. */
export function toUnitOfToken(units: readonly UnitSpan[]): Int32Array {
  const unitOf = new Int32Array(units.at(-1)?.end ?? 0);
  for (const [unit, { start, end }] of units.entries()) unitOf.fill(unit, start, end);
  return unitOf;
}

/** Where a token stands in its unit, so that a frame goes around the whole unit. */
export type Edge = 'only' | 'first' | 'inner' | 'last';

/** The tokens of a unit that are drawn, each with the side of the frame that it carries. */
export function getEdges(
  units: readonly UnitSpan[],
  unit: UnitIndex | null,
  drawn: { readonly start: TokenIndex; readonly end: TokenIndex },
): readonly (readonly [TokenIndex, Edge])[] {
  const span = unit === null ? undefined : units[unit];
  if (span === undefined) return [];
  const edges: (readonly [TokenIndex, Edge])[] = [];
  for (
    let token = Math.max(span.start, drawn.start);
    token < Math.min(span.end, drawn.end);
    token++
  ) {
    const isFirst = token === span.start;
    const isLast = token === span.end - 1;
    edges.push([token, isFirst && isLast ? 'only' : isFirst ? 'first' : isLast ? 'last' : 'inner']);
  }
  return edges;
}
