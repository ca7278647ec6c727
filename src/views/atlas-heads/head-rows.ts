import { type HeadRole, listRoles } from '../../measures/atlas/head-roles.ts';
import type { RoleFilter } from '../../measures/atlas/role-filter.ts';
import type { AtlasResult } from '../../state/atlas/atlas-result.ts';
import { listPlaces } from '../../state/atlas/atlas-table.ts';

/** A head as a row of the table. */
export interface HeadRow {
  /** layer x heads + head */
  readonly at: number;
  readonly layer: number;
  readonly head: number;
  readonly roles: readonly HeadRole[];
  /** The score that the table is sorted by, else of the strongest role; NaN for none. */
  readonly score: number;
}

/** The heads that match, highest score of the sorting test first; undefined scores last. */
export function toHeadRows(
  result: AtlasResult,
  sort: string | null,
  filter: RoleFilter,
): readonly HeadRow[] {
  const { headCount, tests } = result;
  const rows = listPlaces(result)
    .map((at) => ({ at, layer: Math.floor(at / headCount), head: at % headCount }))
    .filter(({ at, layer, head }) => !filter.ok || filter.test(tests, layer, head, at))
    .map((place): HeadRow => {
      const roles = listRoles(tests, place.at);
      const score =
        sort === null
          ? (roles[0]?.score ?? Number.NaN)
          : (tests[sort]?.scores[place.at] ?? Number.NaN);
      return { ...place, roles, score };
    });
  if (sort === null) return rows;
  const rankOf = (score: number): number => (Number.isNaN(score) ? -Infinity : score);
  return rows.sort((a, b) => {
    const difference = rankOf(b.score) - rankOf(a.score);
    return Number.isNaN(difference) || difference === 0 ? a.at - b.at : difference;
  });
}
