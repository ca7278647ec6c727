import { weightAt } from '../../../tensor/causal-slice.ts';
import type { CellPattern } from '../../../tensor/cell-pattern.ts';
import { POSITIONAL_SHARE } from '../../heads/positional.ts';
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
  createMassTest,
  describeTest,
  findStrongest,
  type HeavyCell,
  keysOfPattern,
  type ProbeTest,
  toShare,
} from '../role-test.ts';
import { createMatrixTest } from './matrix-test.ts';
import {
  CONTROL_WIDTH,
  countOffsets,
  expectMass,
  measureOffsets,
  OFFSET_COUNT,
} from './offset-control.ts';

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
      if (cell.key > 0) best = heavier(best, cell);
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

/** Whether a token goes on with the word of the one before. */
const isLaterPiece = ({ starts }: CellPattern, query: number): boolean =>
  starts[query] < starts[query + 1];

const subwordMerge = createMatrixTest({
  id: 'subword-merge',
  stage: 'identify',
  family: 'structure',
  formula:
    'mean over tokens i that go on with a word of Σ a_ij over its earlier pieces j, less the mean attention at the same distances of the tokens that begin one',
  source: 'ours; the role is of Correia et al. 2019 and the survey, methods 4.2 [TEX]',
  certainty: 'ours',
  threshold: 0.25,
  kinds: ['text'],
  width: 2 + OFFSET_COUNT + CONTROL_WIDTH,
  readMatrix(matrix, probe) {
    const words = withinWord(probe);
    const offsets: number[] = [];
    let mass = 0;
    let pieces = 0;
    let best: HeavyCell | null = null;
    for (let query = 1; query < matrix.size; query++) {
      if (!isLaterPiece(words, query)) continue;
      pieces++;
      for (const key of words.keys.subarray(words.starts[query], words.starts[query + 1])) {
        const weight = weightAt(matrix, query, key);
        mass += weight;
        offsets.push(query - key);
        if (key > 0) best = heavier(best, { query, key, weight });
      }
    }
    const control = measureOffsets(matrix, (query) => !isLaterPiece(words, query));
    return { adds: [mass, pieces, ...countOffsets(offsets), ...control], best };
  },
  score(sums) {
    const all = Array.from(sums);
    const [mass, pieces] = all;
    const expected = expectMass(all.slice(2, 2 + OFFSET_COUNT), all.slice(2 + OFFSET_COUNT));
    return { score: pieces > 0 ? (mass - expected) / pieces : Number.NaN, detail: null };
  },
});

const rareTokenBack: ProbeTest = {
  ...describeTest({
    id: 'rare-token-back',
    stage: 'identify',
    family: 'structure',
    formula:
      'share of queries whose strongest key, the first token left out, is the token with the highest id so far; queries where that is the query or the token before it are left out',
    source:
      'Voita et al. 2019; methods 5.14 [MEM]; ours: the rank in the vocabulary stands for rarity, and queries next to it are left out',
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
    evidenceFrom: 8,
  }),
  positional,
  subwordMerge,
  createMassTest({
    id: 'delimiter',
    stage: 'beyond',
    family: 'structure',
    formula: 'mean over i with such keys of Σ a_ij over punctuation and line ends j ≥ 1',
    source:
      'after Clark et al. 2019, who sum over full stops and commas; methods 5.13 [CODE]; ours: the marks and line ends, and the threshold',
    certainty: 'ours',
    threshold: 0.6,
    kinds: ['text'],
    keysOf: ({ tokens }) =>
      keysOfPattern(
        createKeyPattern(
          tokens.ids.length,
          findTokens(tokens, (text) => isPunctuation(text) || isDelimiter(text)),
        ),
      ),
  }),
  rareTokenBack,
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
    leads: true,
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
