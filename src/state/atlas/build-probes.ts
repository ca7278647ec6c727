import {
  chooseProbes,
  type DraftProbe,
  type Probe,
  type ProbeKind,
  placeProbe,
  takeTokens,
  toRepeatedProbe,
} from '../../measures/atlas/probe.ts';
import { draftAcronyms } from '../../measures/atlas/probes/acronyms.ts';
import { draftChoices } from '../../measures/atlas/probes/choices.ts';
import { draftFacts } from '../../measures/atlas/probes/facts.ts';
import { draftNames } from '../../measures/atlas/probes/names.ts';
import { draftNeedles } from '../../measures/atlas/probes/needles.ts';
import { drawIds, repeatIds } from '../../measures/atlas/probes/random.ts';
import { draftSentences } from '../../measures/atlas/probes/sentences.ts';
import { draftSentiments } from '../../measures/atlas/probes/sentiments.ts';
import { draftYesNo } from '../../measures/atlas/probes/yes-no.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { Engine } from '../../protocol/engine.ts';
import { SURVEY_LIMIT } from '../../protocol/survey.ts';
import { SAMPLES } from '../../text/samples.ts';
import type { TokenizedText } from '../../text/token.ts';

/** Why no probe of a kind could be made for a model. */
export type ProbeProblem = 'too-long' | 'places-lost' | 'vocabulary-small';

export interface BuiltProbes {
  readonly probes: readonly Probe[];
  readonly problems: Readonly<Partial<Record<ProbeKind, ProbeProblem>>>;
}

export type TokenSource = Pick<Engine, 'tokenize' | 'tokensOf'>;

/** One seed for all draws: the battery is the same each time. */
export const ATLAS_SEED = 2409;
const PERIOD = 50;
const SEQUENCES = 8;
const CYCLE_PERIOD = 25;
const CYCLE_TIMES = 4;
const CYCLE_SEQUENCES = 4;
/** Fewer different tokens than this are not worth repeating. */
const SMALLEST_PERIOD = 4;
const TEXT_IDS = ['plumber', 'heron', 'sourdough', 'running-mean', 'late-orders', 'even-square'];
const TEXT_TOKENS = 160;

/** How many probes of each kind are drafted and how many of them, the best-placed ones, are taken. */
const TEMPLATES: readonly (readonly [number, readonly DraftProbe[]])[] = [
  [16, draftNames(64, ATLAS_SEED)],
  [18, draftAcronyms(54, ATLAS_SEED)],
  [12, draftChoices(12, ATLAS_SEED)],
  [12, draftYesNo(12)],
  [12, draftSentiments(12, ATLAS_SEED)],
  [16, draftFacts()],
  [24, draftSentences()],
  [6, draftNeedles()],
];

/** Distinct random ids that are no control tokens. */
export async function drawPlainIds(
  source: TokenSource,
  vocabularySize: number,
  count: number,
  seed: number,
): Promise<Int32Array> {
  const drawn = drawIds(vocabularySize, count * 2, seed);
  if (drawn.length === 0) return drawn;
  const { special } = await source.tokensOf(drawn);
  return drawn.filter((_, i) => special[i] !== true).slice(0, count);
}

/** The begin token's id; null when the vocabulary has none. */
async function findBegin(source: TokenSource, facts: ModelFacts): Promise<number | null> {
  if (facts.beginToken === null) return null;
  const { ids, special } = await source.tokenize('a', true);
  return special[0] === true ? ids[0] : null;
}

async function buildRepeated(source: TokenSource, facts: ModelFacts): Promise<readonly Probe[]> {
  const limit = Math.min(facts.contextLength, SURVEY_LIMIT);
  const begin = await findBegin(source, facts);
  const probes: Probe[] = [];
  const add = async (
    kind: 'random' | 'cycles',
    wanted: number,
    times: number,
    count: number,
    start: number | null,
  ): Promise<void> => {
    const period = Math.min(wanted, Math.floor((limit - (start === null ? 0 : 1)) / times));
    for (let i = 0; i < count; i++) {
      const seed = ATLAS_SEED + 100 * times + i;
      const ids = await drawPlainIds(source, facts.vocabularySize, period, seed);
      if (ids.length < SMALLEST_PERIOD) return;
      const tokens = await source.tokensOf(repeatIds(ids, times, start));
      probes.push(toRepeatedProbe(`${kind}-${i}`, kind, tokens, ids.length));
    }
  };
  await add('random', PERIOD, 2, SEQUENCES, facts.addsBeginToken ? begin : null);
  await add('cycles', CYCLE_PERIOD, CYCLE_TIMES, CYCLE_SEQUENCES, begin);
  return probes;
}

/** The ordinary texts of the battery in a model's tokens, as its files say about the begin token. */
export async function buildTexts(
  source: Pick<TokenSource, 'tokenize'>,
  limit: number,
): Promise<readonly Probe[]> {
  const probes: Probe[] = [];
  for (const { id, text } of SAMPLES) {
    if (!TEXT_IDS.includes(id)) continue;
    const tokens = takeTokens(await source.tokenize(text), Math.min(TEXT_TOKENS, limit));
    const draft = { id: `text-${id}`, kind: 'text', text, spans: {}, singles: [] } as const;
    const probe = placeProbe(draft, tokens);
    if (probe !== null) probes.push(probe);
  }
  return probes;
}

/** Places drafts on a model's tokens; says why when none is left. */
async function buildTemplates(
  source: TokenSource,
  drafts: readonly DraftProbe[],
  count: number,
  limit: number,
): Promise<readonly Probe[] | ProbeProblem> {
  const placed: Probe[] = [];
  let problem: ProbeProblem = 'places-lost';
  for (const draft of drafts) {
    const tokens: TokenizedText = await source.tokenize(draft.text);
    if (tokens.ids.length > limit) problem = 'too-long';
    const probe = tokens.ids.length > limit ? null : placeProbe(draft, tokens);
    if (probe !== null) placed.push(probe);
  }
  return placed.length === 0 ? problem : chooseProbes(placed, count);
}

/**
 * All probes of the battery in a model's own tokens: cycles of random tokens after a begin token where
 * there is one; random tokens twice, texts and templates as the model's files say. Kinds without any have a problem instead.
 */
export async function buildProbes(
  source: TokenSource,
  facts: ModelFacts,
  signal?: AbortSignal,
): Promise<BuiltProbes> {
  const limit = Math.min(facts.contextLength, SURVEY_LIMIT);
  const probes: Probe[] = [...(await buildRepeated(source, facts))];
  const problems: Partial<Record<ProbeKind, ProbeProblem>> = {};
  for (const kind of ['random', 'cycles'] as const) {
    if (!probes.some((each) => each.kind === kind)) problems[kind] = 'vocabulary-small';
  }
  signal?.throwIfAborted();
  const texts = await buildTexts(source, limit);
  if (texts.length === 0) problems.text = 'places-lost';
  probes.push(...texts);
  for (const [count, drafts] of TEMPLATES) {
    signal?.throwIfAborted();
    const built = await buildTemplates(source, drafts, count, limit);
    if (typeof built === 'string') problems[drafts[0].kind] = built;
    else probes.push(...built);
  }
  return { probes, problems };
}
