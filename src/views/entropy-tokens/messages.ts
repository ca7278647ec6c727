import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('entropy-tokens', {
  title: 'Entropy',
  tokens: 'this head',
  'token-layer': 'token × layer',
  'layer-head': 'layer × head',
  view: 'What is shown',
  unit: 'Unit of entropy',
  nats: 'nats',
  keys: 'keys',
  bits: 'bits',
  normalised: 'share of maximum',
  subtitleTokens:
    'layer {{layer}} head {{head}}, {{unit}}; the line is the largest entropy possible at that position',
  subtitleMap: '{{unit}}; {{what}}',
  meanHeads: 'mean over the heads of a layer',
  meanQueries: 'mean over the tokens of the text',
  about:
    'How spread out each token’s attention is: 0 when all of it goes to one token, high when it is spread over many. A token can only look at itself and what came before, so the largest value possible grows along the text.',
  formula: 'H_i = −Σ_j a_ij ln a_ij ≤ ln(i + 1); effective number of keys = exp(H_i)',
  source: 'Vig & Belinkov 2019; Ghader & Monz 2017',
  modeDrop: 'first token’s term omitted, not renormalised',
  modeRenormalise: 'first token deleted, rows renormalised',
  modeKeep: 'all keys',
  label: 'Entropy along the text. Arrow keys move; T shows the table.',
  value: 'token {{index}} “{{text}}”: {{value}} of at most {{maximum}}, {{keys}} effective keys',
  cell: '{{where}}: {{value}}',
  layer: 'layer {{layer}}',
  head: 'head {{head}}',
  undefined: 'undefined here',
  pooled: 'Several tokens share a bar; the bar is the largest of them.',
});
