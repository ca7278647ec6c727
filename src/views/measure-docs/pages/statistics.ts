import { finish } from '../../../lib/sliced-work.ts';
import { bootstrapMean } from '../../../lib/statistics/bootstrap.ts';
import { computeCliffsDelta, computeHedgesG } from '../../../lib/statistics/effect-size.ts';
import { adjustFalseDiscovery } from '../../../lib/statistics/false-discovery.ts';
import { testColumns } from '../../../lib/statistics/permutation-test.ts';
import { countSplits, listSplits } from '../../../lib/statistics/splits.ts';
import { mean, minus, named, over, root, smallest, squared, sum, times } from '../arithmetic.ts';
import type { MeasureDoc } from '../measure-doc.ts';
import { prose } from './statistics-prose.ts';

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
];
