import { createProse } from '../measure-doc.ts';

export const prose = createProse('measure-docs-statistics', {
  bootstrap: {
    title: 'Bootstrap interval',
    sentence:
      'How far a mean could be off, told by drawing the texts again and again from the ones we have.',
    reading:
      'If texts were sampled anew many times, about 95 in 100 such intervals would hold the true mean.',
    symbols: [
      'number of texts',
      'a mean of n texts drawn with replacement',
      'the share that the interval should hold: 0.95',
    ],
    tables: [
      'Three texts with the values 1, 2 and 6. Three draws with replacement can come out in 27 ways; these are their sums.',
    ],
    steps: [
      'The mean of the values.',
      'For an interval of 80 % a tenth is left out at each end. Up to sum 4 there are 1 + 3 of 27 ways, more than a tenth; below it 1, less: the lower end is at sum 4.',
      'From above: sum 18 has 1 way, sum 14 three more, which passes a tenth.',
    ],
    results: ['lower end', 'upper end'],
    limits: [
      'It knows only the texts that you gave: if they are one-sided, so is the interval.',
      'With few texts it is a little too narrow; with one there is none.',
      'The text is what is drawn, never the token: tokens of a text depend on each other.',
      'Two intervals that overlap can still belong to a clear difference; look at the interval of the difference.',
    ],
    where: 'Domains: the bands of lines, and the differences in “Heads that differ most”.',
    also: 'confidence interval percentile resampling Efron',
  },
  'cliffs-delta': {
    title: 'Cliff’s delta',
    sentence:
      'How often a text of one set has the larger value, when a text of each set is picked: more often than not, less often than not, or even.',
    reading: '1: always larger. −1: always smaller. 0: even.',
    symbols: ['the two sets’ values', 'pairs in which a is the larger one', 'numbers of texts'],
    tables: ['All pairs: 1 where a is larger, −1 where it is smaller, 0 where they are equal.'],
    steps: ['The pairs of each row added.'],
    results: ['Cliff’s delta'],
    limits: [
      'It does not say by how much: always larger by a hair is 1 too.',
      'Large and sure are two things: with three texts a set, 1 can be chance. The permutation test answers that.',
      'Words for sizes (“small”, “large”) are conventions; we give none.',
    ],
    where: 'Domains: “Heads that differ most”.',
    also: 'effect size dominance ordinal nonparametric',
  },
  'hedges-g': {
    title: 'Hedges’ g',
    sentence: 'How far apart two sets’ means are, measured in the spread of the single texts.',
    reading: '0: the same mean. 1: apart by one standard deviation.',
    symbols: [
      'means of the two sets',
      'pooled standard deviation, from squares over n − 1',
      'correction for small samples',
      'numbers of texts',
    ],
    tables: ['Two sets of two texts'],
    steps: [
      'The two means.',
      'Squares of the distances from the own mean, both sets together, over all texts less two; its root.',
      'The correction, which matters for few texts only.',
    ],
    results: ['Hedges’ g'],
    limits: [
      'It trusts means and standard deviations: one text far off changes it much. Cliff’s delta does not mind.',
      'It is undefined when no text differs from its set’s mean.',
      'It says nothing about chance.',
    ],
    where: 'Domains: “Heads that differ most”.',
    also: 'effect size Cohen d standardised mean difference',
  },
  'permutation-test': {
    title: 'Permutation test',
    sentence:
      'If the labels of the texts meant nothing, how often would a difference at least this large come up?',
    reading: 'A small p: such a difference would be rare if the two sets were of one kind.',
    symbols: [
      'ways to part all texts into two sets of these sizes',
      'ways whose difference is at least as far from 0 as the one seen',
    ],
    tables: [
      'Set A has 5 and 6, set B 1, 2 and 3. All ten ways to choose A, with the difference of the means; those at least as far from 0 as the first are marked.',
    ],
    steps: ['The difference seen.', 'Ways that reach it, of all.'],
    results: ['p, both sides'],
    limits: [
      'With few texts p cannot become small: 2 and 3 texts have ten ways, so no p below 0.1.',
      'A small p does not mean a large difference, and a large p does not show that there is none.',
      'With too many ways a random choice of them is taken, counted with the one seen; p then has a little noise, of a fixed seed.',
      'Tests of hundreds of heads need a correction: see false discovery.',
    ],
    where: 'Domains: “Heads that differ most”.',
    also: 'p value significance exact randomisation',
  },
  'false-discovery': {
    title: 'False-discovery correction',
    sentence:
      'With hundreds of heads some look different by chance; corrected values keep the share of such false finds among those reported small.',
    reading: 'Of all heads reported at 0.05, no more than 5 % are expected to be false.',
    symbols: ['the k-th smallest p of m', 'number of tests', 'the corrected value'],
    tables: ['Four heads’ p values, smallest first.'],
    steps: [
      'Each p times the number of tests over its rank; going down from the largest, never more than the one after it.',
    ],
    results: ['smallest p, corrected', 'largest p, corrected'],
    limits: [
      'It is about the reported heads together: a single one of them can well be false.',
      'It holds for tests that are independent or depend positively on each other, which heads of one model usually do.',
      'Looking at many measures and picking the best is not corrected for; heads of one comparison are.',
    ],
    where: 'Domains: “Heads that differ most”, and the frames in maps of differences.',
    also: 'FDR Benjamini Hochberg q value multiple testing',
  },
});
