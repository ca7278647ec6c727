import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('attention-lines', {
  about:
    'The same head as lines: from each token that looks (query, left) to the tokens it looks at (key, right). The thicker and darker a line, the more attention. Point at a token to see only its lines, with numbers.',
  formula:
    'line width 0.4 + 3.6 · a_ij pixels; opacity is a_ij on the chosen scale; a_ij = softmax_j( c · q_i · k_j ), c = 1 / √d in most models',
  source: 'Vaswani et al. 2017; drawn as in Vig 2019 (BertViz)',
  label:
    'Attention of one head as lines. Up and down move the query, left and right the key, Page Up and Page Down turn the page; T shows the table.',
  queries: 'query: the token that looks',
  keys: 'key: the token looked at',
  arcsCaption: 'each arc: from a query down to a key before it in the text',
  layout: 'Layout',
  columns: 'columns',
  arcs: 'arcs over the text',
  arcsTooLong: 'Arcs need a text of at most {{limit}} units; this one has {{count}}.',
  earlier: '0–{{last}}, {{count}} earlier',
  earlierOne: '0, 1 earlier',
  window: '{{first}}–{{last}} of {{count}}',
  previous: 'Earlier rows (Page Up)',
  next: 'Later rows (Page Down)',
  undefinedRow: 'undefined',
  leftOut: 'without the first token: {{mass}} of the attention left out',
  hidden_one: '{{count}} cell hidden by the thresholds',
  hidden_other: '{{count}} cells hidden by the thresholds',
  hint: 'Point at a token: only its lines. Click keeps it, Escape lets go.',
  opacity: 'opacity',
  legend: 'width: the weight, 4 pixels for 1; opacity: the weight on a {{scale}} scale',
  role: '{{role}} on this text',
  caption:
    '{{role}}attention over {{unit}}s {{first}}–{{last}} of {{count}}: queries left, keys right',
  captionArcs: '{{role}}attention over {{count}} {{unit}}s: arcs from each query to its keys',
});
