import { first, firstFour } from '../../../measures/heads/first-token.ts';
import { interdependency } from '../../../measures/heads/interdependency.ts';
import { current, previous } from '../../../measures/heads/neighbours.ts';
import { getValue } from '../../../measures/measure.ts';
import type { PatternMeasure } from '../../../measures/patterns/pattern-measure.ts';
import { poolStrongest, toProbe } from '../../../measures/patterns/pattern-measure.ts';
import {
  createRarePattern,
  rareTokens,
  rareWords,
} from '../../../measures/patterns/rare-tokens.ts';
import { createStreamingPattern, streaming } from '../../../measures/patterns/streaming.ts';
import { subwordMerge } from '../../../measures/patterns/subword-merge.ts';
import { delimiter, punctuation } from '../../../measures/patterns/token-classes.ts';
import { summariseSlices } from '../../../tensor/summarise-slices.ts';
import { mean, minus, over, sum } from '../arithmetic.ts';
import type { MeasureDoc, WorkedExample } from '../measure-doc.ts';
import {
  type ExampleAttention,
  isInPattern,
  measureExample,
  measurePattern,
  toAttentionTable,
  toSlice,
  toTokens,
  WIDENING,
  weightsIn,
} from './example-attention.ts';
import { prose } from './places-prose.ts';

const { weights } = WIDENING;

const LONGER: ExampleAttention = {
  words: ['The', 'cat', 'sat', 'on', 'a', 'mat'],
  weights: [
    [1],
    [0.9, 0.1],
    [0.8, 0.1, 0.1],
    [0.7, 0.1, 0.1, 0.1],
    [0.4, 0.1, 0.1, 0.2, 0.2],
    [0.5, 0, 0.1, 0.1, 0.2, 0.1],
  ],
};
const MARKS: ExampleAttention = {
  words: ['Well', ',', 'he', 'sat', '.'],
  weights: [[1], [0.8, 0.2], [0.5, 0.4, 0.1], [0.4, 0.3, 0.2, 0.1], [0.3, 0.2, 0.1, 0.1, 0.3]],
};
const PIECES: ExampleAttention = {
  words: ['Such', ' un', 'happi', 'ness', ' ends'],
  weights: [[1], [0.9, 0.1], [0.3, 0.6, 0.1], [0.2, 0.3, 0.4, 0.1], [0.5, 0.1, 0.1, 0.2, 0.1]],
};
const RARE: ExampleAttention = {
  words: ['He', ' ate', ' quinoa', ' at', ' noon'],
  weights: [[1], [0.5, 0.5], [0.3, 0.2, 0.5], [0.3, 0.1, 0.4, 0.2], [0.5, 0.1, 0.3, 0.05, 0.05]],
};
/** Places in a vocabulary whose frequent tokens come first. */
const RARE_IDS = Int32Array.of(5, 40, 900, 7, 120);

/** A page's example from a pattern measure: marked cells, their sums a query, the mean. */
function workPattern(
  example: ExampleAttention,
  measures: readonly { readonly measure: PatternMeasure; readonly left: string }[],
  tokens = toTokens(example.words),
): WorkedExample {
  const worked = measures.map(({ measure, left }) => ({
    left,
    ...measurePattern(measure, toProbe(tokens), example.weights),
  }));
  return {
    tables: [toAttentionTable(example, isInPattern(worked[0].pattern))],
    steps: worked.flatMap(({ pattern }, says) =>
      weightsIn(pattern, example.weights).map((row, k) => ({
        left: `∑_j a_{${row.query}j}`,
        expression: sum(row.weights),
        says: k === 0 ? says : null,
      })),
    ),
    results: worked.map(({ left, pattern, value }, at) => {
      const sums = weightsIn(pattern, example.weights).map((row) => sum(row.weights).value);
      const isPerText = measures[at].measure.pool(1, pattern).weight === example.words.length;
      return {
        left,
        expression: isPerText ? over(sum(sums), example.words.length) : mean(sums),
        value,
        unit: 'share' as const,
      };
    }),
  };
}

export const PLACES: readonly MeasureDoc[] = [
  {
    id: 'first',
    group: 'places',
    formulas: [
      'S_1 = \\frac{1}{n − 1} ∑_{i ≥ 1} a_{i0}',
      'S_4 = \\frac{1}{n − 4} ∑_{i ≥ 4} ∑_{j < 4} a_{ij}',
    ],
    symbols: ['a_{i0}', 'a_{ij}', 'n'],
    facts: [first, firstFour],
    needs: ['rows'],
    related: ['sink-rate', 'streaming', 'interdependency'],
    prose: prose('first'),
    work: () => ({
      tables: [
        toAttentionTable(WIDENING, (row, column) => row > 0 && column === 0),
        toAttentionTable(LONGER, (row, column) => row > 3 && column < 4),
      ],
      steps: [
        ...weights.slice(1).map((row, k) => ({
          left: `a_{${k + 1}0}`,
          expression: sum([row[0]]),
          says: k === 0 ? 0 : null,
        })),
        ...LONGER.weights.slice(4).map((row, k) => ({
          left: `∑_{j < 4} a_{${k + 4}j}`,
          expression: sum(row.slice(0, 4)),
          says: k === 0 ? 1 : null,
        })),
      ],
      results: [
        {
          left: 'S_1',
          expression: mean(weights.slice(1).map((row) => row[0])),
          value: measureExample(first, WIDENING),
          unit: 'share',
        },
        {
          left: 'S_4',
          expression: mean(LONGER.weights.slice(4).map((row) => sum(row.slice(0, 4)).value)),
          value: measureExample(firstFour, LONGER),
          unit: 'share',
        },
      ],
    }),
  },
  {
    id: 'interdependency',
    group: 'places',
    formulas: ['\\frac{1}{n − 2} ∑_{i ≥ 2} (1 − a_{ii} − a_{i0})'],
    symbols: ['a_{ii}', 'a_{i0}', 'n'],
    facts: [interdependency],
    needs: ['rows'],
    related: ['effective-keys', 'first', 'current'],
    prose: prose('interdependency'),
    work: () => {
      const others = weights.slice(2).map((row, k) => minus(minus(1, row[k + 2]), row[0]));
      return {
        tables: [
          toAttentionTable(WIDENING, (row, column) => row > 1 && column > 0 && column < row),
        ],
        steps: others.map((expression, k) => ({
          left: `1 − a_{${k + 2}${k + 2}} − a_{${k + 2}0}`,
          expression,
          says: k === 0 ? 0 : null,
        })),
        results: [
          {
            left: '\\text{interdependency}',
            expression: mean(others.map(({ value }) => value)),
            value: measureExample(interdependency, WIDENING),
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'current',
    group: 'places',
    formulas: ['\\frac{1}{n} ∑_i a_{ii}'],
    symbols: ['a_{ii}', 'n'],
    facts: [current],
    needs: ['rows'],
    related: ['previous', 'interdependency', 'induction-test'],
    prose: prose('current'),
    work: () => ({
      tables: [toAttentionTable(WIDENING, (row, column) => row === column)],
      steps: weights.map((row, i) => ({
        left: `a_{${i}${i}}`,
        expression: sum([row[i]]),
        says: i === 0 ? 0 : null,
      })),
      results: [
        {
          left: '\\text{current}',
          expression: mean(weights.map((row, i) => row[i])),
          value: measureExample(current, WIDENING),
          unit: 'share',
        },
      ],
    }),
  },
  {
    id: 'previous',
    group: 'places',
    formulas: ['\\frac{1}{n − 1} ∑_{i ≥ 1} a_{i, i − 1}'],
    symbols: ['a_{i, i − 1}', 'n'],
    facts: [previous],
    needs: ['rows'],
    related: ['detection', 'induction', 'current', 'positional'],
    prose: prose('previous'),
    work: () => ({
      tables: [toAttentionTable(WIDENING, (row, column) => column === row - 1)],
      steps: weights.slice(1).map((row, k) => ({
        left: `a_{${k + 1}${k}}`,
        expression: sum([row[k]]),
        says: k === 0 ? 0 : null,
      })),
      results: [
        {
          left: '\\text{previous}',
          expression: mean(weights.slice(1).map((row, k) => row[k])),
          value: measureExample(previous, WIDENING),
          unit: 'share',
        },
      ],
    }),
  },
  {
    id: 'streaming',
    group: 'places',
    formulas: ['∑_{j < s} a_{ij} + ∑_{j > i − w} a_{ij}'],
    symbols: ['a_{ij}', 's', 'w'],
    facts: [streaming],
    needs: ['rows'],
    related: ['first', 'distance', 'retrieval'],
    prose: prose('streaming'),
    work: () =>
      workPattern(LONGER, [
        {
          measure: { ...streaming, build: ({ ids }) => createStreamingPattern(ids.length, 1, 2) },
          left: '\\text{streaming}',
        },
      ]),
  },
  {
    id: 'punctuation',
    group: 'places',
    formulas: ['\\frac{1}{n} ∑_i ∑_{j ∈ P} a_{ij}'],
    symbols: ['a_{ij}', 'P', 'n'],
    facts: [punctuation, delimiter],
    needs: ['rows'],
    related: ['first', 'subword-merge'],
    prose: prose('punctuation'),
    work: () =>
      workPattern(MARKS, [
        { measure: punctuation, left: '\\text{punctuation}' },
        { measure: delimiter, left: '\\text{delimiters}' },
      ]),
  },
  {
    id: 'subword-merge',
    group: 'places',
    formulas: ['\\mean_i ∑_{j ∈ w(i), j < i} a_{ij}'],
    symbols: ['i', 'w(i)', 'a_{ij}'],
    facts: [subwordMerge],
    needs: ['rows'],
    related: ['previous', 'punctuation'],
    prose: prose('subword-merge'),
    work: () => workPattern(PIECES, [{ measure: subwordMerge, left: '\\text{merge}' }]),
  },
  {
    id: 'rare-words',
    group: 'places',
    formulas: ['\\mean_i a_{i, r(i)}', '\\share_i ( \\argmax_j a_{ij} = r(i) )'],
    symbols: ['a_{ij}', 'r(i)'],
    facts: [rareTokens, rareWords],
    needs: ['rows'],
    related: ['positional', 'punctuation'],
    prose: prose('rare-words'),
    work: () => {
      const tokens = { ...toTokens(RARE.words), ids: RARE_IDS };
      const worked = workPattern(RARE, [{ measure: rareTokens, left: '\\text{rare}' }], tokens);
      const pattern = createRarePattern(tokens);
      const rows = weightsIn(pattern, RARE.weights);
      const hits = sum(
        rows.map(({ query, weights: own }) =>
          Math.max(...own) === Math.max(...RARE.weights[query]) ? 1 : 0,
        ),
      );
      const summary = summariseSlices([toSlice(RARE.weights)], tokens.ids);
      return {
        tables: worked.tables,
        steps: [...worked.steps, { left: '\\text{hits}', expression: hits, says: 1 }],
        results: [
          ...worked.results,
          {
            left: '\\text{rare}',
            expression: over(hits.value, rows.length),
            value: getValue(poolStrongest(summary, 0, pattern)),
            unit: 'share',
          },
        ],
      };
    },
  },
];
