import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('domain-variability', {
  title: 'Position or content',
  subtitle: 'variability of the first {{side}} positions; sink rate',
  about:
    'Whether a head looks at places or at words: over the texts of a set, how much its attention to the same positions changes. 0: the same whatever the text says, so position decides; 1: nothing is shared, content decides.',
  formula:
    'Σ_x Σ_ij |a_ij(x) − mean_x a_ij| / (2 Σ_x Σ_ij a_ij), i < {{side}}, 1 ≤ j ≤ i; sink rate: share of heads with a mean attention to the first token above {{mass}}',
  source:
    'Vig & Belinkov 2019 (variability), Gu et al. 2024 (sink rate), from the literature, not re-read',
  sinkRate: 'sink rate {{rate}}',
  tooFew: 'Variability needs two finished texts of {{side}} tokens or more in a set.',
  label:
    'Variability of each head on {{name}}. Arrow keys move the selected head; T shows the table.',
  axisHeads: '↓ head',
  axisLayers: 'layer →',
  legend: 'variability',
  place: 'L{{layer}}·H{{head}} on {{name}}',
  value: 'variability {{value}}',
});
