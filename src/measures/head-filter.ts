import { HEAD_MEASURES, type HeadValues, type MeasureId } from './head-measures.ts';
import { getRole, ROLE_THRESHOLDS, type RoleId } from './roles.ts';

export type HeadFilter =
  | { readonly ok: true; readonly test: (values: HeadValues) => boolean }
  | { readonly ok: false; readonly problem: string };

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/**
 * Reads a filter for heads: conditions joined by "and", each a comparison ("entropy < 1",
 * "distance >= 20") or a role ("previous", "induction head"). Nothing matches everything; a part that
 * cannot be read is named.
 */
export function parseHeadFilter(text: string): HeadFilter {
  const tests: ((values: HeadValues) => boolean)[] = [];
  for (const part of text.toLowerCase().split(/\band\b|,/)) {
    const condition = part.trim();
    if (condition === '') continue;
    const comparison = condition.match(/^(\w+)(?: token)?\s*(<=|>=|<|>)\s*(\d*\.?\d+)$/);
    const role = condition.replace(/\s*(token|head|heads)\b/g, '').trim();
    if (comparison && HEAD_MEASURES.some((measure) => measure.id === comparison[1])) {
      const [, id, operator, limit] = comparison;
      tests.push((values) => COMPARISONS[operator](values[id as MeasureId], Number(limit)));
    } else if (ROLE_THRESHOLDS.some(([id]) => id === role)) {
      tests.push((values) => getRole(values) === (role as RoleId));
    } else {
      return { ok: false, problem: condition };
    }
  }
  return { ok: true, test: (values) => tests.every((test) => test(values)) };
}
