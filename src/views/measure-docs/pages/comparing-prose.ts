import { createProse } from '../measure-doc.ts';

export const prose = createProse('measure-docs-comparing', {
  divergence: {
    title: 'Jensen–Shannon divergence',
    sentence:
      'How differently attention is spread in two matrices over the same keys: one head on two texts, or two models on one text.',
    reading: '0: the same. ln 2 = 0.693: each looks only where the other does not.',
    symbols: [
      'one row of each matrix, made to sum to 1',
      'the two rows’ mean',
      'entropy of a row',
      'number of rows that both have',
    ],
    tables: ['Matrix A', 'Matrix B'],
    steps: [
      'Row 0 is the same in both by necessity: it adds 0 and is counted.',
      'The other rows: entropy of the mean row, less the mean of the two entropies.',
    ],
    results: ['divergence'],
    limits: [
      'It compares place by place: two texts are comparable only where position i means the same in both, as in a text and its variant.',
      'It does not say which of the two is right, or whether the difference matters for the answer.',
      'Row 0 and other early rows can hardly differ and pull the mean down in short texts.',
      'With sinks most weight is the same in both, so that values are small; their order says more than their size. Rows of no weight are left out and counted.',
    ],
    where: 'No view shows it yet.',
    also: 'JS Jensen Shannon texts models heads difference KL',
  },
  'head-distance': {
    title: 'Distance between heads',
    sentence: 'How differently two heads look at the same text.',
    reading: '0: alike. At most ln 2 = 0.693.',
    symbols: [
      'weight of key j for query i',
      'number of keys that query i may look at',
      'rows of the two heads, smoothed',
      'Jensen–Shannon divergence of two rows',
    ],
    tables: ['Head A', 'Head B'],
    steps: [
      'Weights are smoothed a little, so that a weight of 0 is not a hard no: row 2 of head A becomes this.',
      'The divergence of each row.',
    ],
    results: ['distance between A and B'],
    limits: [
      'Heads that look alike need not do the same: what they carry away is in their values.',
      'Most heads rest on the first token most of the time, and are near to each other for that reason alone.',
      'The source sums over rows and smooths over all tokens; here the mean over rows is taken and only keys that a query may look at get a share, because attention is causal.',
    ],
    where:
      'Atlas, “Heads”: similar heads by where they look; Read’s “Similar heads” use a simpler comparison of pictures.',
    also: 'JS between heads clustering Clark MDS similar',
  },
  'similar-heads': {
    title: 'Similar heads (ours)',
    sentence: 'How alike the pictures of two heads are on this text.',
    reading: '1: the same picture up to its strength. 0: no cell in common.',
    symbols: [
      'mean weight of a tile (a square of cells) in the two heads; short texts have one cell a tile',
      'all tiles but the first column',
    ],
    tables: ['Head A', 'Head B'],
    steps: [
      'Products of cells at the same place, the first column left out.',
      'The length of each picture.',
    ],
    results: ['similarity'],
    limits: [
      'The first column is left out, because resting on the first token makes most heads look alike.',
      'It holds for this text only; another may part the two heads.',
      'In long texts a tile pools many cells: heads that look at neighbouring tokens can fall together.',
    ],
    where: 'Read: “Similar heads” of the head card.',
    also: 'cosine tiles thumbnail nearest',
  },
  variability: {
    title: 'Variability',
    sentence:
      'How much a head’s attention changes from text to text: whether it goes by what is said or only by the place.',
    reading: '0: the same on every text, position only. Towards 1: content only.',
    symbols: ['weight of key j for query i in text x', 'its mean over texts'],
    tables: ['First text', 'Second text'],
    steps: [
      'The mean of the two texts in each cell, the first column left out, and how far the texts are from it.',
      'Twice all weights.',
    ],
    results: ['variability'],
    limits: [
      'Only the first ten positions are compared, as in the source (three in this example), because later ones are spread over more keys.',
      'With few texts it is too small: two texts cannot give more than one half.',
      'The first key is left out; a head that does nothing but rest has little left to compare, and its value is noisy.',
    ],
    where: 'Domains: “Position or content”, for each set.',
    also: 'content position Vig Belinkov change',
  },
});
