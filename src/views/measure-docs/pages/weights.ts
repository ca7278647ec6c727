import { foldIntoReader } from '../../../measures/fold-norm.ts';
import { getValue } from '../../../measures/measure.ts';
import { computeEigenvalueScore } from '../../../measures/ov-copying.ts';
import {
  computeCopySuppression,
  computeTokenCopying,
  countNameHits,
  countSuccessors,
  type TokenLogits,
} from '../../../measures/token-logits.ts';
import {
  distanceOf,
  mean,
  minus,
  negative,
  over,
  root,
  squared,
  sum,
  times,
} from '../arithmetic.ts';
import type { MeasureDoc, WorkedTable } from '../measure-doc.ts';
import { prose } from './weights-prose.ts';

/** λ of a 2 × 2 matrix, both real. */
function eigenvalues([a, b, c, d]: readonly number[]) {
  const trace = sum([a, d]);
  const determinant = minus(times(a, d), times(b, c));
  const inRoot = root(minus(squared(trace.value), times(4, determinant.value)));
  return {
    trace,
    determinant,
    first: over(sum([trace.value, inRoot]), 2),
    second: over(minus(trace.value, inRoot), 2),
  };
}

const PLAIN = Float32Array.of(3, 1, 1, 0);
const FOLDED = foldIntoReader(PLAIN, 2, { gain: Float32Array.of(1, 2), isCentred: false });

const toMatrixTable = (values: Float32Array): WorkedTable => ({
  rows: ['1', '2'],
  columns: ['1', '2'],
  values: [Array.from(values.subarray(0, 2)), Array.from(values.subarray(2))],
  kind: 'signed',
});

function toLogits(rows: readonly (readonly number[])[]): TokenLogits {
  return { rows: rows.length, columns: rows[0].length, logits: Float32Array.from(rows.flat()) };
}

const CONTEXT = ['k7', 'q2', 'z5'];
const COPIED = [
  [3, 0, 0],
  [1, 2, 0],
  [0, 3, 3],
];
const NAMES = ['Mary', 'John', 'Ann'];
const VOCABULARY = ['Mary', 'John', 'Ann', 'the', 'ran'];
const NAMED = [
  [5, 1, 0, 2, -1],
  [0, 3, 1, 4, 2],
  [2, 1, -2, 0, 3],
];
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu'];
const NEXT = [1, 2, 3, -1];
const ORDERED = [
  [1, 4, 0, 0],
  [0, 1, 3, 2],
  [0, 3, 1, 2],
  [1, 0, 0, 2],
];
const SAMPLE = ['cat', 'dog', 'sun'];
const SUPPRESSED = [
  [-4, 1, 0],
  [2, -1, 2],
  [0, 3, 0],
];

const isOwn = (row: number, column: number): boolean => row === column;
const rankOf = (row: readonly number[], value: number): number =>
  row.filter((each) => each >= value).length;
const rankBelow = (row: readonly number[], value: number): number =>
  row.filter((each) => each <= value).length;
/** One for each row that holds, so that the sum is how many. */
const countWhere = (flags: readonly boolean[]) => sum(flags.map((flag) => (flag ? 1 : 0)));

const fromLiterature = { certainty: 'standard' } as const;

export const WEIGHTS: readonly MeasureDoc[] = [
  {
    id: 'ov-copying',
    group: 'weights',
    formulas: ['\\frac{∑_i λ_i}{∑_i |λ_i|}', 'λ_i \\text{ of } M = E V O U^T'],
    symbols: ['M', 'λ_i', 'E, U, V, O'],
    facts: [
      {
        id: 'ov-copying',
        unit: 'score',
        range: [-1, 1],
        source: 'Elhage et al. 2021; methods 5.6 [MEM]',
        ...fromLiterature,
      },
      {
        id: 'ov-copying-folded',
        unit: 'score',
        range: [-1, 1],
        source: 'the same with the norms’ gains folded into the weights; methods 5.6 [MEM]',
        ...fromLiterature,
      },
    ],
    needs: ['weights'],
    related: ['token-copying', 'induction', 'copy-suppression'],
    prose: prose('ov-copying'),
    work: () => {
      const both = [PLAIN, FOLDED].map((values) => ({ values, ...eigenvalues([...values]) }));
      return {
        tables: both.map(({ values }) => toMatrixTable(values)),
        steps: both.flatMap(({ trace, determinant, first, second }, says) => [
          { left: '\\text{trace}', expression: trace, says },
          { left: '\\text{determinant}', expression: determinant, says: null },
          { left: 'λ_1', expression: first, says: null },
          { left: 'λ_2', expression: second, says: null },
        ]),
        results: both.map(({ values, first, second }) => ({
          left: '\\frac{λ_1 + λ_2}{|λ_1| + |λ_2|}',
          expression: over(
            sum([first.value, second.value]),
            sum([distanceOf(first.value), distanceOf(second.value)]),
          ),
          value: computeEigenvalueScore(values, 2),
          unit: 'score' as const,
        })),
      };
    },
  },
  {
    id: 'token-copying',
    group: 'weights',
    formulas: [
      '2 · \\mean_i \\frac{r_{ii}}{∑_k r_{ik}} − 1',
      'r_{ik} = \\max(0, l_{ik} − \\bar{l}_i)',
    ],
    symbols: ['l_{ik}', '\\bar{l}_i', 'r_{ik}'],
    facts: [
      {
        id: 'token-copying',
        unit: 'score',
        range: [-1, 1],
        source: 'after Olsson et al. 2022, how shares are rescaled is ours; methods 5.3 [MEM]',
        certainty: 'ours',
      },
    ],
    needs: ['weights', 'random'],
    related: ['prefix-matching', 'ov-copying', 'name-copying'],
    prose: prose('token-copying'),
    work: () => {
      const rows = COPIED.map((row, i) => {
        const average = mean(row).value;
        const above = row.map((each) => Math.max(0, each - average));
        return minus(over(times(2, above[i]), sum(above)), 1);
      });
      return {
        tables: [
          { rows: CONTEXT, columns: CONTEXT, values: COPIED, kind: 'signed', isMarked: isOwn },
        ],
        steps: rows.map((expression, i) => ({
          left: `\\text{${CONTEXT[i]}}`,
          expression,
          says: i === 0 ? 0 : null,
        })),
        results: [
          {
            left: '\\text{copying}',
            expression: mean(rows.map(({ value }) => value)),
            value: getValue(computeTokenCopying(toLogits(COPIED), [0, 1, 2])),
            unit: 'score',
          },
        ],
      };
    },
  },
  {
    id: 'name-copying',
    group: 'weights',
    formulas: ['\\frac{\\text{hits}}{3 N}'],
    symbols: ['3 N', '\\text{hits}'],
    facts: [
      {
        id: 'name-copying',
        unit: 'share',
        range: [0, 1],
        source: 'Wang et al. 2022; methods 5.7 [CODE]',
        certainty: 'standard',
      },
      {
        id: 'negative-name-copying',
        unit: 'share',
        range: [0, 1],
        source: 'Wang et al. 2022, the head’s sign turned; methods 5.7 [CODE]',
        certainty: 'standard',
      },
    ],
    needs: ['weights'],
    related: ['copy-suppression', 'ov-copying', 'token-copying'],
    prose: prose('name-copying'),
    work: () => {
      const hits = countNameHits(toLogits(NAMED), [0, 1, 2], 2);
      const large = countWhere(NAMED.map((row, i) => rankOf(row, row[i]) <= 2));
      const small = countWhere(NAMED.map((row, i) => rankBelow(row, row[i]) <= 2));
      return {
        tables: [
          { rows: NAMES, columns: VOCABULARY, values: NAMED, kind: 'signed', isMarked: isOwn },
        ],
        steps: [
          { left: '\\text{hits}', expression: large, says: 0 },
          { left: '\\text{hits}', expression: small, says: 1 },
        ],
        results: [
          {
            left: '\\text{score}',
            expression: over(large.value, NAMES.length),
            value: hits.largest / NAMES.length,
            unit: 'share',
          },
          {
            left: '\\text{score}',
            expression: over(small.value, NAMES.length),
            value: hits.smallest / NAMES.length,
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'successor',
    group: 'weights',
    formulas: ['\\share_x ( \\argmax_y l_{xy} = x + 1 )'],
    symbols: ['x', 'l_{xy}'],
    facts: [
      {
        id: 'successor',
        unit: 'share',
        range: [0, 1],
        source: 'Gould et al. 2023; methods 5.9 [MEM]',
        certainty: 'standard',
      },
    ],
    needs: ['weights'],
    related: ['ov-copying', 'name-copying'],
    prose: prose('successor'),
    work: () => {
      const asked = ORDERED.flatMap((row, i) =>
        NEXT[i] < 0 ? [] : [row.indexOf(Math.max(...row)) === NEXT[i]],
      );
      const hits = countWhere(asked);
      return {
        tables: [
          {
            rows: DAYS,
            columns: DAYS,
            values: ORDERED,
            kind: 'signed',
            isMarked: (row, column) => NEXT[row] === column,
          },
        ],
        steps: [{ left: '\\text{hits}', expression: hits, says: 0 }],
        results: [
          {
            left: '\\text{successor}',
            expression: over(hits.value, asked.length),
            value: getValue(countSuccessors(toLogits(ORDERED), NEXT)),
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'copy-suppression',
    group: 'weights',
    formulas: ['−\\frac{1}{n} ∑_i \\frac{l_{ii} − \\bar{l}_i}{σ_i}'],
    symbols: ['l_{ik}', '\\bar{l}_i, σ_i', 'n'],
    facts: [
      {
        id: 'copy-suppression',
        unit: 'score',
        range: [null, null],
        source: 'after McDougall et al. 2023, over a sample of tokens; methods 5.8 [MEM]',
        certainty: 'ours',
      },
      {
        id: 'copy-suppression-lowest',
        unit: 'share',
        range: [0, 1],
        source: 'after McDougall et al. 2023, over a sample of tokens; methods 5.8 [MEM]',
        certainty: 'ours',
      },
    ],
    needs: ['weights'],
    related: ['name-copying', 'ov-copying'],
    prose: prose('copy-suppression'),
    work: () => {
      const scores = SUPPRESSED.map((row, i) => {
        const average = mean(row).value;
        const deviation = root(mean(row.map((each) => squared(each - average)))).value;
        return negative(over(minus(row[i], average), deviation));
      });
      const lowest = countWhere(SUPPRESSED.map((row, i) => rankBelow(row, row[i]) <= 1));
      const { score, lowest: found } = computeCopySuppression(toLogits(SUPPRESSED), 1);
      return {
        tables: [
          { rows: SAMPLE, columns: SAMPLE, values: SUPPRESSED, kind: 'signed', isMarked: isOwn },
        ],
        steps: [
          ...scores.map((expression, i) => ({
            left: `\\text{${SAMPLE[i]}}`,
            expression,
            says: i === 0 ? 0 : null,
          })),
          { left: '\\text{lowest}', expression: lowest, says: 1 },
        ],
        results: [
          {
            left: '\\text{score}',
            expression: mean(scores.map(({ value }) => value)),
            value: getValue(score),
            unit: 'score',
          },
          {
            left: '\\text{share}',
            expression: over(lowest.value, SAMPLE.length),
            value: getValue(found),
            unit: 'share',
          },
        ],
      };
    },
  },
];
