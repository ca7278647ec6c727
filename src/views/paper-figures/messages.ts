import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('paper-figures', {
  title: 'The figures of “Are Human Conversations Special?”',
  subtitle: 'remade with {{model}} and your sets',
  about:
    'The paper compared conversation with web text, code and mathematics. Here are its figures, in its order, made with the model and the sets that are loaded. The reference set takes the place of conversation.',
  formula: 'each figure names its own',
  source:
    'Jawale, Animesh, Vallath, Talamadupula, Heck 2024, arXiv 2403.05045; order and subjects of the figures after the names of its files; methods 1',
  make: 'Make all figures',
  limits:
    'Certain: the question, the distance formula, the names of the three metrics, the list of figures. Not known to us: its texts, lengths, averaging and the interdependency formula; what we chose in their place is marked “ours”. Its model was a LLaMA-2 of 13 billion parameters: its numbers, and its example head 37-4, have no counterpart in {{model}}.',
  certain: 'Certain',
  ours: 'Ours',
  waiting: 'Working out … {{done}} of {{all}} figures',
  missing: 'Not made: {{why}}',
  'distance-difference': 'Attention distance, {{reference}} less each other set',
  'distance-difference-layers': 'Attention distance difference by layer',
  'distance-difference-heads': 'Attention distance difference by head',
  'entropy-all': 'Attention entropy of all sets',
  'entropy-layers': 'Entropy by layer, first token excluded',
  'entropy-heads': 'Entropy by head, first token excluded',
  weights: 'Attention weights by set',
  'hidden-states': 'Hidden states of all texts, t-SNE',
  'entropy-layers-first': 'Entropy by layer, first token included',
  'entropy-heads-first': 'Entropy by head, first token included',
  examples: 'Entropy by token, one text of each set, layer {{layer}} head {{head}}',
  figure: 'Figure {{number}}',
  appendix: 'Appendix {{number}}',
  certainFormula: 'the formula, pooled over texts before dividing',
  certainMetric: 'that attention entropy is shown, without the first token',
  certainMetricFirst: 'that attention entropy is shown with the first token',
  certainAll: 'that entropy is shown for all sets',
  certainName: 'the figure’s subject, from its file’s name',
  oursDifference: 'difference = reference − set; one scale for all; the first key {{first}}',
  oursMean: 'plain means over heads or layers; bands by bootstrap over texts',
  oursMap: 'one map a set; first key deleted and rows renormalised; nats; mean over all tokens',
  oursEntropy: 'first key deleted and rows renormalised; nats; plain means; bands',
  oursEntropyFirst: 'all keys; nats; plain means; bands',
  oursWeights:
    'the form: share of weights below each size, and large weights by layer; first key left out',
  oursProjection:
    'one vector a text, mean over tokens after the last layer; perplexity; seed; silhouette',
  oursExamples:
    'the head (the selected one), the texts, first key {{first}}; the first token is skipped',
  without: 'left out',
  with: 'counted',
  large: 'Weights of 1/16 and more by layer',
  all: 'All layers and heads',
  minus: '{{reference}} − {{set}}',
  stopped: 'it was stopped',
  noExamples: 'the model that gave these results is not loaded',
});
