import { interpolateRgb } from 'd3';
import { getTest } from '../../measures/atlas/battery.ts';
import { type HeadRole, listRoles } from '../../measures/atlas/head-roles.ts';
import { ROLE_FAMILIES } from '../../measures/atlas/role-test.ts';
import type { AtlasResult } from '../../state/atlas/atlas-result.ts';
import type { ColorScale, ColorTheme } from '../../ui/color-scales.ts';
import { categoryColor } from '../../ui/color-scales.ts';

/** What a map of heads shows; rows are heads, columns layers. */
export interface RoleMap {
  /** [head, layer] strengths, or scores of one test; NaN where there is none. */
  readonly values: Float64Array;
  readonly scale: ColorScale;
  /** Strongest role by layer x heads + head; null where none was found or one test is shown. */
  readonly roles: readonly (HeadRole | null)[];
}

/** A colour's palest shade still stands out from cells without a role. */
const PALEST = 0.35;

function transpose(values: ArrayLike<number>, layerCount: number, headCount: number): Float64Array {
  return Float64Array.from({ length: layerCount * headCount }, (_, at) => {
    const head = Math.floor(at / layerCount);
    return values[(at % layerCount) * headCount + head];
  });
}

/** The map of a result: each head's strongest role, or the scores of one test. */
export function toRoleMap(result: AtlasResult, test: string | null): RoleMap {
  const { layerCount, headCount, tests } = result;
  const size = layerCount * headCount;
  if (test !== null) {
    const scores = tests[test]?.scores ?? new Float64Array(size).fill(Number.NaN);
    const least = Math.min(0, ...scores.filter((score) => !Number.isNaN(score)));
    const { full } = getTest(test);
    const scale: ColorScale =
      least < -0.05
        ? { kind: 'diverging', limit: Math.max(full, -least) }
        : { kind: 'sequential', from: 0, to: full };
    const roles = Array.from({ length: size }, () => null);
    return { values: transpose(scores, layerCount, headCount), scale, roles };
  }
  const roles = Array.from({ length: size }, (_, at) => listRoles(tests, at)[0] ?? null);
  const strengths = roles.map((role) => role?.strength ?? Number.NaN);
  return {
    values: transpose(strengths, layerCount, headCount),
    scale: { kind: 'sequential', from: 0, to: 1 },
    roles,
  };
}

/** The colour of a role: its family's, paler where the role is weaker. */
export function roleColor({ test, strength }: HeadRole, theme: ColorTheme): string {
  const full = categoryColor(ROLE_FAMILIES.indexOf(test.family), theme);
  const ground = theme === 'light' ? '#ffffff' : '#15181c';
  return interpolateRgb(ground, full)(PALEST + (1 - PALEST) * Math.min(1, strength));
}
