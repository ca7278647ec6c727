import { distance, distanceTail } from '../../../measures/heads/distance.ts';
import { countOffsets, findCommonOffset, positional } from '../../../measures/heads/positional.ts';
import { getValue, poolTogether } from '../../../measures/measure.ts';
import { summariseSlices } from '../../../tensor/summarise-slices.ts';
import { number, over, sum, times } from '../arithmetic.ts';
import type { MeasureDoc } from '../measure-doc.ts';
import { prose } from './distance-prose.ts';
import {
  type ExampleAttention,
  measureExample,
  toAttentionTable,
  toIds,
  toSlice,
  WIDENING,
} from './example-attention.ts';

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
