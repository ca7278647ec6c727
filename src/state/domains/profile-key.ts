import { HEAD_MEASURES } from '../../measures/head-measures.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import { hashText } from '../../text/sets/text-hash.ts';

/** Grows when profiles hold something else or a measure is computed in another way. */
const PROFILE_FORMAT = 1;

/**
 * Names a model for what is kept of its surveys. By the file's hash where it is known when the model is
 * opened (the host gave it, or it was kept with the file), else by name, bytes and sizes: the hash of any
 * other file comes only after all of it was read once more, and a key that changed then would lose what
 * was kept before. Two files of one name, size and shape are taken for the same model; the price of a
 * wrong guess (the same name and to the byte as large) is old numbers until "forget results".
 *
 * The precision is in it, since unpacked and packed weights differ in the last digits that are shown;
 * device and threads are not: they differ by less than the tolerance of the reference values.
 */
export function toModelKey(facts: ModelFacts, sha256: string | null): string {
  const { fileName, fileBytes, architecture, parameterCount, layerCount, headCount } = facts;
  const named = [fileName, fileBytes, architecture, parameterCount, layerCount, headCount];
  return hashText([sha256 ?? named.join('\n'), facts.precision].join('\n'));
}

/** Names a way of cutting for a model: all profiles under one such key may be compared. */
export function toPlanKey(
  modelKey: string,
  cutting: { readonly length: number; readonly samples: string; readonly addsBegin: boolean },
): string {
  const { length, samples, addsBegin } = cutting;
  const measures = hashText(HEAD_MEASURES.map(({ id }) => id).join('\n'));
  return [PROFILE_FORMAT, measures, modelKey, samples, length, addsBegin ? 'begin' : 'bare'].join(
    '/',
  );
}
