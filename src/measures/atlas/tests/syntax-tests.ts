import { binomialDistribution } from 'simple-statistics';
import type { CausalSlice } from '../../../tensor/causal-slice.ts';
import { positionsOf, type TokenRange } from '../probe.ts';
import type { HeavyCell, ProbeTest } from '../role-test.ts';
import { createMatrixTest, heaviestIn, massOn } from './matrix-test.ts';

/** Relations that are annotated, each in the direction in which a causal model can look back. */
export const RELATIONS = ['determiner', 'adjective', 'subject', 'object'] as const;
export type SyntaxRelation = (typeof RELATIONS)[number];

/** Fixed offsets, in words back, that the baseline may choose from. */
const OFFSETS = 4;

/** Attention between words: sum over the key's tokens, mean over the query's (methods 5.13). */
function wordWeight(matrix: CausalSlice, query: TokenRange, key: TokenRange): number {
  const rows = positionsOf(query);
  return rows.reduce((sum, row) => sum + massOn(matrix, row, key), 0) / rows.length;
}

/** The earlier word that a word attends to most; words with the text's first token are left out. -1 where it attends to none. */
function findWord(matrix: CausalSlice, words: readonly TokenRange[], query: number): number {
  let best = -1;
  let most = 0;
  for (let key = 0; key < query; key++) {
    if (words[key].start === 0) continue;
    const weight = wordWeight(matrix, words[query], words[key]);
    if (weight <= most) continue;
    best = key;
    most = weight;
  }
  return best;
}

/** On the right words must rest this much on average (ours). */
const LEAST_WEIGHT = 0.1;
/** A share of pairs that the baseline would reach with this probability proves nothing (ours). */
const LARGEST_P = 0.01;

/** The probability of at least so many hits among so many pairs; 1 for a baseline that finds them all. */
export function chanceOf(hits: number, pairs: number, baseline: number): number {
  if (hits <= 0) return 1;
  if (baseline <= 0) return 0;
  if (baseline >= 1) return 1;
  const chances = binomialDistribution(pairs, baseline) ?? [];
  return Math.max(0, 1 - chances.slice(0, hits).reduce((sum, chance) => sum + chance, 0));
}

const FORMULAS: Readonly<Record<SyntaxRelation, string>> = {
  determiner: 'noun → its article',
  adjective: 'noun → its adjective',
  subject: 'verb → its subject',
  object: 'object → its verb',
};

/** For each relation: does the head look from the one word to the other more often than a fixed offset would? */
export const SYNTAX_TESTS: readonly ProbeTest[] = RELATIONS.map((relation) =>
  createMatrixTest({
    id: `syntax-${relation}`,
    stage: 'identify',
    family: 'structure',
    formula: `${FORMULAS[relation]}: share of pairs that argmax over earlier words finds, minus the share that the best fixed offset finds; no more than 0 where the mean weight on the right word is below ${LEAST_WEIGHT}, or where the offset’s share would give as many hits with p ≥ ${LARGEST_P}`,
    source:
      'Clark et al. 2019, Voita et al. 2019: 10 % above the baseline; methods 5.13 [CODE], 5.14 [MEM]; pairs that a causal model can see [RECON]',
    certainty: 'ours',
    threshold: 0.1,
    unit: 'score',
    full: 0.5,
    kinds: ['sentence'],
    width: 3 + OFFSETS,
    readMatrix(matrix, { places, links }) {
      const words = places.word;
      const adds = new Array<number>(3 + OFFSETS).fill(0);
      let best: HeavyCell | null = null;
      for (const [query, key] of links[relation] ?? []) {
        if (words[key].start === 0) continue;
        adds[1]++;
        adds[2 + OFFSETS] += wordWeight(matrix, words[query], words[key]);
        if (query - key <= OFFSETS) adds[1 + query - key]++;
        if (findWord(matrix, words, query) !== key) continue;
        adds[0]++;
        for (const row of positionsOf(words[query])) {
          const cell = heaviestIn(matrix, row, words[key]);
          if (cell !== null && (best === null || cell.weight > best.weight)) best = cell;
        }
      }
      return adds[1] === 0 ? null : { adds, best };
    },
    score(sums) {
      const [hits, pairs] = [sums[0], sums[1]];
      if (!(pairs > 0)) return { score: Number.NaN, detail: null };
      const baseline = Math.max(...Array.from({ length: OFFSETS }, (_, k) => sums[2 + k]));
      const score = (hits - baseline) / pairs;
      const isProven =
        sums[2 + OFFSETS] / pairs >= LEAST_WEIGHT &&
        chanceOf(hits, pairs, baseline / pairs) < LARGEST_P;
      return { score: isProven ? score : Math.min(0, score), detail: hits / pairs };
    },
  }),
);
