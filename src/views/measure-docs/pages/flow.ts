import { computeFlow } from '../../../measures/flow.ts';
import { addResidual, computeRollout } from '../../../measures/rollout.ts';
import { renormaliseRows, weightByValues } from '../../../measures/value-weighted.ts';
import { rowStart, weightAt } from '../../../tensor/causal-slice.ts';
import { over, smallest, sum, times } from '../arithmetic.ts';
import { createProse, type MeasureDoc } from '../measure-doc.ts';
import { type ExampleAttention, toAttentionTable, toSlice } from './example-attention.ts';

const prose = createProse('measure-docs-flow', {
  'value-weighted': {
    title: 'Value-weighted attention',
    sentence:
      'Attention times the length of what it carries: how much each key really adds to a token.',
    reading:
      'Raw, in the length of the stream’s vectors; with rows divided by their sums it compares with weights.',
    symbols: [
      'weight of key j for query i',
      'the value of key j, as the head’s output writes it into the stream',
    ],
    tables: [
      'The head’s weights; the first key is a sink.',
      'Lengths of what each key carries: the sink’s value is short.',
    ],
    steps: ['The last row: weight times length.', 'Divided by their sum.'],
    results: ['first key, row divided by its sum', 'last key, row divided by its sum'],
    limits: [
      'Length only: two long parts that point in opposite directions cancel, and this does not see it.',
      'A long vector need not matter for the answer, nor a short one be without effect.',
      'It shows why a sink with nearly all weight can do nearly nothing; raw attention is shown beside it for that reason.',
    ],
    where: 'Read: “weighted by values” of the head’s views. Atlas: evidence.',
    also: 'norm based Kobayashi OV value norm',
  },
  rollout: {
    title: 'Attention rollout',
    sentence:
      'How much each position, after several layers, is made of each token of the text, if attention and the residual stream were all there is.',
    reading: 'A row sums to 1.',
    symbols: [
      'mean of the weights of all heads of layer l',
      'the identity: what the residual stream carries on',
      'the two together, rows made to sum to 1',
      'rollout after layer l',
    ],
    tables: ['Layer 0, mean over heads', 'Layer 1, mean over heads'],
    steps: [
      'Half attention, half the stream itself, in the last row of layer 0.',
      'The same in layer 1.',
      'Paths from the last token after layer 1 to the first: by way of position 0 and of position 1.',
    ],
    results: ['share of the first token'],
    limits: [
      'Half for the stream is a rule of thumb; real streams carry far more of themselves than attention adds.',
      'It multiplies means over heads: that heads do different things is lost. MLPs, values and norms are not in it.',
      'In deep causal models nearly all of it gathers on the first tokens, whatever the text says.',
    ],
    where: 'Read: the layers’ paths of a token. Atlas.',
    also: 'Abnar Zuidema residual multiply layers',
  },
  flow: {
    title: 'Attention flow',
    sentence:
      'Layers as pipes as wide as attention: how much could flow from a token’s place at the top down to each token of the text.',
    reading: 'Flows are divided by their sum; a share of the tokens up to the query.',
    symbols: [
      'width of the pipe from position i after layer l to position j before it: attention with the residual stream, as for rollout',
      'the largest flow that reaches token j',
    ],
    tables: [
      'Layer 0 with the residual stream: widths of its pipes.',
      'Layer 1 with the residual stream.',
    ],
    steps: [
      'From the last token to token 0: by position 0 or by position 1; each way carries what its narrowest pipe lets through.',
      'To token 1 there is one way.',
    ],
    results: ['share of token 0', 'share of token 1'],
    limits: [
      'Each token’s flow is computed as if it were the only one: flows add up to more than the pipes carry, which is why shares are taken.',
      'Like rollout it knows neither values nor MLPs.',
      'It grows costly: it is computed for texts of up to 40 tokens.',
    ],
    where: 'Read: the layers’ paths of a token.',
    also: 'max-flow Abnar Zuidema graph capacity',
  },
});

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
