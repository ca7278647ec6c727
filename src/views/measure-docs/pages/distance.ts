import { distance, distanceTail } from '../../../measures/heads/distance.ts';
import { countOffsets, findCommonOffset, positional } from '../../../measures/heads/positional.ts';
import { getValue, poolTogether } from '../../../measures/measure.ts';
import { summariseSlices } from '../../../tensor/summarise-slices.ts';
import { number, over, sum, times } from '../arithmetic.ts';
import { createProse, type MeasureDoc } from '../measure-doc.ts';
import {
  type ExampleAttention,
  measureExample,
  toAttentionTable,
  toIds,
  toSlice,
  WIDENING,
} from './example-attention.ts';

const prose = createProse('measure-docs-distance', {
  distance: {
    title: 'Attention distance',
    sentence: 'How many tokens back a head looks, on average.',
    reading:
      'In tokens. 0: each token looks at itself. 1: at the one before it. Weights spread evenly over all earlier tokens of n give (n − 1) / 4.',
    symbols: ['weight of key j for query i', 'how many tokens back the key is'],
    tables: [
      'Each row is a query, each column a key. On the diagonal the distance is 0, beside it 1, and so on.',
    ],
    steps: [
      'Weight times distance, row by row (cells on the diagonal add nothing).',
      'All weights together: each row sums to 1, so this is the number of queries.',
      'Without the first key: its column is taken out of both sums. This is how the program shows it unless you say otherwise.',
    ],
    results: ['all keys', 'without the first key'],
    limits: [
      'With the first key kept it mostly measures the sink: a head that rests on the first token looks as if it looked far back, the more so the longer the text is.',
      'It grows with the length of the text; compare texts cut to the same number of tokens.',
      'It is a mean: half of the weight on the neighbour and half fifty tokens back gives 25, where the head never looks.',
      'Distances are in tokens of this model’s tokenizer; another cuts the same words into more or fewer.',
    ],
    where:
      'Read: the head card, the order and filter of the head grid. Domains: by layer, by head and as a map, and as difference between domains.',
    also: 'range locality how far back span pooled',
  },
  pooling: {
    title: 'Texts taken together',
    sentence:
      'How a head’s values on several texts become one value: sums are added before they are divided, so that a long text counts by its length.',
    reading:
      'In the unit of the measure. It lies between the smallest and the largest of the texts’ own values.',
    symbols: ['a text', 'what the measure sums up in text x, and what this is divided by'],
    tables: ['A first text of four tokens.', 'A second text of two tokens.'],
    steps: [
      'The first text: sum and weight of attention distance, all keys.',
      'The second text.',
      'The mean of the two texts’ own values would be another number; it is not what is shown.',
    ],
    results: ['both texts taken together'],
    limits: [
      'A pooled value has no spread: statistics use one value a text instead, because the text is what was sampled.',
      'Long texts dominate. Texts are therefore cut to equal length in Domains.',
      'A text in which a measure is undefined (no token repeats, for example) adds nothing, and is not counted as 0.',
    ],
    where: 'Domains and Atlas: every value that stands for more than one text.',
    also: 'pool average corpus weighted mean several texts',
  },
  positional: {
    title: 'Positional heads',
    sentence:
      'The share of tokens whose strongest key is at one and the same distance: whether a head looks by place rather than by content.',
    reading: 'From 0.9 on a head counts as positional, as in the source.',
    symbols: [
      'a distance in tokens: 0 the token itself, 1 the one before it',
      'the key with the largest weight in row i',
    ],
    tables: ['The strongest key of each query is marked.'],
    steps: [
      'Queries from 1 on whose strongest key is at the most common distance, of all of them.',
    ],
    results: ['largest share over distances'],
    limits: [
      'Only the strongest key counts: .34 against .33 counts as much as .99.',
      'A head that looks at the first token is not positional in this sense, since the distance to it grows; see first-token mass.',
      'On a short or repetitive text content and place can agree by chance. The atlas therefore takes many texts together.',
    ],
    where: 'Atlas: the role “positional”. Tables and exports of heads.',
    also: 'offset relative position argmax Voita previous next',
  },
});

const { weights } = WIDENING;

/** Σ a (i − j) of some rows as products that are written out. */
function weighted(rows: readonly (readonly number[])[], first: number) {
  const terms = rows.flatMap((row, i) =>
    row.flatMap((weight, key) =>
      key >= first && key < i && weight > 0 ? [times(weight, i - key)] : [],
    ),
  );
  return sum(terms.length > 0 ? terms : [0]);
}

const all = (rows: readonly (readonly number[])[], first: number): number =>
  rows.reduce((total, row) => total + row.slice(first).reduce((a, b) => a + b, 0), 0);

const SECOND: ExampleAttention = { words: ['The', 'dog'], weights: [[1], [0.8, 0.2]] };

function poolOf({ words, weights: rows }: ExampleAttention) {
  const ids = toIds(words);
  const summary = summariseSlices([toSlice(rows)], ids);
  return distance.pool(summary, 0);
}

const STEADY: ExampleAttention = {
  words: ['A', 'cat', 'sat', 'on', 'it'],
  weights: [[1], [0.7, 0.3], [0.2, 0.6, 0.2], [0, 0, 0.9, 0.1], [0.1, 0.7, 0, 0.1, 0.1]],
};

export const DISTANCE: readonly MeasureDoc[] = [
  {
    id: 'distance',
    group: 'distance',
    formulas: ['D = \\frac{∑_i ∑_j a_{ij} (i − j)}{∑_i ∑_j a_{ij}}'],
    symbols: ['a_{ij}', 'i − j'],
    facts: [distance, distanceTail],
    needs: ['rows'],
    related: ['pooling', 'positional', 'first'],
    prose: prose('distance'),
    work: () => ({
      tables: [toAttentionTable(WIDENING)],
      steps: [
        ...weights.slice(1).map((_, k) => ({
          left: `∑_j a_{${k + 1}j} (${k + 1} − j)`,
          expression: weighted(
            weights.map((row, i) => (i === k + 1 ? row : [])),
            0,
          ),
          says: k === 0 ? 0 : null,
        })),
        { left: '∑_i ∑_j a_{ij}', expression: number(all(weights, 0)), says: 1 },
        {
          left: '∑_i ∑_{j ≥ 1} a_{ij} (i − j)',
          expression: weighted(weights, 1),
          says: 2,
        },
        {
          left: '∑_i ∑_{j ≥ 1} a_{ij}',
          expression: sum(weights.slice(1).map((row) => all([row], 1))),
          says: null,
        },
      ],
      results: [
        {
          left: 'D',
          expression: over(
            sum(
              weights.slice(1).map(
                (_, k) =>
                  weighted(
                    weights.map((row, i) => (i === k + 1 ? row : [])),
                    0,
                  ).value,
              ),
            ),
            all(weights, 0),
          ),
          value: measureExample(distance, WIDENING),
          unit: 'tokens',
        },
        {
          left: 'D',
          expression: over(weighted(weights, 1).value, all(weights, 1)),
          value: measureExample(distanceTail, WIDENING),
          unit: 'tokens',
        },
      ],
    }),
  },
  {
    id: 'positional',
    group: 'distance',
    formulas: ['\\max_k \\share_{i ≥ 1} ( \\argmax_j a_{ij} = i − k )'],
    symbols: ['k', '\\argmax_j a_{ij}'],
    facts: [positional],
    needs: ['rows'],
    related: ['distance', 'previous', 'current'],
    prose: prose('positional'),
    work: () => {
      const ids = toIds(STEADY.words);
      const summary = summariseSlices([toSlice(STEADY.weights)], ids);
      const common = findCommonOffset(countOffsets(summary, 0));
      const offsets = STEADY.weights.map((row, i) => i - row.indexOf(Math.max(...row))).slice(1);
      const count = (offset: number): number => offsets.filter((each) => each === offset).length;
      const most = common?.offset ?? 0;
      return {
        tables: [
          toAttentionTable(STEADY, (row, column) => row > 0 && row - offsets[row - 1] === column),
        ],
        steps: [...new Set(offsets)].map((offset, k) => ({
          left: `k = ${offset}`,
          expression: over(count(offset), offsets.length),
          says: k === 0 ? 0 : null,
        })),
        results: [
          {
            left: `k = ${most}`,
            expression: over(count(most), offsets.length),
            value: getValue(positional.pool(summary, 0)),
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'pooling',
    group: 'statistics',
    formulas: ['\\frac{∑_x S_x}{∑_x W_x}'],
    symbols: ['x', 'S_x, W_x'],
    facts: [
      {
        id: 'pooling',
        unit: 'none',
        range: [null, null],
        source:
          'Jawale et al. 2024 and Vig & Belinkov 2019 for distance, the same for all measures; methods 1.1 [2ND]',
        certainty: 'standard',
      },
    ],
    needs: ['texts'],
    related: ['distance', 'bootstrap'],
    prose: prose('pooling'),
    work: () => {
      const [a, b] = [poolOf(WIDENING), poolOf(SECOND)];
      return {
        tables: [toAttentionTable(WIDENING), toAttentionTable(SECOND)],
        steps: [
          { left: 'S_1', expression: number(a.sum), says: 0 },
          { left: 'W_1', expression: number(a.weight), says: null },
          { left: 'S_2', expression: number(b.sum), says: 1 },
          { left: 'W_2', expression: number(b.weight), says: null },
          {
            left: '\\frac{1}{2} (\\frac{S_1}{W_1} + \\frac{S_2}{W_2})',
            expression: over(sum([over(a.sum, a.weight), over(b.sum, b.weight)]), 2),
            says: 2,
          },
        ],
        results: [
          {
            left: '\\frac{S_1 + S_2}{W_1 + W_2}',
            expression: over(sum([a.sum, b.sum]), sum([a.weight, b.weight])),
            value: getValue(poolTogether([a, b])),
            unit: 'tokens',
          },
        ],
      };
    },
  },
];
