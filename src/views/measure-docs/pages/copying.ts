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
import { createProse, type MeasureDoc, type WorkedExample } from '../measure-doc.ts';
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

const prose = createProse('measure-docs-copying', {
  duplicate: {
    title: 'Duplicate token',
    sentence: 'How much a token that was said before looks at its earlier copies.',
    reading:
      '1: repeated tokens look at their copies only. Undefined when no token of the text repeats.',
    symbols: [
      'a query whose token stands earlier in the text as well',
      'positions of its earlier copies',
      'weight of key j for query i',
    ],
    tables: ['“old” and “Tom” are said twice; the cells of their copies are marked.'],
    steps: ['The two queries that have a copy, and their weights on it.'],
    results: ['duplicate'],
    limits: [
      'Only repeated tokens are asked. A text with two of them gives a rough number; see how many there are.',
      'Copies are equal tokens: “Tom” and “ tom” are different, and “the” is a copy of any other “the”.',
      'Repeated tokens are mostly frequent ones (“the”, “,”), which can be sinks.',
    ],
    where: 'Read: the head card, the role frames and filter of the head grid. Atlas.',
    also: 'same token repeat copies',
  },
  induction: {
    title: 'Induction',
    sentence:
      'How much a token that was said before looks at what followed it then: the step by which a model continues what it has seen.',
    reading:
      '1: repeated tokens look at the followers of their copies only. Undefined when no token repeats.',
    symbols: [
      'a query whose token stands earlier in the text as well',
      'positions of its earlier copies',
      'weight of the token after a copy',
    ],
    tables: [
      'After the first “old” came “Tom”, after the first “Tom” came “met”: those cells are marked in the rows of the second ones.',
    ],
    steps: ['The two queries that have a copy, and their weights on its follower.'],
    results: ['induction'],
    limits: [
      'On real text “what followed” is often also the previous token, a frequent token or a sink. The test on repeated random tokens rules that out.',
      'It shows where a head looks, not that the model then says the follower: copying is measured on the weights.',
      'A token said twice in a row counts itself as its follower.',
    ],
    where:
      'Read: the head card, the role frames and filter of the head grid, “Show me a head that copies”. Atlas.',
    also: 'AB A B in-context copying follower',
  },
  detection: {
    title: 'Detection by pattern',
    sentence:
      'How well a head’s whole matrix agrees with a drawn pattern: previous token, duplicate token or induction.',
    reading:
      'Share form: 1, all attention is in the pattern. Difference form: 1, the matrix is the pattern; it can fall below 0.',
    symbols: [
      'weight of key j for query i',
      '1 in the pattern’s cells, 0 elsewhere',
      'number of tokens',
    ],
    tables: ['The induction pattern of this text is marked.'],
    steps: [
      'Induction: the weights in its cells, and all weights (a row sums to 1).',
      'Duplicate: its two cells.',
      'Previous token: the cells beside the diagonal.',
      'Difference form: cells outside count with their weight, cells inside with what they lack to 1. Since weights lie between 0 and 1 this is all weights and all cells less twice the weights inside.',
    ],
    results: [
      'previous, share',
      'duplicate, share',
      'induction, share',
      'previous, difference',
      'duplicate, difference',
      'induction, difference',
    ],
    limits: [
      'All queries are in the denominator, those without a copy too: a perfect induction head gets only as much as the text has repetitions. Compare heads on one text, not texts.',
      'Sinks lower every score, since resting queries count as disagreement.',
      'The difference form of a pattern with few cells is mostly about how little attention is elsewhere; values near −1 are common and mean nothing by themselves.',
      'The library it comes from rounds to three digits; here nothing is rounded.',
    ],
    where: 'Atlas: evidence for the roles. Tables and exports under the ids below.',
    also: 'TransformerLens detect_head mul abs error measure head detector',
  },
  'induction-test': {
    title: 'Induction on repeated random tokens',
    sentence:
      'Random tokens are said twice; how much does the head look at what followed a token the first time, where nothing but repetition can guide it?',
    reading:
      '1: a pure induction head. Heads that go by meaning or grammar have nothing to go by here.',
    symbols: [
      'how many random tokens there are in one round',
      'weight of the key m − 1 tokens back: the one after the copy',
      'number of queries that have such a key: m + 1',
    ],
    tables: ['Three random tokens said twice; the cells m − 1 = 2 tokens back are marked.'],
    steps: [
      'The diagonal of the induction score. As in its source it begins at query m − 1, which has no copy yet.',
      'On the same text: each token’s copy, m tokens back.',
      'The token just before.',
      'The token itself.',
      'The first token.',
    ],
    results: ['induction', 'duplicate', 'previous', 'current', 'first'],
    limits: [
      'Random tokens are nothing a model was trained on: a head that scores low may still continue repetitions in real text.',
      'The last query of the first round counts although it has nothing to continue; with m of 50 it hardly shows.',
      'It says where the head looks. Whether the model’s guess gets better in the second round is another check (the loss of the second half).',
    ],
    where: 'Atlas: the test behind the roles induction, duplicate and previous token.',
    also: 'repeated random sequence TransformerLens demo induction score stripe',
  },
  'prefix-matching': {
    title: 'Prefix matching',
    sentence:
      'Random tokens are said several times; how much does a token look at everything that followed its earlier copies?',
    reading: '1: all attention goes to followers of earlier copies.',
    symbols: ['positions of earlier copies of token i', 'weight of the token after a copy'],
    tables: [
      'Two random tokens said three times; followers of earlier copies are marked from the second round on.',
    ],
    steps: ['For each query from the second round on, the weights on all followers together.'],
    results: ['prefix matching'],
    limits: [
      'All earlier copies count together: it does not tell whether the head prefers the latest one.',
      'The formula is known to us from the literature and was not read in the authors’ code; their choice of random tokens differs from ours in detail.',
      'As with all attention, looking is half of induction; the other half is copying.',
    ],
    where: 'Atlas: the role “induction”.',
    also: 'Olsson in-context learning induction heads',
  },
});

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
