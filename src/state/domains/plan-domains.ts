import type { ModelFacts } from '../../model/model-facts.ts';
import { SURVEY_LIMIT } from '../../protocol/survey.ts';
import { type CutPlan, planCut, type SetTokenCounts } from '../../text/sets/plan-cut.ts';
import {
  type LengthLimits,
  type SuggestedLength,
  suggestLength,
} from '../../text/sets/suggest-length.ts';
import type { TextSet } from '../../text/sets/text-set.ts';
import type { DomainRules } from './domain-rules.ts';
import { toPlanKey } from './profile-key.ts';

/** How texts are cut at present, and for which model. */
export interface DomainPlan {
  /** Names model, precision, cutting and begin token: what profiles of this plan are kept under. */
  readonly key: string;
  readonly modelKey: string;
  readonly modelName: string;
  readonly layerCount: number;
  readonly headCount: number;
  /** Tokens of a sample, a begin token not counted. */
  readonly length: number;
  /** The longest sample that the model and a survey take. */
  readonly longest: number;
  readonly suggested: SuggestedLength;
  /** Whether each sample gets the model's begin token. */
  readonly addsBegin: boolean;
  readonly cut: CutPlan;
  /** Tokens of each text, by its id, a begin token not counted; NaN: it could not be cut into tokens. */
  readonly tokenCounts: ReadonlyMap<string, number>;
}

/** A stretch of a text's tokens; begin tokens not counted. */
export interface Sample {
  readonly start: number;
  readonly end: number;
}

/** What limits the length of a sample. */
interface SampleLimits extends LengthLimits {
  readonly hasBeginToken: boolean;
  readonly longest: number;
}

function getSampleLimits(
  { contextLength, beginToken }: ModelFacts,
  addsBegin: boolean,
): SampleLimits {
  const hasBeginToken = addsBegin && beginToken !== null;
  const most = Math.min(contextLength, SURVEY_LIMIT);
  return { contextLength: most, hasBeginToken, longest: most - (hasBeginToken ? 1 : 0) };
}

/** Length and samples for sets whose tokens were counted. */
function planLength(
  sets: readonly TextSet[],
  tokenCounts: ReadonlyMap<string, number>,
  rules: DomainRules,
  limits: SampleLimits,
): Pick<DomainPlan, 'length' | 'longest' | 'suggested' | 'cut'> {
  const counts: readonly SetTokenCounts[] = sets.map(({ id, texts }) => ({
    setId: id,
    texts: texts.map((text) => ({
      id: text.id,
      tokenCount: tokenCounts.get(text.id) ?? Number.NaN,
    })),
  }));
  const suggested = suggestLength(counts, limits);
  const { longest } = limits;
  const proposal = 'length' in suggested ? suggested.length : longest;
  const length = Math.min(rules.length ?? proposal, longest);
  return { length, longest, suggested, cut: planCut(counts, { length, mode: rules.samples }) };
}

/** How texts are cut for a model. */
export function createPlan(
  facts: ModelFacts,
  given: {
    readonly modelKey: string;
    readonly addsBegin: boolean;
    readonly sets: readonly TextSet[];
    readonly tokenCounts: ReadonlyMap<string, number>;
    readonly rules: DomainRules;
  },
): DomainPlan {
  const { modelKey, addsBegin, sets, tokenCounts, rules } = given;
  const limits = getSampleLimits(facts, addsBegin);
  const planned = planLength(sets, tokenCounts, rules, limits);
  return {
    ...planned,
    key: toPlanKey(modelKey, {
      length: planned.length,
      samples: rules.samples,
      addsBegin: limits.hasBeginToken,
    }),
    modelKey,
    modelName: facts.name === '' ? facts.fileName : facts.name,
    layerCount: facts.layerCount,
    headCount: facts.headCount,
    addsBegin: limits.hasBeginToken,
    tokenCounts,
  };
}

/** The samples of each text that has any, by its id. */
export function getSamples({ sets }: CutPlan): ReadonlyMap<string, readonly Sample[]> {
  const samples = new Map<string, Sample[]>();
  for (const set of sets) {
    // A text that stands in two sets, or twice in one, is surveyed once.
    const own = new Map<string, Sample[]>();
    const places = new Map<string, number>();
    for (const { textId, textIndex, start, end } of set.samples) {
      if ((places.get(textId) ?? textIndex) !== textIndex) continue;
      places.set(textId, textIndex);
      own.set(textId, [...(own.get(textId) ?? []), { start, end }]);
    }
    for (const [id, list] of own) samples.set(id, list);
  }
  return samples;
}

/** Ids of all texts, each once, a set's first after another's first: early results compare all sets. */
export function getQueueOrder(sets: readonly TextSet[]): readonly string[] {
  const most = Math.max(0, ...sets.map(({ texts }) => texts.length));
  const ids = Array.from({ length: most }, (_, place) =>
    sets.flatMap(({ texts }) => texts[place]?.id ?? []),
  );
  return [...new Set(ids.flat())];
}
