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
import { createProse, type MeasureDoc, type WorkedStep } from '../measure-doc.ts';
import { type ExampleAttention, toAttentionTable, toIds, toSlice } from './example-attention.ts';

const prose = createProse('measure-docs-comparing', {
  divergence: {
    title: 'Jensen–Shannon divergence',
    sentence:
      'How differently attention is spread in two matrices over the same keys: one head on two texts, or two models on one text.',
    reading: '0: the same. ln 2 = 0.693: each looks only where the other does not.',
    symbols: [
      'one row of each matrix, made to sum to 1',
      'the two rows’ mean',
      'entropy of a row',
      'number of rows that both have',
    ],
    tables: ['Matrix A', 'Matrix B'],
    steps: [
      'Row 0 is the same in both by necessity: it adds 0 and is counted.',
      'The other rows: entropy of the mean row, less the mean of the two entropies.',
    ],
    results: ['divergence'],
    limits: [
      'It compares place by place: two texts are comparable only where position i means the same in both, as in a text and its variant.',
      'It does not say which of the two is right, or whether the difference matters for the answer.',
      'Row 0 and other early rows can hardly differ and pull the mean down in short texts.',
      'With sinks most weight is the same in both, so that values are small; their order says more than their size. Rows of no weight are left out and counted.',
    ],
    where: 'Domains and Atlas: how heads differ between texts and models. Tables and exports.',
    also: 'JS Jensen Shannon texts models heads difference KL',
  },
  'head-distance': {
    title: 'Distance between heads',
    sentence: 'How differently two heads look at the same text.',
    reading: '0: alike. At most ln 2 = 0.693.',
    symbols: [
      'weight of key j for query i',
      'number of keys that query i may look at',
      'rows of the two heads, smoothed',
      'Jensen–Shannon divergence of two rows',
    ],
    tables: ['Head A', 'Head B'],
    steps: [
      'Weights are smoothed a little, so that a weight of 0 is not a hard no: row 2 of head A becomes this.',
      'The divergence of each row.',
    ],
    results: ['distance between A and B'],
    limits: [
      'Heads that look alike need not do the same: what they carry away is in their values.',
      'Most heads rest on the first token most of the time, and are near to each other for that reason alone.',
      'The source sums over rows and smooths over all tokens; here the mean over rows is taken and only keys that a query may look at get a share, because attention is causal.',
    ],
    where: 'Atlas: similar heads and their map.',
    also: 'JS between heads clustering Clark MDS similar',
  },
  'similar-heads': {
    title: 'Similar heads (ours)',
    sentence: 'How alike the pictures of two heads are on this text.',
    reading: '1: the same picture up to its strength. 0: no cell in common.',
    symbols: [
      'mean weight of a tile (a square of cells) in the two heads; short texts have one cell a tile',
      'all tiles but the first column',
    ],
    tables: ['Head A', 'Head B'],
    steps: [
      'Products of cells at the same place, the first column left out.',
      'The length of each picture.',
    ],
    results: ['similarity'],
    limits: [
      'The first column is left out, because resting on the first token makes most heads look alike.',
      'It holds for this text only; another may part the two heads.',
      'In long texts a tile pools many cells: heads that look at neighbouring tokens can fall together.',
    ],
    where: 'Read: “Similar heads” of the head card.',
    also: 'cosine tiles thumbnail nearest',
  },
  variability: {
    title: 'Variability',
    sentence:
      'How much a head’s attention changes from text to text: whether it goes by what is said or only by the place.',
    reading: '0: the same on every text, position only. Towards 1: content only.',
    symbols: ['weight of key j for query i in text x', 'its mean over texts'],
    tables: ['First text', 'Second text'],
    steps: [
      'The mean of the two texts in each cell, the first column left out, and how far the texts are from it.',
      'Twice all weights.',
    ],
    results: ['variability'],
    limits: [
      'Only the first ten positions are compared, as in the source (three in this example), because later ones are spread over more keys.',
      'With few texts it is too small: two texts cannot give more than one half.',
      'The first key is left out; a head that does nothing but rest has little left to compare, and its value is noisy.',
    ],
    where: 'Domains and Atlas: the role “positional”; tables and exports.',
    also: 'content position Vig Belinkov change',
  },
});

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
