import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('attention-heatmap', {
  about:
    'Each row is one token that looks (query); along it, each column is a token it may look at (key). A dark cell means that much of the query’s attention goes there. A token cannot look ahead, so the upper right is empty.',
  formula:
    'a_ij = softmax_j( c · q_i · k_j ) over keys j ≤ i, c = 1 / √d in most models; every row sums to 1. Words, sentences, lines: sum over keys, mean over queries. Bars below: mean over queries i ≥ j of a_ij; bars right: 1 − Σ_j a_ij as shown.',
  source: 'Vaswani et al. 2017; words from tokens after Clark et al. 2019',
  label:
    'Attention of one head. Arrow keys move query and key, Page Up, Page Down, Home and End move further, plus and minus zoom, 0 shows the whole; T shows the table.',
  queries: 'query: the token that looks',
  keys: 'key: the token looked at',
  receivedCaption:
    'bars below: received, mean over the queries that see the key; tallest {{largest}}',
  hiddenCaption: 'bars right: how much of each query’s attention is hidden; full width is 1',
  legend: 'weight, {{scale}} scale',
  caption: '{{role}}attention over {{count}} {{unit}}s: rows are queries, columns are keys',
  leftOut: 'without the first token: {{mass}} of the attention left out',
  hidden_one: '{{count}} cell hidden by the thresholds',
  hidden_other: '{{count}} cells hidden by the thresholds',
  queryTip: 'query {{query}} “{{text}}”',
  queryValue: '{{mass}} of its attention is shown',
  keyTip: 'key {{key}} “{{text}}”',
  keyValue: 'receives {{mean}} on average',
  zoomIn: 'Zoom in (+)',
  zoomOut: 'Zoom out (−)',
  whole: 'Whole (0)',
  shown: 'queries {{q0}}–{{q1}}, keys {{k0}}–{{k1}} of {{count}}',
  hint: 'Drag a rectangle to zoom into it.',
  hintZoomed: 'Shift-drag or wheel moves.',
  role: '{{role}} on this text',
});
