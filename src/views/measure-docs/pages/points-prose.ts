import { createProse } from '../measure-doc.ts';

export const prose = createProse('measure-docs-points', {
  silhouette: {
    title: 'Silhouette',
    sentence:
      'How well groups of points are parted: whether points lie nearer to their own group than to the nearest other one.',
    reading: '1: far from all others. 0: between two groups. −1: amid another.',
    symbols: [
      'mean distance to the other points of the own group',
      'mean distance to the nearest other group',
    ],
    tables: ['Four points on a line, two of group A and two of group B.'],
    steps: ['Each point.'],
    results: ['mean silhouette'],
    limits: [
      'In hundreds of dimensions all distances are alike, and values stay small even for groups that lie well apart.',
      'Of a t-SNE or UMAP picture it says how the picture looks: these draw groups together. The value in space is given beside it.',
      'Groups of long or nested shape score low though they are well parted.',
    ],
    where: 'Domains: “Hidden states”.',
    also: 'cluster separation Rousseeuw',
  },
  projection: {
    title: 'PCA, t-SNE and UMAP',
    sentence: 'Three ways to draw texts, each a point of hundreds of dimensions, on a plane.',
    reading:
      'PCA: axes are directions of largest variance, in the unit of the data. t-SNE and UMAP: neighbours stay neighbours; axes mean nothing.',
    symbols: [
      'a text’s hidden state, less the mean of all',
      'a direction of length 1',
      'share of all variance along direction k',
    ],
    tables: ['Four texts in two dimensions; their mean is 0 in both.'],
    steps: [
      'PCA: the points are spread most along the first dimension. Squares along it, and along the second.',
    ],
    results: ['share of variance along the first component'],
    limits: [
      'A plane cannot hold hundreds of dimensions: PCA leaves out what its two axes do not carry (the share says how much); t-SNE and UMAP bend distances.',
      'In t-SNE and UMAP sizes of groups and distances between them mean little, and groups can appear where there are none. They are descents of hundreds of small steps and cannot be worked by hand; they begin from PCA and a fixed seed. Try another seed, and look at the silhouette.',
      'Texts of different length or layout can part for that reason alone.',
    ],
    where: 'Domains: “Hidden states”.',
    also: 'tsne t-SNE UMAP principal components embedding hidden states plane',
  },
});
