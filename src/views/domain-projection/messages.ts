import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('domain-projection', {
  title: 'Hidden states',
  method: 'Projection',
  tsne: 't-SNE',
  umap: 'UMAP',
  pca: 'PCA',
  layer: 'Layer',
  embedding: 'embedding',
  into: 'into layer {{layer}}',
  final: 'after the last layer',
  pooling: 'One vector a text',
  mean: 'mean over tokens',
  last: 'last token',
  seed: 'Seed',
  again: 'Another seed',
  againTitle: 'Seed {{seed}}. Another one shows how firm the picture is.',
  subtitle: '{{method}} of {{count}} texts, {{layer}}, {{pooling}}',
  about:
    'Each point is one text: the model’s inner state, squeezed into a plane. Texts that the model holds alike lie together. Distances between far groups, and the size of groups, mean little in t-SNE and UMAP.',
  formulaTsne:
    't-SNE: perplexity {{perplexity}}, from the first 50 principal components, begun at the first two, seed {{seed}}',
  formulaUmap:
    'UMAP: {{neighbours}} neighbours, from the first 50 principal components, begun at the first two, seed {{seed}}',
  formulaPca: 'PCA: the two directions of largest variance',
  source:
    'Jawale et al. 2024, figure “combined t-SNE”, whose settings are not known; methods 1.6 [RECON]. t-SNE: van der Maaten & Hinton 2008; UMAP: McInnes et al. 2018; silhouette: Rousseeuw 1987 [MEM]',
  silhouettes:
    'silhouette of the sets: {{space}} among the states themselves, {{plane}} in this picture',
  silhouetteNote: '1: each set far from all others; 0: mixed; below 0: nearer to another set',
  settingTsne: 'perplexity {{perplexity}}, seed {{seed}}',
  settingUmap: '{{neighbours}} neighbours, seed {{seed}}',
  settingPca: '{{first}} and {{second}} of the variance',
  axisFirst: 'first component ({{share}})',
  axisSecond: 'second component ({{share}})',
  label:
    'Texts as points in a plane. Left and right keys go from text to text, Enter opens one in Read; T shows the table.',
  point: '{{set}}: {{title}}',
  hint: 'click: open in Read',
  set: 'set',
  text: 'text',
  x: 'x',
  y: 'y',
  few: 'A picture needs at least {{count}} texts.',
});
