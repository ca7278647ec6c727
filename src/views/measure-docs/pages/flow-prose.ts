import { createProse } from '../measure-doc.ts';

export const prose = createProse('measure-docs-flow', {
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
    where: 'Read: “× values” beside the views of a head.',
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
    where: 'Read: “Where a token’s state comes from”.',
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
    where: 'Read: “Where a token’s state comes from”, followed by flow.',
    also: 'max-flow Abnar Zuidema graph capacity',
  },
});
