import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('domain-examples', {
  title: 'One text of each set, token by token',
  subtitle: 'entropy of layer {{layer}} head {{head}} at each token, {{unit}}',
  about:
    'One text a set, one bar a token: how spread out the selected head’s attention is when it stands on that token. All texts share one scale, so that they can be read against each other.',
  formula:
    'H_i of one head for every token i ≥ 1 ({{mode}}); the first token can look at itself alone and is left out',
  source:
    'Jawale et al. 2024, “example … entropy by token” for one head of their model; methods 1.7',
  keep: 'all keys',
  'drop-renormalise': 'first token deleted, rows renormalised',
  nats: 'nats',
  text: 'Text of {{set}}',
  layer: 'Layer',
  head: 'Head',
  axisY: 'nats',
  axisX: 'token →',
  label:
    'Entropy of one head, token by token, one text a set. Arrow keys move along a text and from text to text; T shows the table.',
  place: '{{set}}, token {{index}} “{{text}}”',
  value: '{{value}} of at most {{maximum}} nats',
  undefined: 'undefined here',
  loading: 'Waiting for the model …',
  noModel:
    'These results come from another model than the one that is loaded: load that one to run single texts.',
  mean: '{{set}}: mean {{value}} nats',
  dashed: 'dashed: the largest possible there',
  note: 'to begin with, the text whose mean entropy over all heads lies nearest to its set’s',
  columnSet: 'set',
  columnText: 'text',
  columnToken: 'token',
  columnPosition: 'position',
  columnEntropy: 'entropy (nats)',
  columnMaximum: 'largest possible (nats)',
});
