import { computeFlow } from '../../../measures/flow.ts';
import { addResidual, computeRollout } from '../../../measures/rollout.ts';
import { renormaliseRows, weightByValues } from '../../../measures/value-weighted.ts';
import { rowStart, weightAt } from '../../../tensor/causal-slice.ts';
import { over, smallest, sum, times } from '../arithmetic.ts';
import type { MeasureDoc } from '../measure-doc.ts';
import { type ExampleAttention, toAttentionTable, toSlice } from './example-attention.ts';
import { prose } from './flow-prose.ts';

const SINK: ExampleAttention = {
  words: ['The', 'cat', 'sat'],
  weights: [[1], [0.9, 0.1], [0.8, 0.15, 0.05]],
};
const NORMS = [0.1, 2, 4];

const LAYERS: readonly ExampleAttention[] = [
  { words: ['The', 'cat'], weights: [[1], [0.5, 0.5]] },
  { words: ['The', 'cat'], weights: [[1], [0.8, 0.2]] },
];
const SLICES = LAYERS.map(({ weights }) => toSlice(weights));
/** [layer][query][key] with the residual stream, as the program has it. */
const MIXED = SLICES.map((slice) => {
  const packed = addResidual(slice);
  return [0, 1].map((query) => Array.from(packed.subarray(rowStart(query), rowStart(query + 1))));
});

export const FLOW: readonly MeasureDoc[] = [
  {
    id: 'value-weighted',
    group: 'flow',
    formulas: ['a_{ij} · ‖v_j W_O‖', '\\frac{a_{ij} ‖v_j W_O‖}{∑_k a_{ik} ‖v_k W_O‖}'],
    symbols: ['a_{ij}', 'v_j W_O'],
    facts: [
      {
        id: 'value-weighted',
        unit: 'score',
        range: [0, null],
        source: 'Kobayashi et al. 2020 [MEM]',
        certainty: 'standard',
      },
    ],
    needs: ['matrix', 'weights'],
    related: ['first', 'rollout', 'ov-copying'],
    prose: prose('value-weighted'),
    work: () => {
      const slice = renormaliseRows(
        weightByValues(toSlice(SINK.weights), Float32Array.from(NORMS)),
      );
      const products = SINK.weights[2].map((weight, key) => times(weight, NORMS[key]));
      const total = sum(products.map(({ value }) => value));
      const result = (key: number) => ({
        left: `\\text{${SINK.words[key]}}`,
        expression: over(products[key].value, total.value),
        value: weightAt(slice, 2, key),
        unit: 'share' as const,
      });
      return {
        tables: [
          toAttentionTable(SINK),
          { rows: ['‖v Wₒ‖'], columns: SINK.words, values: [NORMS], kind: 'plain' },
        ],
        steps: [
          ...products.map((expression, key) => ({
            left: `a_{2${key}} ‖v_${key} W_O‖`,
            expression,
            says: key === 0 ? 0 : null,
          })),
          { left: '∑', expression: total, says: 1 },
        ],
        results: [result(0), result(2)],
      };
    },
  },
  {
    id: 'rollout',
    group: 'flow',
    formulas: ['A′_l = \\frac{1}{2} (A_l + I)', 'R_0 = A′_0', 'R_l = A′_l R_{l − 1}'],
    symbols: ['A_l', 'I', 'A′_l', 'R_l'],
    facts: [
      {
        id: 'rollout',
        unit: 'share',
        range: [0, 1],
        source: 'Abnar & Zuidema 2020; methods 5.11 [CODE]',
        certainty: 'standard',
      },
    ],
    needs: ['matrices'],
    related: ['flow', 'value-weighted'],
    prose: prose('rollout'),
    work: () => {
      const rolled = computeRollout(SLICES);
      const mixes = LAYERS.map(({ weights }) => [
        over(sum([weights[1][0], 0]), 2),
        over(sum([weights[1][1], 1]), 2),
      ]);
      return {
        tables: LAYERS.map((layer) => toAttentionTable(layer)),
        steps: [
          ...mixes.flatMap(([toFirst, toItself], layer) => [
            { left: `A′_${layer}[1, 0]`, expression: toFirst, says: layer },
            { left: `A′_${layer}[1, 1]`, expression: toItself, says: null },
          ]),
          {
            left: 'R_1[1, 0]',
            expression: sum([
              times(MIXED[1][1][0], MIXED[0][0][0]),
              times(MIXED[1][1][1], MIXED[0][1][0]),
            ]),
            says: 2,
          },
        ],
        results: [
          {
            left: 'R_1[1, 0]',
            expression: sum([MIXED[1][1][0] * MIXED[0][0][0], MIXED[1][1][1] * MIXED[0][1][0]]),
            value: weightAt(rolled[1], 1, 0),
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'flow',
    group: 'flow',
    formulas: ['\\frac{f_j}{∑_k f_k}'],
    symbols: ['A′_l[i, j]', 'f_j'],
    facts: [
      {
        id: 'flow',
        unit: 'share',
        range: [0, 1],
        source: 'Abnar & Zuidema 2020; methods 5.11 [CODE]',
        certainty: 'standard',
      },
    ],
    needs: ['matrices'],
    related: ['rollout', 'value-weighted'],
    prose: prose('flow'),
    work: () => {
      const { share } = computeFlow(SLICES, 1);
      const [layer0, layer1] = MIXED;
      const toFirst = sum([
        smallest([layer1[1][0], layer0[0][0]]),
        smallest([layer1[1][1], layer0[1][0]]),
      ]);
      const toItself = smallest([layer1[1][1], layer0[1][1]]);
      const total = sum([toFirst.value, toItself.value]);
      return {
        tables: MIXED.map((weights, layer) => toAttentionTable({ ...LAYERS[layer], weights })),
        steps: [
          { left: 'f_0', expression: toFirst, says: 0 },
          { left: 'f_1', expression: toItself, says: 1 },
        ],
        results: [toFirst, toItself].map(({ value }, token) => ({
          left: `\\frac{f_${token}}{f_0 + f_1}`,
          expression: over(value, total),
          value: share[token],
          unit: 'share' as const,
        })),
      };
    },
  },
];
