import { computePrincipalComponents } from '../../../lib/projections/principal-components.ts';
import { finish } from '../../../lib/sliced-work.ts';
import { bootstrapMean } from '../../../lib/statistics/bootstrap.ts';
import { computeCliffsDelta, computeHedgesG } from '../../../lib/statistics/effect-size.ts';
import { adjustFalseDiscovery } from '../../../lib/statistics/false-discovery.ts';
import { testColumns } from '../../../lib/statistics/permutation-test.ts';
import { computeSilhouettes } from '../../../lib/statistics/silhouette.ts';
import { countSplits, listSplits } from '../../../lib/statistics/splits.ts';
import {
  distanceOf,
  largest,
  mean,
  minus,
  named,
  over,
  root,
  smallest,
  squared,
  sum,
  times,
} from '../arithmetic.ts';
import { createProse, type MeasureDoc } from '../measure-doc.ts';

const prose = createProse('measure-docs-statistics', {
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
    where: 'Domains: every mean and difference.',
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
    where: 'Domains: “heads that differ most”, the report.',
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
    where: 'Domains: “heads that differ most”, the report.',
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
    where: 'Domains: every comparison of two sets.',
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
    where: 'Domains: “heads that differ most”, maps of differences, the report.',
    also: 'FDR Benjamini Hochberg q value multiple testing',
  },
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
    where: 'Domains: hidden states as points.',
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
    where: 'Domains: hidden states of any layer.',
    also: 'tsne t-SNE UMAP principal components embedding hidden states plane',
  },
});

const DRAWN = [1, 2, 6];
const SET_A = [3, 5, 6];
const SET_B = [1, 3, 4];
const [TWO_A, TWO_B] = [
  [0, 2],
  [3, 5],
];
const [HIGH, LOW] = [
  [5, 6],
  [1, 2, 3],
];
const P = [0.004, 0.03, 0.04, 0.5];
const LINE = [0, 1, 4, 6];
const LABELS = [0, 0, 1, 1];
const CLOUD = [
  [2, 0],
  [0, 1],
  [-2, 0],
  [0, -1],
];

/** The sums that three draws of three values can have, with the number of ways to each. */
function listSums(values: readonly number[]): readonly (readonly [number, number])[] {
  const ways = new Map<number, number>();
  for (const a of values)
    for (const b of values)
      for (const c of values) ways.set(a + b + c, (ways.get(a + b + c) ?? 0) + 1);
  return [...ways].sort((one, other) => one[0] - other[0]);
}

/** The smallest sum up to which more than a tenth of the ways lie, from either end. */
function findEnd(sums: readonly (readonly [number, number])[], all: number): number {
  let passed = 0;
  const end = sums.find(([, ways]) => {
    passed += ways;
    return passed / all > 0.1;
  });
  return end?.[0] ?? Number.NaN;
}

/** Differences of the means for every way to choose the first set. */
function listDifferences(values: readonly number[], size: number) {
  // Each split is the same array anew: it is read before the next one comes.
  return Array.from(listSplits(values.length, size), (split) => {
    const chosen = Array.from(split, (i) => values[i]);
    const others = values.filter((_, i) => !split.includes(i));
    return { chosen, difference: minus(mean(chosen).value, mean(others).value) };
  });
}

const standard = { certainty: 'standard' } as const;

export const STATISTICS: readonly MeasureDoc[] = [
  {
    id: 'bootstrap',
    group: 'statistics',
    formulas: ['[ q_{\\frac{1 − c}{2}}(m^*), q_{\\frac{1 + c}{2}}(m^*) ]'],
    symbols: ['n', 'm^*', 'c'],
    facts: [
      {
        id: 'bootstrap',
        unit: 'none',
        range: [null, null],
        source: 'Efron 1979, percentile interval, 2,000 resamples [MEM]',
        ...standard,
      },
    ],
    needs: ['values'],
    related: ['pooling', 'permutation-test'],
    prose: prose('bootstrap'),
    work: () => {
      const sums = listSums(DRAWN);
      const all = DRAWN.length ** 3;
      const { low, high } = bootstrapMean(DRAWN, { resamples: 2000, seed: 1, level: 0.8 });
      const [lowest, highest] = [findEnd(sums, all), findEnd(sums.toReversed(), all)];
      return {
        tables: [
          {
            rows: ['sum', 'ways'],
            columns: sums.map((_, i) => String(i + 1)),
            values: [sums.map(([value]) => value), sums.map(([, ways]) => ways)],
            kind: 'plain',
          },
        ],
        steps: [
          { left: '\\text{mean}', expression: mean(DRAWN), says: 0 },
          {
            left: '\\text{up to } 4',
            expression: over(sum(sums.slice(0, 2).map(([, ways]) => ways)), all),
            says: 1,
          },
          {
            left: '\\text{from } 14',
            expression: over(sum(sums.slice(-2).map(([, ways]) => ways)), all),
            says: 2,
          },
        ],
        results: [
          { left: '\\text{low}', expression: over(lowest, 3), value: low, unit: 'none' },
          { left: '\\text{high}', expression: over(highest, 3), value: high, unit: 'none' },
        ],
      };
    },
  },
  {
    id: 'cliffs-delta',
    group: 'statistics',
    formulas: ['δ = \\frac{|a > b| − |a < b|}{n_A n_B}'],
    symbols: ['a, b', '|a > b|', 'n_A, n_B'],
    facts: [
      {
        id: 'cliffs-delta',
        unit: 'score',
        range: [-1, 1],
        source: 'Cliff 1993 [MEM]',
        ...standard,
      },
    ],
    needs: ['values'],
    related: ['hedges-g', 'permutation-test'],
    prose: prose('cliffs-delta'),
    work: () => {
      const signs = SET_A.map((a) => SET_B.map((b) => Math.sign(a - b)));
      return {
        tables: [
          {
            rows: SET_A.map((a) => `a = ${a}`),
            columns: SET_B.map((b) => `b = ${b}`),
            values: signs,
            kind: 'signed',
          },
        ],
        steps: signs.map((row, i) => ({
          left: `a = ${SET_A[i]}`,
          expression: sum(row),
          says: i === 0 ? 0 : null,
        })),
        results: [
          {
            left: 'δ',
            expression: over(
              sum(signs.map((row) => sum(row).value)),
              times(SET_A.length, SET_B.length),
            ),
            value: computeCliffsDelta(SET_A, SET_B),
            unit: 'score',
          },
        ],
      };
    },
  },
  {
    id: 'hedges-g',
    group: 'statistics',
    formulas: ['g = \\frac{\\bar{a} − \\bar{b}}{s} · k', 'k = 1 − \\frac{3}{4 (n_A + n_B) − 9}'],
    symbols: ['\\bar{a}, \\bar{b}', 's', 'k', 'n_A, n_B'],
    facts: [
      {
        id: 'hedges-g',
        unit: 'score',
        range: [null, null],
        source: 'Hedges 1981 [MEM]',
        ...standard,
      },
    ],
    needs: ['values'],
    related: ['cliffs-delta', 'permutation-test'],
    prose: prose('hedges-g'),
    work: () => {
      const [a, b] = [mean(TWO_A), mean(TWO_B)];
      const count = TWO_A.length + TWO_B.length;
      const spread = root(
        over(
          sum([
            ...TWO_A.map((each) => squared(minus(each, a.value))),
            ...TWO_B.map((each) => squared(minus(each, b.value))),
          ]),
          count - 2,
        ),
      );
      const correction = minus(1, over(3, minus(times(4, count), 9)));
      return {
        tables: [{ rows: ['A', 'B'], columns: ['1', '2'], values: [TWO_A, TWO_B], kind: 'plain' }],
        steps: [
          { left: '\\bar{a}', expression: a, says: 0 },
          { left: '\\bar{b}', expression: b, says: null },
          { left: 's', expression: spread, says: 1 },
          { left: 'k', expression: correction, says: 2 },
        ],
        results: [
          {
            left: 'g',
            expression: times(over(minus(a.value, b.value), spread.value), correction.value),
            value: computeHedgesG(TWO_A, TWO_B),
            unit: 'score',
          },
        ],
      };
    },
  },
  {
    id: 'permutation-test',
    group: 'statistics',
    formulas: ['p = \\frac{E}{N}'],
    symbols: ['N', 'E'],
    facts: [
      {
        id: 'permutation-test',
        unit: 'share',
        range: [0, 1],
        source: 'exact, or random ways counted as by Phipson & Smyth 2010 [MEM]',
        ...standard,
      },
    ],
    needs: ['values'],
    related: ['false-discovery', 'cliffs-delta', 'bootstrap'],
    prose: prose('permutation-test'),
    work: () => {
      const ways = listDifferences([...HIGH, ...LOW], HIGH.length);
      const seen = ways[0].difference.value;
      const reach = ways.map(({ difference }) => Math.abs(difference.value) >= Math.abs(seen));
      const count = sum(reach.filter((each) => each).map(() => 1));
      const { p } = finish(
        testColumns(Float64Array.from(HIGH), Float64Array.from(LOW), 1, {
          permutations: 1000,
          seed: 1,
        }),
      );
      return {
        tables: [
          {
            rows: ['difference'],
            columns: ways.map(({ chosen }) => chosen.join(', ')),
            values: [ways.map(({ difference }) => difference.value)],
            kind: 'signed',
            isMarked: (_, column) => reach[column],
          },
        ],
        steps: [
          { left: '\\bar{a} − \\bar{b}', expression: minus(mean(HIGH), mean(LOW)), says: 0 },
          { left: '\\text{ways}', expression: count, says: 1 },
          {
            left: '\\text{all}',
            expression: named(
              '\\frac{5 · 4}{2}',
              countSplits(HIGH.length + LOW.length, HIGH.length),
            ),
            says: null,
          },
        ],
        results: [
          { left: 'p', expression: over(count.value, ways.length), value: p[0], unit: 'share' },
        ],
      };
    },
  },
  {
    id: 'false-discovery',
    group: 'statistics',
    formulas: ['q_k = \\min_{r ≥ k} \\frac{m}{r} p_r'],
    symbols: ['p_k', 'm', 'q_k'],
    facts: [
      {
        id: 'false-discovery',
        unit: 'share',
        range: [0, 1],
        source: 'Benjamini & Hochberg 1995 [MEM]',
        ...standard,
      },
    ],
    needs: ['values'],
    related: ['permutation-test'],
    prose: prose('false-discovery'),
    work: () => {
      const adjusted = adjustFalseDiscovery(P);
      const scaled = P.map((p, k) => times(over(P.length, k + 1), p));
      return {
        tables: [
          {
            rows: ['p'],
            columns: P.map((_, k) => `k = ${k + 1}`),
            values: [P],
            kind: 'plain',
          },
        ],
        steps: scaled.map((expression, k) => ({
          left: `\\frac{m}{${k + 1}} p_${k + 1}`,
          expression,
          says: k === 0 ? 0 : null,
        })),
        results: [0, P.length - 1].map((k) => ({
          left: `q_${k + 1}`,
          expression: smallest(scaled.slice(k).map(({ value }) => value)),
          value: adjusted[k],
          unit: 'share' as const,
        })),
      };
    },
  },
  {
    id: 'silhouette',
    group: 'statistics',
    formulas: ['s = \\frac{b − a}{\\max(a, b)}'],
    symbols: ['a', 'b'],
    facts: [
      {
        id: 'silhouette',
        unit: 'score',
        range: [-1, 1],
        source: 'Rousseeuw 1987 [MEM]',
        ...standard,
      },
    ],
    needs: ['streams'],
    related: ['projection'],
    prose: prose('silhouette'),
    work: () => {
      const each = LINE.map((point, i) => {
        const away = (label: number) =>
          mean(
            LINE.flatMap((other, k) =>
              k !== i && LABELS[k] === label ? [distanceOf(minus(point, other)).value] : [],
            ),
          ).value;
        const [a, b] = [away(LABELS[i]), away(1 - LABELS[i])];
        return over(minus(b, a), largest([a, b]));
      });
      const { mean: silhouette } = finish(computeSilhouettes(Float64Array.from(LINE), 1, LABELS));
      return {
        tables: [
          {
            rows: ['place'],
            columns: LINE.map((_, i) => `${LABELS[i] === 0 ? 'A' : 'B'}${(i % 2) + 1}`),
            values: [LINE],
            kind: 'plain',
          },
        ],
        steps: each.map((expression, i) => ({
          left: `s_{\\text{${LABELS[i] === 0 ? 'A' : 'B'}${(i % 2) + 1}}}`,
          expression,
          says: i === 0 ? 0 : null,
        })),
        results: [
          {
            left: '\\bar{s}',
            expression: mean(each.map(({ value }) => value)),
            value: silhouette,
            unit: 'score',
          },
        ],
      };
    },
  },
  {
    id: 'projection',
    group: 'statistics',
    formulas: ['\\text{share}_k = \\frac{∑_x (x · u_k)^2}{∑_x ‖x‖^2}'],
    symbols: ['x', 'u_k', '\\text{share}_k'],
    facts: [
      {
        id: 'pca',
        unit: 'share',
        range: [0, 1],
        source: 'principal components, exact, by eigenvectors [MEM]',
        ...standard,
      },
      {
        id: 'tsne',
        unit: 'none',
        range: [null, null],
        source: 'van der Maaten & Hinton 2008, computed by DruidJS from principal components [MEM]',
        ...standard,
      },
      {
        id: 'umap',
        unit: 'none',
        range: [null, null],
        source: 'McInnes et al. 2018, computed by DruidJS from principal components [MEM]',
        ...standard,
      },
    ],
    needs: ['streams'],
    related: ['silhouette'],
    prose: prose('projection'),
    work: () => {
      const { shares } = finish(computePrincipalComponents(Float64Array.from(CLOUD.flat()), 2, 2));
      const along = (dimension: number) => sum(CLOUD.map((point) => squared(point[dimension])));
      const [first, second] = [along(0), along(1)];
      return {
        tables: [
          {
            rows: CLOUD.map((_, i) => `text ${i + 1}`),
            columns: ['1', '2'],
            values: CLOUD,
            kind: 'signed',
          },
        ],
        steps: [
          { left: '∑_x (x · u_1)^2', expression: first, says: 0 },
          { left: '∑_x (x · u_2)^2', expression: second, says: null },
        ],
        results: [
          {
            left: '\\text{share}_1',
            expression: over(first.value, sum([first.value, second.value])),
            value: shares[0],
            unit: 'share',
          },
        ],
      };
    },
  },
];
