import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('domain-weights', {
  title: 'Sizes of attention weights',
  form: 'Form',
  shares: 'share per doubling',
  cumulative: 'share below',
  layer: 'Layers',
  allLayers: 'all together',
  oneLayer: 'layer {{layer}}',
  subtitleAll: 'all layers and heads together, without the first key',
  subtitleLayer: 'layer {{layer}}, all heads, without the first key',
  about:
    'How large single attention weights are: most are tiny, a few are large. A curve that lies further left or higher means that more of the attention is made of small pieces.',
  formulaShares:
    'share of all a_ij (1 ≤ j ≤ i) with 2^-k ≤ a_ij < 2^-(k-1), over the texts of a set',
  formulaCumulative: 'share of all a_ij (1 ≤ j ≤ i) below a size, over the texts of a set',
  source:
    'figure “weights by domain” of Jawale et al. 2024, whose form is not known; methods 1.5 [RECON]',
  axisX: 'attention weight →',
  axisShares: '% of all weights',
  axisCumulative: '% of all weights below',
  axisLayer: 'layer →',
  axisLarge: '% of weights of {{size}} and more',
  label:
    'Sizes of attention weights by set. Left and right keys move over the sizes, Home and End go to the ends; T shows the table.',
  bin: 'weights from {{from}} to {{to}}',
  lowest: 'weights below {{to}}',
  below: 'weights below {{to}}',
  value: '{{set}}: {{value}}',
  median: '{{set}}: half below {{median}}',
  from: 'from',
  to: 'to',
});
