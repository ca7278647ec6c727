import { BATTERY, getTest, hasRole } from './battery.ts';
import type { TestResults } from './head-roles.ts';

export type RoleFilter =
  | {
      readonly ok: true;
      readonly test: (tests: TestResults, layer: number, head: number, at: number) => boolean;
    }
  | { readonly ok: false; readonly problem: string };

type Condition = (tests: TestResults, layer: number, head: number, at: number) => boolean;

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
};

const isTest = (word: string): boolean => BATTERY.some(({ id }) => id === word);

function parseCondition(condition: string): Condition | null {
  const parts = condition.match(/^([a-z][a-z -]*?)\s*(<=|>=|<|>|=)\s*(-?\d*\.?\d+)$/);
  if (parts === null) {
    const id = condition.replaceAll(' ', '-');
    return isTest(id)
      ? (tests, _layer, _head, at) => hasRole(getTest(id), tests[id]?.scores[at] ?? Number.NaN)
      : null;
  }
  const [, words, operator, number] = parts;
  const compare = COMPARISONS[operator];
  const limit = Number(number);
  if (words === 'layer') return (_, layer) => compare(layer, limit);
  if (words === 'head') return (_tests, _layer, head) => compare(head, limit);
  const id = words.replaceAll(' ', '-');
  return isTest(id)
    ? (tests, _layer, _head, at) => compare(tests[id]?.scores[at] ?? Number.NaN, limit)
    : null;
}

/**
 * Reads a filter for heads: conditions joined by "and" or commas, each a comparison of a score, of the
 * layer or the head ("name-mover > .3", "layer >= 20") or a role ("induction": the score reaches its
 * threshold). Nothing matches everything; a part that cannot be read is named. An undefined score matches
 * no comparison.
 */
export function parseRoleFilter(text: string): RoleFilter {
  const conditions: Condition[] = [];
  for (const part of text.toLowerCase().split(/\band\b|,/)) {
    const condition = part.trim();
    if (condition === '') continue;
    const test = parseCondition(condition);
    if (test === null) return { ok: false, problem: condition };
    conditions.push(test);
  }
  return {
    ok: true,
    test: (tests, layer, head, at) => conditions.every((each) => each(tests, layer, head, at)),
  };
}
