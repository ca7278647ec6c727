import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('domain-maps', {
  title: 'Layers and heads',
  view: 'What is shown',
  map: 'layer × head',
  layers: 'by layer',
  heads: 'by head',
  shows: 'Values or differences',
  values: 'each set',
  difference: 'difference',
  subtitleValues: '{{measure}}, each set',
  subtitleDifference: '{{measure}}, each set less {{reference}}',
  difference2: '{{set}} − {{reference}}',
  aboutMap:
    '{{measure}} Each cell is one head, pooled over the texts of its set; all maps share one scale. In differences, orange means more than in the reference, blue less, and a frame marks heads that differ significantly. Without the first key, a head that rests on it by more than 99 % in a text has no value there (ours).',
  aboutLines:
    '{{measure}} One line a set: the mean over heads of each layer, or over layers of each head index. The band holds the 95 % interval when whole texts are drawn anew.',
  formulaDifference: '{{formula}}; Δ = set − reference; framed: adjusted p < .05',
  formulaLines:
    '{{formula}}; then the plain mean; band: percentile bootstrap over texts, {{resamples}} resamples, seed {{seed}}',
  axisHeads: '↓ head',
  axisLayers: 'layer →',
  axisX: 'layer →',
  axisXHeads: 'head →',
  labelMap:
    '{{title}}: layer by head. Arrow keys move over layers and heads, Home and End go to the ends; T shows the table.',
  labelLines:
    '{{measure}} as lines. Left and right keys move, Home and End go to the ends; T shows the table.',
  place: 'L{{layer}}·H{{head}}',
  layer: 'layer {{index}}',
  head: 'head {{index}}',
  values2: '{{set}}: {{value}}',
  against: '{{set}} {{value}}, {{reference}} {{referenceValue}}',
  differs: '{{difference}}, adjusted p {{p}}',
  notTested: '{{difference}}',
  withBand: '{{set}}: {{value}} ({{interval}})',
  framed: 'framed: adjusted p < .05',
  framedNone: 'no head differs significantly',
  isReference: 'the reference',
  notMeasured: 'These results hold no {{measure}}.',
  loLimit: '≤ {{value}}',
  hiLimit: '≥ {{value}}',
  band: 'bands: 95 % interval over texts',
  ours: 'means over heads and layers are ours',
  pColumn: 'adjusted p ({{title}})',
  low: '{{set}} low',
  high: '{{set}} high',
});
