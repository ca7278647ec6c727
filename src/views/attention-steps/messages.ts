import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('attention-steps', {
  about:
    'How one query’s attention comes about. Its vector is compared with each key’s (score); what comes after it is masked; the softmax turns scores into weights that sum to 1; the values, weighted so, are added up to what the head puts out.',
  formula:
    's_j = q · k_j · c (c = 1 / √d in most models);  a_j = e^(s_j − m) / Σ e^(s − m),  m = max s;  o = Σ a_j v_j',
  formulaOf: 's = {{score}};  a_j = e^(s_j − m) / Σ e^(s − m),  m = max s;  o = Σ a_j v_j',
  source: 'Vaswani et al. 2017, section 3.2.1; positions rotated into q and k: Su et al. 2021',
  label:
    'How one query’s attention is computed. Up and down go through the keys by score, left and right change the query, Page Up and Page Down turn the page; T shows the table.',
  needTokens: 'The steps are of single tokens. Choose the unit “token” above to see them.',
  needModel:
    'This is a recorded run: it holds weights, not the vectors that led to them. The steps appear when the model has loaded and run.',
  working: 'Reading the vectors of this query …',
  again: 'Run the text again',
  query: '1  query vector q of {{query}} “{{text}}”, {{size}} numbers',
  keyColumn: '2  key k',
  products: 'q·k / √{{size}}',
  scaledProducts: '{{scale}} q·k',
  scaledColumn: '{{scale}}q·k',
  cappedScore: '{{cap}} tanh({{products}} / {{cap}})',
  cappedColumn: 'capped s',
  tableScore: 'score {{score}}',
  exponentialColumn: 'e^(s − m)',
  weightColumn: '4  weight',
  valueColumn: '5  value v',
  others_one: '{{count}} other key: {{mass}} together',
  others_other: '{{count}} other keys: {{mass}} together',
  mask_one: '3  mask: {{count}} later token has score −∞ and so weight 0',
  mask_other: '3  mask: {{count}} later tokens have score −∞ and so weight 0',
  maskWindow_one:
    '3  mask: {{hidden}} later tokens, and {{count}} earlier one outside this layer’s window, have score −∞ and so weight 0',
  maskWindow_other:
    '3  mask: {{hidden}} later tokens, and {{count}} earlier ones outside this layer’s window, have score −∞ and so weight 0',
  maskNone: '3  mask: nothing hidden, no token comes after the query',
  softmaxMaximum: '4  softmax: m = {{maximum}}, the largest score (key {{key}}), is taken off;',
  softmaxSum: '    so nothing overflows. Then weight = e^(s − m) / {{sum}}',
  output: '5  output o = Σ weight × v, what this head writes for {{query}} “{{text}}”',
  ranges: 'blue below 0, orange above, square-root scale: q ±{{q}}, k ±{{k}}, v ±{{v}}, o ±{{o}}',
  deviation: 'softmax and sum computed here differ from the model’s by {{deviation}} at most',
  asComputed: 'As the model computes it: display options do not apply here.',
  page: 'keys {{first}}–{{last}} of {{count}} by score',
  previous: 'Higher scores (Page Up)',
  next: 'Lower scores (Page Down)',
  defaultQuery: 'No query is selected: this is the last token.',
  row: 'key {{key}} “{{text}}”: score {{score}}, e^(s − m) {{exponential}}, weight {{weight}} ({{percent}})',
  keyPart: 'key {{key}} “{{text}}”: k[{{i}}] = {{value}}, adds {{part}} to the score',
  keyPartCapped:
    'key {{key}} “{{text}}”: k[{{i}}] = {{value}}, adds {{part}} to the score before its cap',
  valuePart: 'key {{key}} “{{text}}”: v[{{i}}] = {{value}}, adds {{part}} to o[{{i}}]',
  queryPart: 'q[{{i}}] = {{value}}',
  outputPart: 'o[{{i}}] = {{value}}',
  role: '{{role}} on this text',
  caption: 'query {{query}} “{{text}}”: scores, weights and output, strongest keys first',
});
