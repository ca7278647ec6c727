import { HEAD_MEASURES } from '../../measures/head-measures.ts';
import { hashText } from '../../text/sets/text-hash.ts';

/** Grows when profiles hold something else or a measure is computed in another way. */
const PROFILE_FORMAT = 1;

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
