import type { HeadValues, MeasureId } from '../../measures/head-measures.ts';
import { getRole, ROLE_THRESHOLDS, type RoleId } from '../../measures/roles.ts';
import type { GridOrder } from '../../state/display-options.ts';

/** A head with its measures on this text. */
export interface MeasuredHead {
  readonly layer: number;
  readonly head: number;
  readonly values: HeadValues;
}

/** Heads that stand together, strongest first; `group` is null where there is one group without a name. */
export interface HeadGroup {
  readonly group: RoleId | 'none' | null;
  readonly heads: readonly MeasuredHead[];
}

const MEASURES: Readonly<Record<Exclude<GridOrder, 'layer' | 'role'>, MeasureId>> = {
  entropy: 'entropy',
  distance: 'distance',
  'first-token': 'first',
  confidence: 'confidence',
};

/** The measure that an order goes by; null for the layer and the role. */
export function getOrderMeasure(order: GridOrder): MeasureId | null {
  return order === 'layer' || order === 'role' ? null : MEASURES[order];
}

/** Largest first; undefined values last; equals by layer and head. */
function byFalling(heads: readonly MeasuredHead[], id: MeasureId): readonly MeasuredHead[] {
  const place = (value: number): number => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value);
  return [...heads].sort((a, b) => {
    const difference = place(b.values[id]) - place(a.values[id]);
    return Number.isNaN(difference) || difference === 0
      ? a.layer - b.layer || a.head - b.head
      : difference;
  });
}

/**
 * Puts heads in an order: by role (groups in the order in which roles are tried, those without one at the
 * end, by layer) or by a measure, largest first.
 */
export function orderHeads(
  heads: readonly MeasuredHead[],
  order: Exclude<GridOrder, 'layer'>,
): readonly HeadGroup[] {
  const measure = getOrderMeasure(order);
  if (measure !== null) return [{ group: null, heads: byFalling(heads, measure) }];
  const ofRole = (role: RoleId | null) => heads.filter(({ values }) => getRole(values) === role);
  return [
    ...ROLE_THRESHOLDS.map(([role]) => ({ group: role, heads: byFalling(ofRole(role), role) })),
    { group: 'none' as const, heads: ofRole(null) },
  ].filter((group) => group.heads.length > 0);
}
