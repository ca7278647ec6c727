import { findHeadMeasure, type HeadValues, type MeasureId } from './head-measures.ts';
import { getRole, ROLE_THRESHOLDS, type RoleId } from './roles.ts';

/** Where a head is, for filters that ask for it. */
export interface HeadPlace {
  readonly layer: number;
  readonly head: number;
}

export type HeadFilter =
  | { readonly ok: true; readonly test: (values: HeadValues, place: HeadPlace) => boolean }
  | { readonly ok: false; readonly problem: string };

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
};

/** Words of the page that stand for a measure of another name. */
const ALIASES: Readonly<Record<string, MeasureId>> = { this: 'current' };

type Condition = (values: HeadValues, place: HeadPlace) => boolean;

/** "entropy < 1", "previous token > .3", "effective keys > 5", "layer >= 20"; null when it is none. */
function parseComparison(condition: string): Condition | null {
  const parts = condition.match(/^(\w[\w -]*?)\s*(<=|>=|<|>|=)\s*(-?\d*\.?\d+)$/);
  if (parts === null) return null;
  const [, words, operator, number] = parts;
  const word = words.replace(/[ -]token$/, '').replace(/[ -]+/g, '-');
  const compare = COMPARISONS[operator];
  const limit = Number(number);
  if (word === 'layer' || word === 'head') return (_, place) => compare(place[word], limit);
  const id = ALIASES[word] ?? findHeadMeasure(word)?.id;
  return id === undefined ? null : (values) => compare(values[id], limit);
}

/** "induction", "previous token", "this-token head"; null when it is none. */
function parseRole(condition: string): Condition | null {
  const word = condition.replace(/[\s-]*(token|head|heads)\b/g, '').trim();
  const role: RoleId | undefined = ROLE_THRESHOLDS.find(
    ([id]) => id === (ALIASES[word] ?? word),
  )?.[0];
  return role === undefined ? null : (values) => getRole(values) === role;
}

/**
 * Reads a filter for heads: conditions joined by "and" or commas, each a comparison of a measure, of the
 * layer or the head ("entropy < 1", "distance >= 20", "layer = 18") or a role ("previous token",
 * "induction head"). Nothing matches everything; a part that cannot be read is named. An undefined
 * measure matches no comparison.
 */
export function parseHeadFilter(text: string): HeadFilter {
  const tests: Condition[] = [];
  for (const part of text.toLowerCase().split(/\band\b|,/)) {
    const condition = part.trim();
    if (condition === '') continue;
    const test = parseComparison(condition) ?? parseRole(condition);
    if (test === null) return { ok: false, problem: condition };
    tests.push(test);
  }
  return { ok: true, test: (values, place) => tests.every((test) => test(values, place)) };
}
