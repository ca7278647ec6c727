import { type Probe, placeOf, placeProbe, readMarks } from '../../measures/atlas/probe.ts';
import { ORDINAL_LISTS } from '../../measures/atlas/probes/ordinals.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { OrdinalList, WeightScoreRequest } from '../../protocol/weight-scores.ts';
import { ATLAS_SEED, drawPlainIds, type TokenSource } from './build-probes.ts';

/** Tokens among which copy suppression is looked for. */
const SUPPRESSION_TOKENS = 200;
/** Texts whose three names are looked at: each costs a pass over the vocabulary for every head. */
const NAME_TEXTS = 8;
const COPYING_TOKENS = 25;
const COPYING_SEQUENCES = 4;
/** Lists with fewer words in one token are left out. */
const SMALLEST_LIST = 4;

/** The id of a word after a blank, where it is one token. */
async function findWordId(source: TokenSource, word: string): Promise<number | null> {
  const draft = {
    id: '',
    kind: 'text',
    singles: ['word'],
    ...readMarks(`and [word:${word}]`),
  } as const;
  const probe = placeProbe(draft, await source.tokenize(draft.text));
  return probe?.isSingle ? probe.tokens.ids[placeOf(probe, 'word').start] : null;
}

/** A list's words that are one token each, with the successors that are left. */
export async function toOrdinalList(
  source: TokenSource,
  words: readonly string[],
  isRound: boolean,
): Promise<OrdinalList | null> {
  const found: { readonly id: number; readonly at: number }[] = [];
  for (const [at, word] of words.entries()) {
    const id = await findWordId(source, word);
    if (id !== null) found.push({ id, at });
  }
  if (found.length < SMALLEST_LIST) return null;
  return {
    ids: found.map(({ id }) => id),
    successors: found.map(({ at }) => {
      const next = isRound ? (at + 1) % words.length : at + 1;
      return found.findIndex((each) => each.at === next);
    }),
  };
}

/** What is asked of the weights: names as in the probes, ordinals and random tokens of this vocabulary. */
export async function buildWeightRequest(
  source: TokenSource,
  facts: ModelFacts,
  probes: readonly Probe[],
): Promise<WeightScoreRequest> {
  const prompts = probes
    .filter(({ kind }) => kind === 'names')
    .slice(0, NAME_TEXTS)
    .map((probe) => ({
      ids: [...probe.tokens.ids],
      positions: ['io', 's1', 's2'].map((name) => placeOf(probe, name).end - 1),
    }));
  const lists: OrdinalList[] = [];
  for (const { words, isRound } of ORDINAL_LISTS) {
    const list = await toOrdinalList(source, words, isRound);
    if (list !== null) lists.push(list);
  }
  const draw = async (count: number, seed: number): Promise<readonly number[]> => [
    ...(await drawPlainIds(source, facts.vocabularySize, count, seed)),
  ];
  const sample = await draw(SUPPRESSION_TOKENS, ATLAS_SEED + 1);
  const sequences: (readonly number[])[] = [];
  for (let i = 0; i < COPYING_SEQUENCES; i++)
    sequences.push(await draw(COPYING_TOKENS, ATLAS_SEED + 2 + i));
  return {
    ovCopying: true,
    ...(prompts.length > 0 ? { names: { prompts } } : {}),
    ...(lists.length > 0 ? { ordinals: lists } : {}),
    ...(sample.length > 0 ? { suppression: { ids: sample } } : {}),
    ...(sequences.every(({ length }) => length > 0) ? { copying: { sequences } } : {}),
  };
}
