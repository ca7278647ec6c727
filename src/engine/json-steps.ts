import { HeadlightError } from '../lib/headlight-error.ts';

/** An object of a tokenizer.json. */
export type Json = Readonly<Record<string, unknown>>;

/** A value as an object; an empty one when it is none. */
export const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** A value as a list of objects; an empty one when it is none. */
export const asList = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.map(asObject) : [];

/** A value as a message names it, short. */
export const nameOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? 'an object' : String(value).slice(0, 40);

/** Sequences within sequences are no deeper than this in any real file. */
const DEEPEST = 16;

/**
 * The steps of a normalizer, pre-tokenizer or post-processor in order, sequences taken apart. Throws
 * `file-malformed` when they are nested without end.
 */
export function stepsOf(value: unknown, list: string, depth = 0): readonly Json[] {
  const step = asObject(value);
  if (step.type === undefined) return [];
  if (depth > DEEPEST) {
    throw new HeadlightError('file-malformed', `A tokenizer's ${list} are nested without end.`, {
      what: list,
    });
  }
  if (step.type !== 'Sequence') return [step];
  return asList(step[list]).flatMap((each) => stepsOf(each, list, depth + 1));
}
