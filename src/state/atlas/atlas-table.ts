import { BATTERY } from '../../measures/atlas/battery.ts';
import { listRoles } from '../../measures/atlas/head-roles.ts';
import type { AtlasResult } from './atlas-result.ts';

/** One column of the table of all scores. */
export interface ScoreColumn {
  readonly name: string;
  readonly kind: 'index' | 'text' | 'score';
  readonly values: readonly (number | string | null)[];
}

/** Places of heads in the result's arrays, in order. */
export function listPlaces({ layerCount, headCount }: AtlasResult): readonly number[] {
  return Array.from({ length: layerCount * headCount }, (_, at) => at);
}

/**
 * All scores of some heads, a column each: place, strongest role, then the battery's tests in their order.
 * Undefined scores are null; tests without any score for this model are columns of null.
 */
export function toScoreColumns(
  result: AtlasResult,
  places: readonly number[] = listPlaces(result),
): readonly ScoreColumn[] {
  const { headCount, tests } = result;
  return [
    { name: 'layer', kind: 'index', values: places.map((at) => Math.floor(at / headCount)) },
    { name: 'head', kind: 'index', values: places.map((at) => at % headCount) },
    {
      name: 'role',
      kind: 'text',
      values: places.map((at) => listRoles(tests, at)[0]?.test.id ?? null),
    },
    ...BATTERY.map(({ id }): ScoreColumn => {
      const scores = tests[id]?.scores;
      return {
        name: id,
        kind: 'score',
        values: places.map((at) => {
          const score = scores?.[at] ?? Number.NaN;
          return Number.isNaN(score) ? null : score;
        }),
      };
    }),
  ];
}
