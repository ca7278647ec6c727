import type { HeadValues } from './head-measures.ts';

export type RoleId = 'induction' | 'previous' | 'duplicate' | 'current' | 'first';

/** Roles in the order in which they are tried, with the score from which a head has them. */
export const ROLE_THRESHOLDS: readonly (readonly [RoleId, number])[] = [
  ['induction', 0.4],
  ['previous', 0.4],
  ['duplicate', 0.4],
  ['current', 0.4],
  ['first', 0.9],
];

/**
 * The role of a head on this text, or null: the first whose score reaches its threshold. Thresholds are
 * our operationalisation; a role holds for the text at hand, not for the head everywhere.
 */
export function getRole(values: HeadValues): RoleId | null {
  return ROLE_THRESHOLDS.find(([role, threshold]) => values[role] >= threshold)?.[0] ?? null;
}
