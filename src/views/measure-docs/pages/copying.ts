import { duplicate, induction } from '../../../measures/heads/copies.ts';
import {
  detectDuplicate,
  detectDuplicateAbs,
  detectInduction,
  detectInductionAbs,
  detectPrevious,
  detectPreviousAbs,
} from '../../../measures/heads/detection.ts';
import type { HeadMeasure } from '../../../measures/measure.ts';
import {
  createDuplicatePattern,
  createInductionPattern,
} from '../../../measures/patterns/copies.ts';
import { createOffsetPattern } from '../../../measures/patterns/offset.ts';
import type { PatternMeasure, ProbeText } from '../../../measures/patterns/pattern-measure.ts';
import { prefixMatching } from '../../../measures/patterns/prefix-matching.ts';
import {
  repeatCurrent,
  repeatDuplicate,
  repeatFirst,
  repeatInduction,
  repeatPrevious,
} from '../../../measures/patterns/repeated-sequence.ts';
import { type CellPattern, countCells } from '../../../tensor/cell-pattern.ts';
import { mean, minus, over, sum, times } from '../arithmetic.ts';
import type { MeasureDoc, WorkedExample } from '../measure-doc.ts';
import { prose } from './copying-prose.ts';
import {
  type ExampleAttention,
  isInPattern,
  measureExample,
  measurePattern,
  REPEATING,
  toAttentionTable,
  toIds,
  weightsIn,
} from './example-attention.ts';

const ids = toIds(REPEATING.words);

/** Words for each query of a pattern and the mean over them. */
function workCopies(measure: HeadMeasure, pattern: CellPattern, name: string): WorkedExample {
  const rows = weightsIn(pattern, REPEATING.weights);
  return {
    tables: [toAttentionTable(REPEATING, isInPattern(pattern))],
    steps: rows.map(({ query, weights }, k) => ({
      left: `i = ${query}`,
      expression: sum(weights),
      says: k === 0 ? 0 : null,
    })),
    results: [
      {
        left: `\\text{${name}}`,
        expression: mean(rows.map(({ weights }) => sum(weights).value)),
        value: measureExample(measure, REPEATING),
        unit: 'share',
      },
    ],
  };
}

const PATTERNS = [
  { pattern: createOffsetPattern(ids.length, 1), mul: detectPrevious, abs: detectPreviousAbs },
  { pattern: createDuplicatePattern(ids), mul: detectDuplicate, abs: detectDuplicateAbs },
  { pattern: createInductionPattern(ids), mul: detectInduction, abs: detectInductionAbs },
] as const;

function workDetection(): WorkedExample {
  const n = ids.length;
  const inside = PATTERNS.map(({ pattern }) =>
    sum(weightsIn(pattern, REPEATING.weights).flatMap(({ weights }) => weights)),
  );
  const [ofPrevious, ofDuplicate, ofInduction] = inside;
  const inPattern = (name: string) => `∑_{\\text{${name}}} a_{ij}`;
  return {
    tables: [toAttentionTable(REPEATING, isInPattern(PATTERNS[2].pattern))],
    steps: [
      { left: inPattern('induction'), expression: ofInduction, says: 0 },
      { left: '∑_{ij} a_{ij}', expression: sum([n]), says: null },
      { left: inPattern('duplicate'), expression: ofDuplicate, says: 1 },
      { left: inPattern('previous'), expression: ofPrevious, says: 2 },
      {
        left: '∑_{ij} |a_{ij} − P_{ij}|',
        expression: minus(sum([n, countCells(PATTERNS[2].pattern)]), times(2, ofInduction.value)),
        says: 3,
      },
    ],
    results: [
      ...PATTERNS.map(({ mul }, i) => ({
        left: '\\frac{∑ A P}{∑ A}',
        expression: over(inside[i].value, n),
        value: measureExample(mul, REPEATING),
        unit: mul.unit,
      })),
      ...PATTERNS.map(({ abs, pattern }, i) => ({
        left: '1 − \\frac{∑ |A − P|}{n}',
        expression: minus(
          1,
          over(minus(sum([n, countCells(pattern)]), times(2, inside[i].value)), n),
        ),
        value: measureExample(abs, REPEATING),
        unit: abs.unit,
      })),
    ],
  };
}

const RANDOM: ExampleAttention = {
  words: ['k7', 'q2', 'z5', 'k7', 'q2', 'z5'],
  weights: [
    [1],
    [0.8, 0.2],
    [0.6, 0.3, 0.1],
    [0.2, 0.7, 0.05, 0.05],
    [0.1, 0.1, 0.7, 0.05, 0.05],
    [0.1, 0.05, 0.05, 0.7, 0.05, 0.05],
  ],
};
const ROUNDS: ExampleAttention = {
  words: ['k7', 'q2', 'k7', 'q2', 'k7', 'q2'],
  weights: [
    [1],
    [0.8, 0.2],
    [0.3, 0.6, 0.1],
    [0.2, 0.1, 0.6, 0.1],
    [0.2, 0.3, 0.05, 0.4, 0.05],
    [0.1, 0.05, 0.4, 0.05, 0.3, 0.1],
  ],
};

function toRepeat(example: ExampleAttention, period: number): ProbeText {
  return { ids: toIds(example.words), tokens: null, repeat: { start: 0, period }, needle: null };
}

function workRepeat(
  example: ExampleAttention,
  period: number,
  measures: readonly { readonly measure: PatternMeasure; readonly name: string }[],
): WorkedExample {
  const worked = measures.map(({ measure, name }) => ({
    name,
    ...measurePattern(measure, toRepeat(example, period), example.weights),
  }));
  return {
    tables: [toAttentionTable(example, isInPattern(worked[0].pattern))],
    steps: worked.map(({ pattern }, says) => {
      const rows = weightsIn(pattern, example.weights);
      return {
        left: '∑',
        expression: sum(rows.flatMap(({ weights }) => weights)),
        says,
      };
    }),
    results: worked.map(({ name, pattern, value }) => {
      const rows = weightsIn(pattern, example.weights);
      const total = sum(rows.flatMap(({ weights }) => weights)).value;
      return {
        left: `\\text{${name}}`,
        expression: over(total, rows.length),
        value,
        unit: 'share' as const,
      };
    }),
  };
}

export const COPYING: readonly MeasureDoc[] = [
  {
    id: 'duplicate',
    group: 'copying',
    formulas: ['\\mean_{i ∈ R} ∑_{j ∈ C_i} a_{ij}'],
    symbols: ['i ∈ R', 'C_i', 'a_{ij}'],
    facts: [duplicate],
    needs: ['rows'],
    related: ['induction', 'detection', 'induction-test'],
    prose: prose('duplicate'),
    work: () => workCopies(duplicate, createDuplicatePattern(ids), 'duplicate'),
  },
  {
    id: 'induction',
    group: 'copying',
    formulas: ['\\mean_{i ∈ R} ∑_{j ∈ C_i} a_{i, j + 1}'],
    symbols: ['i ∈ R', 'C_i', 'a_{i, j + 1}'],
    facts: [induction],
    needs: ['rows'],
    related: ['induction-test', 'prefix-matching', 'previous', 'ov-copying'],
    prose: prose('induction'),
    work: () => workCopies(induction, createInductionPattern(ids), 'induction'),
  },
  {
    id: 'detection',
    group: 'copying',
    formulas: [
      '\\frac{∑_{ij} a_{ij} P_{ij}}{∑_{ij} a_{ij}}',
      '1 − \\frac{1}{n} ∑_{ij} |a_{ij} − P_{ij}|',
    ],
    symbols: ['a_{ij}', 'P_{ij}', 'n'],
    facts: [
      detectPrevious,
      detectDuplicate,
      detectInduction,
      detectPreviousAbs,
      detectDuplicateAbs,
      detectInductionAbs,
    ],
    needs: ['rows'],
    related: ['previous', 'duplicate', 'induction'],
    prose: prose('detection'),
    work: workDetection,
  },
  {
    id: 'induction-test',
    group: 'copying',
    formulas: ['\\frac{1}{m + 1} ∑_{i ≥ m − 1} a_{i, i − (m − 1)}'],
    symbols: ['m', 'a_{i, i − (m − 1)}', 'm + 1'],
    facts: [repeatInduction, repeatDuplicate, repeatPrevious, repeatCurrent, repeatFirst],
    needs: ['random'],
    related: ['induction', 'prefix-matching', 'duplicate', 'previous'],
    prose: prose('induction-test'),
    work: () =>
      workRepeat(RANDOM, 3, [
        { measure: repeatInduction, name: 'induction' },
        { measure: repeatDuplicate, name: 'duplicate' },
        { measure: repeatPrevious, name: 'previous' },
        { measure: repeatCurrent, name: 'current' },
        { measure: repeatFirst, name: 'first' },
      ]),
  },
  {
    id: 'prefix-matching',
    group: 'copying',
    formulas: ['\\mean_i ∑_{j ∈ C_i} a_{i, j + 1}'],
    symbols: ['C_i', 'a_{i, j + 1}'],
    facts: [prefixMatching],
    needs: ['random'],
    related: ['induction-test', 'induction', 'token-copying'],
    prose: prose('prefix-matching'),
    work: () => {
      const { tables } = workRepeat(ROUNDS, 2, [{ measure: prefixMatching, name: '' }]);
      const { pattern, value } = measurePattern(
        prefixMatching,
        toRepeat(ROUNDS, 2),
        ROUNDS.weights,
      );
      const rows = weightsIn(pattern, ROUNDS.weights);
      return {
        tables,
        steps: rows.map(({ query, weights }, k) => ({
          left: `i = ${query}`,
          expression: sum(weights),
          says: k === 0 ? 0 : null,
        })),
        results: [
          {
            left: '\\text{prefix matching}',
            expression: mean(rows.map(({ weights }) => sum(weights).value)),
            value,
            unit: 'share',
          },
        ],
      };
    },
  },
];
