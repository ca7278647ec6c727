import type { NamedArray } from '../../tensor/named-array.ts';
import type { TokenizedText } from '../../text/token.ts';
import type { Table } from '../../ui/table.ts';
import type { Strip } from './strip-blocks.ts';
import { TINTS, type Tint, type TintValues } from './tint-values.ts';

/** Values of each tint by its name; null where there are none yet. */
export type AllTints = Readonly<Record<Tint, TintValues | null>>;

/** What a table of tokens is made of. */
export interface TokenTableSources {
  readonly tokens: TokenizedText;
  readonly strip: Strip;
  readonly unitOf: Int32Array;
  readonly tints: AllTints;
  /** Heads of the tints' columns: name, unit, and what they count when it is no tokens. */
  readonly columnOf: (tint: Tint, values: TintValues | null) => string;
  readonly headings: readonly [string, string, string, string, string, string, string];
}

/** One row a token: place, id, piece, span, text, role, and what each tint would show. */
export function toTokenTable(
  sources: TokenTableSources,
  rows: { readonly start: number; readonly end: number },
): Table {
  const { tokens, strip, unitOf, tints } = sources;
  const roles = new Map<number, string>();
  for (const { start, end, turn } of strip.blocks) {
    if (turn === null || turn.role === null) continue;
    for (let token = start; token < end; token++) roles.set(token, turn.role);
  }
  const hasRoles = roles.size > 0;
  const [token, text, id, piece, start, end, role] = sources.headings;
  return {
    columns: [
      token,
      text,
      id,
      piece,
      start,
      end,
      ...(hasRoles ? [role] : []),
      ...TINTS.map((tint) => sources.columnOf(tint, tints[tint])),
    ],
    rows: Array.from({ length: Math.max(0, rows.end - rows.start) }, (_, i) => {
      const at = rows.start + i;
      return [
        at,
        tokens.text.slice(tokens.starts[at], tokens.ends[at]),
        tokens.ids[at],
        tokens.pieces[at],
        tokens.starts[at],
        tokens.ends[at],
        ...(hasRoles ? [roles.get(at) ?? null] : []),
        ...TINTS.map((tint) => tints[tint]?.values[unitOf[at]] ?? Number.NaN),
      ];
    }),
  };
}

/** Ids and spans of the tokens, the unit of each, and the tints that are there: one entry a token. */
export function toTokenArrays(
  tokens: TokenizedText,
  unitOf: Int32Array,
  tints: AllTints,
): readonly NamedArray[] {
  const shape = [tokens.ids.length];
  const arrays: NamedArray[] = [
    { name: 'ids', shape, data: tokens.ids },
    { name: 'starts', shape, data: tokens.starts },
    { name: 'ends', shape, data: tokens.ends },
    { name: 'units', shape, data: unitOf },
  ];
  for (const tint of TINTS) {
    const values = tints[tint];
    if (values === null) continue;
    const data = Float32Array.from(unitOf, (unit) => values.values[unit]);
    arrays.push({ name: tint.replace('-', '_'), shape, data });
  }
  return arrays;
}
