import type { CellPattern } from '../../../tensor/cell-pattern.ts';
import { POSITIONAL_SHARE } from '../../heads/positional.ts';
import { countQueries } from '../../patterns/pattern-measure.ts';
import { createStreamingPattern, STREAMING_MASS, streaming } from '../../patterns/streaming.ts';
import { createSubwordPattern } from '../../patterns/subword-merge.ts';
import {
  createKeyPattern,
  findTokens,
  isDelimiter,
  isPunctuation,
} from '../../patterns/token-classes.ts';
import { SINK_MASS } from '../../slices/sink-rate.ts';
import type { Probe } from '../probe.ts';
import {
  cellsOf,
  createMassTest,
  describeTest,
  findStrongest,
  type HeavyCell,
  keysOfPattern,
  type ProbeTest,
  toShare,
} from '../role-test.ts';

/** Farthest offset that a positional head is looked for at. */
export const LARGEST_OFFSET = 8;
/** Queries before this one have too little before them to choose a rare token from. */
const FIRST_RARE_QUERY = 4;

/** The rarest of the tokens 1 … query: the one with the highest id, the earliest of equals. */
export function findRarest(ids: Int32Array, query: number): number {
  let rarest = 1;
  for (let key = 2; key <= query; key++) if (ids[key] > ids[rarest]) rarest = key;
  return rarest;
}

const heavier = (a: HeavyCell | null, b: HeavyCell | null): HeavyCell | null =>
  a === null || (b !== null && b.weight > a.weight) ? b : a;

const positional: ProbeTest = {
  ...describeTest({
    id: 'positional',
    stage: 'identify',
    family: 'position',
    formula: `max over k = 1 … ${LARGEST_OFFSET} of the share of queries i ≥ ${LARGEST_OFFSET} with argmax_j a_ij = i − k`,
    source: 'Voita et al. 2019; methods 5.14 [MEM]',
    certainty: 'standard',
    threshold: POSITIONAL_SHARE,
    isThresholdKnown: true,
  }),
  needs: 'probes',
  kinds: ['text'],
  width: LARGEST_OFFSET + 1,
  needsMatrix: false,
  patternsOf: () => [],
  read({ summary, head }) {
    const adds = new Array<number>(LARGEST_OFFSET + 1).fill(0);
    let best: HeavyCell | null = null;
    for (let query = LARGEST_OFFSET; query < summary.queryCount; query++) {
      adds[0]++;
      const cell = findStrongest(summary, head, query, () => true);
      if (cell === null) continue;
      const offset = query - cell.key;
      if (offset < 1 || offset > LARGEST_OFFSET) continue;
      adds[offset]++;
      best = heavier(best, cell);
    }
    return adds[0] === 0 ? null : { adds, best };
  },
  score(sums) {
    const counts = Array.from({ length: LARGEST_OFFSET }, (_, k) => sums[k + 1]);
    const most = Math.max(...counts);
    return sums[0] > 0
      ? { score: most / sums[0], detail: most > 0 ? counts.indexOf(most) + 1 : null }
      : { score: Number.NaN, detail: null };
  },
};

const withinWord = ({ tokens }: Probe): CellPattern => createSubwordPattern(tokens);

/** From each token that goes on with no word, but for the first two, to the one before. */
function beforeWord(probe: Probe): CellPattern {
  const { starts } = withinWord(probe);
  return cellsOf(probe, (query) =>
    query > 1 && starts[query] === starts[query + 1] ? [query - 1] : [],
  );
}

const subwordMerge: ProbeTest = {
  ...describeTest({
    id: 'subword-merge',
    stage: 'identify',
    family: 'structure',
    formula:
      'mean over tokens that go on with a word of Σ a_ij over its earlier pieces j, minus the mean of a_i,i−1 over tokens that begin one',
    source: 'ours; the role is of Correia et al. 2019 and the survey, methods 4.2 [TEX]',
    certainty: 'ours',
    threshold: 0.25,
  }),
  needs: 'probes',
  kinds: ['text'],
  width: 4,
  needsMatrix: false,
  patternsOf: (probe) => [withinWord(probe), beforeWord(probe)],
  read(seen, probe) {
    const pieces = countQueries(withinWord(probe));
    const begins = countQueries(beforeWord(probe));
    if (pieces === 0) return null;
    return { adds: [seen.sum(0), pieces, seen.sum(1), begins], best: seen.best(0) };
  },
  score: (sums) => ({
    score: sums[1] > 0 && sums[3] > 0 ? sums[0] / sums[1] - sums[2] / sums[3] : Number.NaN,
    detail: null,
  }),
};

const rareWords: ProbeTest = {
  ...describeTest({
    id: 'rare-words',
    stage: 'identify',
    family: 'structure',
    formula:
      'share of queries whose strongest key, the first token left out, is the token with the highest id so far; queries where that is the query or the token before it are left out',
    source:
      'Voita et al. 2019; methods 5.14 [MEM]; ours: the rank in the vocabulary stands for rarity',
    certainty: 'ours',
    threshold: 0.5,
  }),
  needs: 'probes',
  kinds: ['sentence'],
  width: 2,
  needsMatrix: false,
  patternsOf: () => [],
  read({ summary, head }, { tokens: { ids } }) {
    let hits = 0;
    let count = 0;
    let best: HeavyCell | null = null;
    for (let query = FIRST_RARE_QUERY; query < summary.queryCount; query++) {
      const rarest = findRarest(ids, query);
      if (rarest >= query - 1) continue;
      count++;
      const cell = findStrongest(summary, head, query, (key) => key > 0);
      if (cell?.key !== rarest) continue;
      hits++;
      best = heavier(best, cell);
    }
    return count === 0 ? null : { adds: [hits, count], best };
  },
  score: toShare,
};

const confidence: ProbeTest = {
  ...describeTest({
    id: 'confidence',
    stage: 'beyond',
    family: 'structure',
    formula: 'mean over i ≥ 1 of max_{j>0} a_ij',
    source: 'Voita et al. 2019; methods 5.14 [MEM]',
    certainty: 'standard',
    threshold: 0.7,
    namesRole: false,
  }),
  needs: 'probes',
  kinds: ['text'],
  width: 2,
  needsMatrix: false,
  patternsOf: () => [],
  read({ summary, head }) {
    let sum = 0;
    let best: HeavyCell | null = null;
    for (let query = 1; query < summary.queryCount; query++) {
      const cell = findStrongest(summary, head, query, (key) => key > 0);
      sum += cell?.weight ?? 0;
      best = heavier(best, cell);
    }
    return { adds: [sum, summary.queryCount - 1], best };
  },
  score: toShare,
};

/** Tests on ordinary texts and sentences. */
export const TEXT_TESTS: readonly ProbeTest[] = [
  createMassTest({
    id: 'previous-text',
    stage: 'identify',
    family: 'position',
    formula: 'ordinary texts: mean over i ≥ 1 of a_i,i−1',
    source: 'Clark et al. 2019 name heads from 0.5 on; methods 5.13 [CODE]',
    certainty: 'standard',
    threshold: 0.5,
    isThresholdKnown: true,
    kinds: ['text'],
    keysOf: () => (query) => [query - 1],
  }),
  positional,
  subwordMerge,
  createMassTest({
    id: 'delimiter',
    stage: 'beyond',
    family: 'structure',
    formula: 'mean over i with such keys of Σ a_ij over punctuation and line ends j ≥ 1',
    source: 'Clark et al. 2019 name heads from 0.6 on; methods 5.13 [CODE]',
    certainty: 'standard',
    threshold: 0.6,
    isThresholdKnown: true,
    kinds: ['text'],
    keysOf: ({ tokens }) =>
      keysOfPattern(
        createKeyPattern(
          tokens.ids.length,
          findTokens(tokens, (text) => isPunctuation(text) || isDelimiter(text)),
        ),
      ),
  }),
  rareWords,
  createMassTest({
    id: 'sink',
    stage: 'beyond',
    family: 'sink',
    formula: 'mean over i ≥ 1 of a_i0',
    source: 'Gu et al. 2024 count heads from 0.3 on; methods 5.5 [MEM]',
    certainty: 'standard',
    threshold: SINK_MASS,
    isThresholdKnown: true,
    isCommon: true,
    kinds: ['text'],
    keysOf: () => (query) => (query > 0 ? [0] : []),
    evidenceFrom: 8,
  }),
  createMassTest({
    id: 'first-four',
    stage: 'beyond',
    family: 'sink',
    formula: 'mean over i ≥ 4 of Σ_{j<4} a_ij',
    source: 'Xiao et al. 2023 (StreamingLLM); methods 5.5 [MEM]',
    certainty: 'standard',
    threshold: 0.5,
    isCommon: true,
    kinds: ['text'],
    keysOf: () => (query) => (query >= 4 ? [0, 1, 2, 3] : []),
    evidenceFrom: 8,
  }),
  createMassTest({
    id: 'streaming',
    stage: 'beyond',
    family: 'sink',
    formula: streaming.formula,
    source: streaming.source,
    certainty: 'ours',
    threshold: STREAMING_MASS,
    isCommon: true,
    kinds: ['text'],
    keysOf: ({ tokens }) => keysOfPattern(createStreamingPattern(tokens.ids.length)),
  }),
  confidence,
];
