import { findSimilarHeads } from '../../../measures/similar-heads.ts';
import {
  compareSlices,
  computeHeadDistances,
  HEAD_SMOOTHING,
  headDivergence,
  prepareSlice,
  textDivergence,
} from '../../../measures/slices/divergence.ts';
import { computeVariability, variability } from '../../../measures/slices/variability.ts';
import { rowOf } from '../../../tensor/causal-slice.ts';
import { summariseSlices } from '../../../tensor/summarise-slices.ts';
import {
  distanceOf,
  entropyOf,
  mean,
  minus,
  number,
  over,
  root,
  sum,
  times,
} from '../arithmetic.ts';
import type { MeasureDoc, WorkedStep } from '../measure-doc.ts';
import { prose } from './comparing-prose.ts';
import { type ExampleAttention, toAttentionTable, toIds, toSlice } from './example-attention.ts';

const A: ExampleAttention = {
  words: ['He', 'sat', 'down'],
  weights: [[1], [0.5, 0.5], [0.5, 0.5, 0]],
};
const B: ExampleAttention = {
  words: ['He', 'sat', 'down'],
  weights: [[1], [0.5, 0.5], [0.5, 0, 0.5]],
};
const SPREAD_A: ExampleAttention = {
  words: ['He', 'sat', 'down'],
  weights: [[1], [0.6, 0.4], [0.4, 0.3, 0.3]],
};
const SPREAD_B: ExampleAttention = {
  words: ['He', 'sat', 'down'],
  weights: [[1], [0.8, 0.2], [0.2, 0.6, 0.2]],
};
const ONE_TEXT: ExampleAttention = {
  words: ['He', 'sat', 'down'],
  weights: [[1], [0.8, 0.2], [0.5, 0.4, 0.1]],
};
const OTHER_TEXT: ExampleAttention = {
  words: ['We', 'ran', 'off'],
  weights: [[1], [0.4, 0.6], [0.5, 0.2, 0.3]],
};

/** Divergence of two rows as entropies. */
function divergenceOf(p: readonly number[], q: readonly number[]) {
  const half = p.map((each, i) => (each + q[i]) / 2);
  const mixed = entropyOf(half);
  return {
    mixed,
    expression: minus(mixed.value, over(sum([entropyOf(p).value, entropyOf(q).value]), 2)),
  };
}

function divergenceSteps(
  rowsA: readonly (readonly number[])[],
  rowsB: readonly (readonly number[])[],
  first: number,
  says: number,
): readonly WorkedStep[] {
  return rowsA.slice(first).flatMap((p, k) => {
    const { mixed, expression } = divergenceOf(p, rowsB[first + k]);
    return [
      { left: `H(m_${first + k})`, expression: mixed, says: k === 0 ? says : null },
      { left: `\\JS_${first + k}`, expression, says: null },
    ];
  });
}

/** The cells of a matrix without the first column, in rows. */
const withoutFirst = (rows: readonly (readonly number[])[]): readonly number[] =>
  rows.slice(1).flatMap((row) => row.slice(1));

export const COMPARING: readonly MeasureDoc[] = [
  {
    id: 'divergence',
    group: 'comparing',
    formulas: [
      '\\JS(p, q) = H(m) − \\frac{H(p) + H(q)}{2}',
      'm = \\frac{p + q}{2}',
      '\\frac{1}{n} ∑_i \\JS(p_i, q_i)',
    ],
    symbols: ['p, q', 'm', 'H', 'n'],
    facts: [textDivergence],
    needs: ['matrices'],
    related: ['head-distance', 'entropy', 'similar-heads'],
    prose: prose('divergence'),
    work: () => {
      const { sum: total, weight } = compareSlices(
        toSlice(SPREAD_A.weights),
        toSlice(SPREAD_B.weights),
      );
      return {
        tables: [toAttentionTable(SPREAD_A), toAttentionTable(SPREAD_B)],
        steps: [
          { left: '\\JS_0', expression: number(0), says: 0 },
          ...divergenceSteps(SPREAD_A.weights, SPREAD_B.weights, 1, 1),
        ],
        results: [
          {
            left: '\\JS',
            expression: mean([
              0,
              ...SPREAD_A.weights
                .slice(1)
                .map((p, k) => divergenceOf(p, SPREAD_B.weights[k + 1]).expression.value),
            ]),
            value: total / weight,
            unit: 'nats',
          },
        ],
      };
    },
  },
  {
    id: 'head-distance',
    group: 'comparing',
    formulas: ['p_{ij} = 0.999 a_{ij} + \\frac{0.001}{n_i}', 'd = \\frac{1}{n} ∑_i \\JS(p_i, q_i)'],
    symbols: ['a_{ij}', 'n_i', 'p_i, q_i', '\\JS'],
    facts: [headDivergence],
    needs: ['matrix'],
    related: ['divergence', 'similar-heads'],
    prose: prose('head-distance'),
    work: () => {
      const prepared = [A, B].map(({ weights }) => prepareSlice(toSlice(weights), HEAD_SMOOTHING));
      const rows = prepared.map((slice) =>
        Array.from({ length: slice.size }, (_, query) => Array.from(rowOf(slice, query))),
      );
      const [ofA] = rows;
      const divergences = ofA.map((p, i) => divergenceOf(p, rows[1][i]).expression);
      return {
        tables: [toAttentionTable(A), toAttentionTable(B)],
        steps: [
          ...A.weights[2].map((weight, key) => ({
            left: `p_{2${key}}`,
            expression: sum([times(1 - HEAD_SMOOTHING, weight), over(HEAD_SMOOTHING, 3)]),
            says: key === 0 ? 0 : null,
          })),
          { left: '\\JS_0', expression: number(Math.max(0, divergences[0].value)), says: 1 },
          { left: '\\JS_1', expression: number(Math.max(0, divergences[1].value)), says: null },
          { left: '\\JS_2', expression: divergences[2], says: null },
        ],
        results: [
          {
            left: 'd',
            expression: mean(divergences.map(({ value }) => Math.max(0, value))),
            value: computeHeadDistances(prepared)[1],
            unit: 'nats',
          },
        ],
      };
    },
  },
  {
    id: 'similar-heads',
    group: 'comparing',
    formulas: ['\\frac{∑_t x_t y_t}{\\sqrt{∑_t x_t^2} \\sqrt{∑_t y_t^2}}'],
    symbols: ['x_t, y_t', 't'],
    facts: [
      {
        id: 'similar-heads',
        unit: 'score',
        range: [0, 1],
        source: 'cosine of the heads’ mean tiles, the first column aside',
        certainty: 'ours',
      },
    ],
    needs: ['matrix'],
    related: ['head-distance', 'divergence'],
    prose: prose('similar-heads'),
    work: () => {
      const summary = summariseSlices(
        [toSlice(SPREAD_A.weights), toSlice(SPREAD_B.weights)],
        toIds(SPREAD_A.words),
      );
      const [similar] = findSimilarHeads([summary], 0, 0, 1);
      const [x, y] = [withoutFirst(SPREAD_A.weights), withoutFirst(SPREAD_B.weights)];
      const dot = sum(x.map((each, i) => times(each, y[i])));
      const [a, b] = [x, y].map((each) => root(sum(each.map((value) => times(value, value)))));
      return {
        tables: [SPREAD_A, SPREAD_B].map((each) =>
          toAttentionTable(each, (_, column) => column > 0),
        ),
        steps: [
          { left: '∑_t x_t y_t', expression: dot, says: 0 },
          { left: '\\sqrt{∑_t x_t^2}', expression: a, says: 1 },
          { left: '\\sqrt{∑_t y_t^2}', expression: b, says: null },
        ],
        results: [
          {
            left: '\\text{similarity}',
            expression: over(dot.value, times(a.value, b.value)),
            value: similar.similarity,
            unit: 'score',
          },
        ],
      };
    },
  },
  {
    id: 'variability',
    group: 'comparing',
    formulas: ['\\frac{∑_x ∑_{ij} |a_{ij}(x) − \\bar{a}_{ij}|}{2 ∑_x ∑_{ij} a_{ij}(x)}'],
    symbols: ['a_{ij}(x)', '\\bar{a}_{ij}'],
    facts: [variability],
    needs: ['texts'],
    related: ['positional', 'divergence'],
    prose: prose('variability'),
    work: () => {
      const texts = [ONE_TEXT, OTHER_TEXT];
      const cells = texts.map(({ weights }) => withoutFirst(weights));
      const means = cells[0].map((each, i) => (each + cells[1][i]) / 2);
      const differences = cells.map((own) =>
        sum(own.map((each, i) => distanceOf(minus(each, means[i])))),
      );
      const all = times(2, sum(cells.flat()));
      return {
        tables: texts.map((each) => toAttentionTable(each, (_, column) => column > 0)),
        steps: [
          { left: '∑ |a(1) − \\bar{a}|', expression: differences[0], says: 0 },
          { left: '∑ |a(2) − \\bar{a}|', expression: differences[1], says: null },
          { left: '2 ∑ a', expression: all, says: 1 },
        ],
        results: [
          {
            left: '\\text{variability}',
            expression: over(sum(differences.map(({ value }) => value)), all.value),
            value: computeVariability(
              texts.map(({ weights }) => toSlice(weights).packed),
              1,
              3,
            )[0],
            unit: 'share',
          },
        ],
      };
    },
  },
];
