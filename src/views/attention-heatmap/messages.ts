import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('attention-heatmap', {
  title: 'Layer {{layer}} · Head {{head}}',
  about:
    'Each row is one token that looks (query); along it, each column is a token it may look at (key). A dark cell means that much of the query’s attention goes there. A token cannot look ahead, so the upper right is empty.',
  formula: 'a_ij = softmax_j( q_i · k_j / √d ) over keys j ≤ i; every row sums to 1',
  source: 'Vaswani et al. 2017',
  label:
    'Attention of one head. Arrow keys move query and key, plus and minus zoom; T shows the table.',
  queries: 'query: the token that looks ↓',
  keys: 'key: the token looked at →',
  leftOut: 'without the first token: {{mass}} of the attention left out',
  hidden: '{{count}} cells hidden by the thresholds',
  cell: 'query {{query}} “{{queryText}}” → key {{key}} “{{keyText}}”',
  spoken: 'query {{query}} “{{queryText}}” attends {{percent}} to key {{key}} “{{keyText}}”',
  undefinedRow: 'undefined: nothing is left of this row without the first token',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  whole: 'Whole',
  failed: 'The matrix could not be read.',
  working: 'Reading this head …',
  received: 'received',
  failedNext: 'Run the text again.',
});
