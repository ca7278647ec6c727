import { createSpanPattern, needle } from '../../../measures/patterns/needle.ts';
import {
  computeNegativeAttention,
  negativeAttention,
} from '../../../measures/slices/negative-attention.ts';
import {
  forcedRetrieval,
  retrieval,
  scoreForcedRetrieval,
  scoreRetrieval,
} from '../../../measures/slices/retrieval.ts';
import { computeSinkRate, SINK_MASS, sinkRate } from '../../../measures/slices/sink-rate.ts';
import { summariseSlices } from '../../../tensor/summarise-slices.ts';
import { countWeights, getBinEdges, WEIGHT_BINS } from '../../../tensor/weight-histogram.ts';
import { apply, mean, over, sum, times } from '../arithmetic.ts';
import type { MeasureDoc } from '../measure-doc.ts';
import {
  type ExampleAttention,
  measurePattern,
  toAttentionTable,
  toIds,
  toSlice,
  WIDENING,
  weightsIn,
} from './example-attention.ts';
import { prose } from './texts-prose.ts';

const MASS = [
  [0.12, 0.45, 0.08],
  [0.7, 0.31, 0.3],
];

const STORY: ExampleAttention = {
  words: ['Find', 'the', 'blue', 'door', '.', 'It', 'is', 'blue', 'door'],
  weights: [
    [1],
    [0.9, 0.1],
    [0.8, 0.1, 0.1],
    [0.7, 0.1, 0.1, 0.1],
    [0.6, 0.1, 0.1, 0.1, 0.1],
    [0.5, 0.1, 0.1, 0.1, 0.1, 0.1],
    [0.1, 0.1, 0.5, 0.1, 0.1, 0, 0.1],
    [0.5, 0, 0.1, 0.3, 0, 0, 0, 0.1],
    [0.4, 0.1, 0.1, 0.1, 0.1, 0, 0, 0.1, 0.1],
  ],
};
const NEEDLE = { start: 2, end: 4 };
const ANSWER = { start: 7, end: 9 };

const YES = [0.1, 0.05, 0.2];
const NO = [0.3, 0.1, 0.1];

export const TEXTS: readonly MeasureDoc[] = [
  {
    id: 'sink-rate',
    group: 'places',
    formulas: ['\\share_{l, h} ( S_{lh} > 0.3 )'],
    symbols: ['S_{lh}', 'l, h'],
    facts: [sinkRate],
    needs: ['texts'],
    related: ['first', 'streaming'],
    prose: prose('sink-rate'),
    work: () => {
      const flags = MASS.flat().map((mass) => (mass > SINK_MASS ? 1 : 0));
      const sinks = sum(flags);
      return {
        tables: [
          {
            rows: ['L0', 'L1'],
            columns: ['H0', 'H1', 'H2'],
            values: MASS,
            kind: 'plain',
            isMarked: (row, column) => MASS[row][column] > SINK_MASS,
          },
        ],
        steps: [{ left: '\\text{sinks}', expression: sinks, says: 0 }],
        results: [
          {
            left: '\\text{sink rate}',
            expression: over(sinks.value, flags.length),
            value: computeSinkRate(MASS.flat()),
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'retrieval',
    group: 'texts',
    formulas: [
      '∑_t \\frac{1}{|D|} \\text{ where } j^*_t ∈ D \\text{ and token } j^*_t \\text{ is } t',
    ],
    symbols: ['t', 'j^*_t', 'D'],
    facts: [retrieval, forcedRetrieval, needle],
    needs: ['answers'],
    related: ['induction', 'streaming', 'positional'],
    prose: prose('retrieval'),
    work: () => {
      const ids = toIds(STORY.words);
      const idOf = (word: string): number => STORY.words.indexOf(word);
      const steps = [
        { strongestKey: 2, id: idOf('blue') },
        { strongestKey: 3, id: idOf('door') },
        { strongestKey: 0, id: idOf('.') },
      ];
      const hits = sum([1, 1, 0]);
      const forced = sum([1, 0]);
      const length = NEEDLE.end - NEEDLE.start;
      const summary = summariseSlices([toSlice(STORY.weights)], ids);
      const rows = weightsIn(createSpanPattern(ids.length, NEEDLE), STORY.weights);
      const toNeedle = rows.map(({ weights }) => sum(weights));
      const probe = { ids, tokens: null, repeat: null, needle: NEEDLE };
      return {
        tables: [
          toAttentionTable(
            STORY,
            (row, column) =>
              row >= ANSWER.start - 1 &&
              row < ANSWER.end - 1 &&
              STORY.weights[row][column] === Math.max(...STORY.weights[row]),
          ),
        ],
        steps: [
          { left: '\\text{hits}', expression: hits, says: 0 },
          { left: '\\text{hits}', expression: forced, says: 1 },
          ...toNeedle.map((expression, k) => ({
            left: `i = ${rows[k].query}`,
            expression,
            says: k === 0 ? 2 : null,
          })),
        ],
        results: [
          {
            left: '\\text{score}',
            expression: over(hits.value, length),
            value: scoreRetrieval(steps, ids.subarray(0, ANSWER.start), NEEDLE),
            unit: 'score',
          },
          {
            left: '\\text{score}',
            expression: over(forced.value, length),
            value: scoreForcedRetrieval(summary, 0, ids, NEEDLE, ANSWER),
            unit: 'score',
          },
          {
            left: '\\text{share}',
            expression: mean(toNeedle.map(({ value }) => value)),
            value: measurePattern(needle, probe, STORY.weights).value,
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'negative-attention',
    group: 'texts',
    formulas: [
      '∑_i (a_{i, \\text{Yes}} + a_{i, \\text{No}}) · \\ln \\frac{a_{i, \\text{No}}}{a_{i, \\text{Yes}}}',
    ],
    symbols: ['a_{i, \\text{Yes}}', 'a_{i, \\text{No}}'],
    facts: [negativeAttention],
    needs: ['rows'],
    related: ['divergence', 'retrieval'],
    prose: prose('negative-attention'),
    work: () => {
      const rows = YES.map((yes, i) => times(sum([yes, NO[i]]), apply('ln', over(NO[i], yes))));
      return {
        tables: [
          {
            rows: ['i = 8', 'i = 9', 'i = 10'],
            columns: ['Yes', 'No'],
            values: YES.map((yes, i) => [yes, NO[i]]),
            kind: 'plain',
          },
        ],
        steps: rows.map((expression, i) => ({
          left: `i = ${8 + i}`,
          expression,
          says: i === 0 ? 0 : null,
        })),
        results: [
          {
            left: '\\text{score}',
            expression: sum(rows.map(({ value }) => value)),
            value: computeNegativeAttention(Float32Array.from(YES), Float32Array.from(NO), 0).score,
            unit: 'score',
          },
        ],
      };
    },
  },
  {
    id: 'weight-distribution',
    group: 'texts',
    formulas: ['\\frac{n_b}{n}'],
    symbols: ['n_b', 'n'],
    facts: [
      {
        id: 'weight-distribution',
        unit: 'share',
        range: [0, 1],
        source: 'after a figure of Jawale et al. 2024 whose form is not known; methods 1.5 [RECON]',
        certainty: 'ours',
      },
    ],
    needs: ['texts'],
    related: ['entropy', 'confidence'],
    prose: prose('weight-distribution'),
    work: () => {
      const weights = WIDENING.weights.flatMap((row) => row.slice(1));
      const bins = new Float64Array(WEIGHT_BINS);
      countWeights(bins, Float32Array.from(weights));
      const edges = getBinEdges();
      const counted = bins.reduce(
        (total, count, bin) => total + (edges[bin] >= 0.25 && edges[bin] < 0.5 ? count : 0),
        0,
      );
      const inside = sum(weights.map((weight) => (weight >= 0.25 && weight < 0.5 ? 1 : 0)));
      return {
        tables: [toAttentionTable(WIDENING, (_, column) => column > 0)],
        steps: [
          { left: '\\text{from } 0.25 \\text{ to } 0.5', expression: inside, says: 0 },
          { left: '\\text{all}', expression: sum(weights.map(() => 1)), says: null },
        ],
        results: [
          {
            left: '\\text{share}',
            expression: over(inside.value, weights.length),
            value: counted / bins.reduce((total, count) => total + count, 0),
            unit: 'share',
          },
        ],
      };
    },
  },
];
