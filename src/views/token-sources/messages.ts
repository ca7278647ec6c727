import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('token-sources', {
  title: 'Where a token’s state comes from',
  method: 'Followed by',
  rollout: 'rollout',
  flow: 'flow',
  mean: 'one layer',
  subtitle: '{{method}} from query {{query}} “{{text}}”',
  aboutRollout:
    'Every layer mixes tokens again, so what stands at a token after several layers comes from many. Rollout multiplies the layers’ attention, half of it kept for the token itself: each row says how the state after that layer is mixed of the tokens below.',
  aboutFlow:
    'The same network of layers seen as pipes: how much could flow from the token, through all layers, to each token of the text. Each weight is a pipe’s width.',
  aboutMean:
    'The mean over the heads of each layer alone, without what the layers below had mixed already.',
  formulaRollout:
    'R_0 = A′_0, R_l = A′_l R_(l−1), A′_l = rows of (mean over heads of A_l) + I, normalised',
  formulaFlow:
    'largest flow from the query after the last layer to each token, capacities A′_l; divided by the sum over tokens',
  formulaMean: 'mean over heads h of a_l,h,query,key',
  source: 'Abnar & Zuidema 2020; the mean over heads as there',
  layers: '↓ layer',
  allLayers: 'all',
  keys: 'key: where it comes from →',
  label:
    'How much of the query’s state comes from each token, layer by layer. Arrow keys move through keys and layers, T shows the table.',
  place: 'after layer {{layer}}, from key {{key}} “{{text}}”',
  placeFlow: 'through all layers, from key {{key}} “{{text}}”',
  placeMean: 'in layer {{layer}}, from key {{key}} “{{text}}”',
  ask: 'Read all layers',
  mustAsk:
    'All layers of these {{count}} tokens are read when you ask for it: it takes a few seconds.',
  atLeast: '≥ {{share}}',
  reading: 'Reading all layers …',
  tooLong: 'This is computed for at most {{limit}} tokens; the text has {{count}}.',
  tooLongFlow:
    'Flow is computed for queries among the first {{limit}} tokens; the query is token {{query}}.',
  tooLongNext: 'Shorten the text, or select an earlier token.',
  useRollout: 'Use rollout',
  again: 'Run the text again',
  recorded: 'A recorded run does not hold all layers: this is shown once the model is ready.',
});
