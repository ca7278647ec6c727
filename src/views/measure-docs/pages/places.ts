import { first, firstFour } from '../../../measures/heads/first-token.ts';
import { interdependency } from '../../../measures/heads/interdependency.ts';
import { current, previous } from '../../../measures/heads/neighbours.ts';
import { getValue } from '../../../measures/measure.ts';
import type { PatternMeasure } from '../../../measures/patterns/pattern-measure.ts';
import { poolStrongest, toProbe } from '../../../measures/patterns/pattern-measure.ts';
import {
  createRarePattern,
  rareTokens,
  rareWords,
} from '../../../measures/patterns/rare-tokens.ts';
import { createStreamingPattern, streaming } from '../../../measures/patterns/streaming.ts';
import { subwordMerge } from '../../../measures/patterns/subword-merge.ts';
import { delimiter, punctuation } from '../../../measures/patterns/token-classes.ts';
import { summariseSlices } from '../../../tensor/summarise-slices.ts';
import { mean, minus, over, sum } from '../arithmetic.ts';
import { createProse, type MeasureDoc, type WorkedExample } from '../measure-doc.ts';
import {
  type ExampleAttention,
  isInPattern,
  measureExample,
  measurePattern,
  toAttentionTable,
  toSlice,
  toTokens,
  WIDENING,
  weightsIn,
} from './example-attention.ts';

const prose = createProse('measure-docs-places', {
  first: {
    title: 'First-token and first-four mass',
    sentence:
      'The share of attention that rests on the very first token, or on the first four, whatever they say.',
    reading: '0.05 is a head that works elsewhere; 0.9 is one that mostly rests.',
    symbols: [
      'weight of the first key for query i',
      'weight of key j for query i',
      'number of queries',
    ],
    tables: [
      'The first column is marked: the first key.',
      'A longer head, for the first four keys.',
    ],
    steps: [
      'The first key’s weight of each query from 1 on. Query 0 has no choice: its weight there is 1 by definition.',
      'The first four keys’ weights of each query from 4 on, added.',
    ],
    results: ['first token', 'first four tokens'],
    limits: [
      'It is a habit of models, not a fact about the text: attention has to go somewhere, and the first token is a place where it does little. A high value does not mean that the first word matters.',
      'Whether the text begins with a begin token changes it: then that token is the sink.',
      'A head that rests on most tokens may do its work on the few others: look at which queries do not rest.',
    ],
    where: 'Read: the head card, the order of the head grid, the switch “first token”. Domains.',
    also: 'attention sink BOS StreamingLLM null attention',
  },
  interdependency: {
    title: 'Interdependency (ours)',
    sentence:
      'The share of attention that a token spends on other tokens than itself and the first one.',
    reading: '0: tokens look at themselves and the first only. 1: at others only.',
    symbols: ['weight of a token for itself', 'weight of the first key', 'number of queries'],
    tables: ['What counts is marked: neither the diagonal nor the first column.'],
    steps: ['From query 2 on, where there is a third token to look at.'],
    results: ['interdependency'],
    limits: [
      'The paper on conversations names an “interdependency factor”; its formula was not available to us. This is our operationalisation, and no number of that paper can be compared with it.',
      'All other tokens count alike, near or far, one or many: see distance and effective keys.',
      'That a token looks at others does not show that it depends on them: what is looked at may carry nothing.',
    ],
    where: 'Domains: maps, by layer, by head, statistics.',
    also: 'IF factor Jawale conversations dependence',
  },
  current: {
    title: 'Current token',
    sentence: 'How much of its attention a token gives to itself.',
    reading: '1: each token looks at itself only.',
    symbols: ['weight of a token for itself', 'number of queries'],
    tables: ['The diagonal is marked.'],
    steps: ['All queries, the first too, which can look at itself only.'],
    results: ['current token'],
    limits: [
      'The first query adds 1 by necessity, which shows in short texts.',
      'Looking at itself can mean “keep what is here” or “nothing to do here”; weights do not tell which.',
    ],
    where: 'Read: the head card and the role frames of the head grid. Atlas.',
    also: 'self diagonal same token',
  },
  previous: {
    title: 'Previous token',
    sentence: 'How much of its attention a token gives to the one just before it.',
    reading:
      '1: each token looks at the one before only. Previous-token heads are a first half of induction.',
    symbols: ['weight of the key just before query i', 'number of queries'],
    tables: ['The cells beside the diagonal are marked.'],
    steps: ['Queries from 1 on: the first has nothing before it.'],
    results: ['previous token'],
    limits: [
      'In query 1 the previous token is the first token too: sinks add a little.',
      'It does not tell place from content: in “New York” the token before is also the one that belongs to it. Repeated random tokens do: see the induction test.',
      'Detection by pattern, which counts all attention below, gives slightly other numbers: see its page.',
    ],
    where: 'Read: the head card, the role frames and filter of the head grid. Atlas.',
    also: 'offset one neighbour bigram',
  },
  streaming: {
    title: 'Streaming heads',
    sentence:
      'The share of attention that goes to the first few tokens and the most recent ones, and to nothing between.',
    reading:
      'Near 1 a head could do without the middle of the text. From 0.9 on we call it streaming.',
    symbols: [
      'weight of key j for query i',
      'first tokens that are kept: 4',
      'recent tokens, the query included: 16 in the program',
    ],
    tables: [
      'For a table of this size one first and two recent tokens are marked, instead of 4 and 16.',
    ],
    steps: ['Queries that can see more than the marked keys, and their weights there.'],
    results: ['mass on first and recent tokens'],
    limits: [
      'How many tokens are recent and the threshold are our choice; the source keeps as many as fit.',
      'A high value on short texts means little: there is hardly a middle to look at.',
      'A small share in the middle can be the one that matters: retrieval heads look there for single words.',
    ],
    where: 'Atlas: the role “streaming”.',
    also: 'StreamingLLM window recent local sink',
  },
  punctuation: {
    title: 'Punctuation and delimiter mass',
    sentence:
      'The share of attention that goes to punctuation marks, or to tokens that end a line or a sentence.',
    reading: '0: none. A uniform head gives the share of such tokens among those it sees.',
    symbols: [
      'weight of key j for query i',
      'keys from 1 on that are punctuation, or that end a line, a cell of a table or a sentence',
      'number of queries',
    ],
    tables: [
      'The columns of “,” and “.” are marked; both are punctuation, the second is a delimiter too.',
    ],
    steps: [
      'Punctuation: the marked weights of each query, over all queries.',
      'Delimiters: the full stop alone.',
    ],
    results: ['punctuation', 'delimiters'],
    limits: [
      'It depends on how much punctuation the text has: compare heads on the same text, or texts of one kind.',
      'Punctuation marks are often sinks in mid-text; mass on them can be rest, not grammar.',
      'Tokens that mix marks and letters (“n’t”, “x,”) do not count.',
    ],
    where: 'Atlas: the role “delimiter”.',
    also: 'separator comma full stop line break Clark',
  },
  'subword-merge': {
    title: 'Subword merge',
    sentence: 'How much the later pieces of a word look at the earlier pieces of the same word.',
    reading: '1: pieces look at their own word only.',
    symbols: [
      'a piece that does not begin its word',
      'earlier pieces of the same word',
      'weight of key j for query i',
    ],
    tables: [
      '“unhappiness” is three pieces; from its second and third piece the earlier ones are marked.',
    ],
    steps: ['The queries that continue a word.'],
    results: ['subword merge'],
    limits: [
      'The previous token is usually a piece of the same word: previous-token heads score high here without knowing words.',
      'What a piece is, is the tokenizer’s; in texts of common words there may be none, and the measure is undefined.',
      'The survey describes such heads in words; this test is ours.',
    ],
    where: 'Atlas: the role “subword merge”.',
    also: 'detokenisation word pieces BPE',
  },
  'rare-words': {
    title: 'Rare words',
    sentence: 'How much a head looks at the rarest token of the sentence so far.',
    reading: '1: it looks at the rarest token only.',
    symbols: [
      'weight of key j for query i',
      'the rarest token of the sentence up to i, the text’s first token aside',
    ],
    tables: [
      '“quinoa” is the rarest token: its number in the vocabulary is the largest. It is marked from query 2 on.',
    ],
    steps: [
      'Queries that see two tokens of their sentence or more, and their weights on the rarest.',
      'Of these, the queries whose largest weight is on it.',
    ],
    results: ['share of attention', 'share of queries'],
    limits: [
      'Rarity is the token’s place in the vocabulary, because the counts of the training texts are not in the file: a rough measure.',
      'Rare tokens are often names and the topic; looking at them can be about meaning, not rarity.',
      'The paper counts whether the strongest key is the least frequent one, over whole sentences; the share of weight is ours.',
    ],
    where: 'Atlas: the role “rare words”.',
    also: 'infrequent frequency Voita',
  },
});

const { weights } = WIDENING;

const LONGER: ExampleAttention = {
  words: ['The', 'cat', 'sat', 'on', 'a', 'mat'],
  weights: [
    [1],
    [0.9, 0.1],
    [0.8, 0.1, 0.1],
    [0.7, 0.1, 0.1, 0.1],
    [0.4, 0.1, 0.1, 0.2, 0.2],
    [0.5, 0, 0.1, 0.1, 0.2, 0.1],
  ],
};
const MARKS: ExampleAttention = {
  words: ['Well', ',', 'he', 'sat', '.'],
  weights: [[1], [0.8, 0.2], [0.5, 0.4, 0.1], [0.4, 0.3, 0.2, 0.1], [0.3, 0.2, 0.1, 0.1, 0.3]],
};
const PIECES: ExampleAttention = {
  words: ['Such', ' un', 'happi', 'ness', ' ends'],
  weights: [[1], [0.9, 0.1], [0.3, 0.6, 0.1], [0.2, 0.3, 0.4, 0.1], [0.5, 0.1, 0.1, 0.2, 0.1]],
};
const RARE: ExampleAttention = {
  words: ['He', ' ate', ' quinoa', ' at', ' noon'],
  weights: [[1], [0.5, 0.5], [0.3, 0.2, 0.5], [0.3, 0.1, 0.4, 0.2], [0.5, 0.1, 0.3, 0.05, 0.05]],
};
/** Places in a vocabulary whose frequent tokens come first. */
const RARE_IDS = Int32Array.of(5, 40, 900, 7, 120);

/** A page's example from a pattern measure: marked cells, their sums a query, the mean. */
function workPattern(
  example: ExampleAttention,
  measures: readonly { readonly measure: PatternMeasure; readonly left: string }[],
  tokens = toTokens(example.words),
): WorkedExample {
  const worked = measures.map(({ measure, left }) => ({
    left,
    ...measurePattern(measure, toProbe(tokens), example.weights),
  }));
  return {
    tables: [toAttentionTable(example, isInPattern(worked[0].pattern))],
    steps: worked.flatMap(({ pattern }, says) =>
      weightsIn(pattern, example.weights).map((row, k) => ({
        left: `∑_j a_{${row.query}j}`,
        expression: sum(row.weights),
        says: k === 0 ? says : null,
      })),
    ),
    results: worked.map(({ left, pattern, value }, at) => {
      const sums = weightsIn(pattern, example.weights).map((row) => sum(row.weights).value);
      const isPerText = measures[at].measure.pool(1, pattern).weight === example.words.length;
      return {
        left,
        expression: isPerText ? over(sum(sums), example.words.length) : mean(sums),
        value,
        unit: 'share' as const,
      };
    }),
  };
}

export const PLACES: readonly MeasureDoc[] = [
  {
    id: 'first',
    group: 'places',
    formulas: [
      'S_1 = \\frac{1}{n − 1} ∑_{i ≥ 1} a_{i0}',
      'S_4 = \\frac{1}{n − 4} ∑_{i ≥ 4} ∑_{j < 4} a_{ij}',
    ],
    symbols: ['a_{i0}', 'a_{ij}', 'n'],
    facts: [first, firstFour],
    needs: ['rows'],
    related: ['sink-rate', 'streaming', 'interdependency'],
    prose: prose('first'),
    work: () => ({
      tables: [
        toAttentionTable(WIDENING, (row, column) => row > 0 && column === 0),
        toAttentionTable(LONGER, (row, column) => row > 3 && column < 4),
      ],
      steps: [
        ...weights.slice(1).map((row, k) => ({
          left: `a_{${k + 1}0}`,
          expression: sum([row[0]]),
          says: k === 0 ? 0 : null,
        })),
        ...LONGER.weights.slice(4).map((row, k) => ({
          left: `∑_{j < 4} a_{${k + 4}j}`,
          expression: sum(row.slice(0, 4)),
          says: k === 0 ? 1 : null,
        })),
      ],
      results: [
        {
          left: 'S_1',
          expression: mean(weights.slice(1).map((row) => row[0])),
          value: measureExample(first, WIDENING),
          unit: 'share',
        },
        {
          left: 'S_4',
          expression: mean(LONGER.weights.slice(4).map((row) => sum(row.slice(0, 4)).value)),
          value: measureExample(firstFour, LONGER),
          unit: 'share',
        },
      ],
    }),
  },
  {
    id: 'interdependency',
    group: 'places',
    formulas: ['\\frac{1}{n − 2} ∑_{i ≥ 2} (1 − a_{ii} − a_{i0})'],
    symbols: ['a_{ii}', 'a_{i0}', 'n'],
    facts: [interdependency],
    needs: ['rows'],
    related: ['effective-keys', 'first', 'current'],
    prose: prose('interdependency'),
    work: () => {
      const others = weights.slice(2).map((row, k) => minus(minus(1, row[k + 2]), row[0]));
      return {
        tables: [
          toAttentionTable(WIDENING, (row, column) => row > 1 && column > 0 && column < row),
        ],
        steps: others.map((expression, k) => ({
          left: `1 − a_{${k + 2}${k + 2}} − a_{${k + 2}0}`,
          expression,
          says: k === 0 ? 0 : null,
        })),
        results: [
          {
            left: '\\text{interdependency}',
            expression: mean(others.map(({ value }) => value)),
            value: measureExample(interdependency, WIDENING),
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'current',
    group: 'places',
    formulas: ['\\frac{1}{n} ∑_i a_{ii}'],
    symbols: ['a_{ii}', 'n'],
    facts: [current],
    needs: ['rows'],
    related: ['previous', 'interdependency', 'induction-test'],
    prose: prose('current'),
    work: () => ({
      tables: [toAttentionTable(WIDENING, (row, column) => row === column)],
      steps: weights.map((row, i) => ({
        left: `a_{${i}${i}}`,
        expression: sum([row[i]]),
        says: i === 0 ? 0 : null,
      })),
      results: [
        {
          left: '\\text{current}',
          expression: mean(weights.map((row, i) => row[i])),
          value: measureExample(current, WIDENING),
          unit: 'share',
        },
      ],
    }),
  },
  {
    id: 'previous',
    group: 'places',
    formulas: ['\\frac{1}{n − 1} ∑_{i ≥ 1} a_{i, i − 1}'],
    symbols: ['a_{i, i − 1}', 'n'],
    facts: [previous],
    needs: ['rows'],
    related: ['detection', 'induction', 'current', 'positional'],
    prose: prose('previous'),
    work: () => ({
      tables: [toAttentionTable(WIDENING, (row, column) => column === row - 1)],
      steps: weights.slice(1).map((row, k) => ({
        left: `a_{${k + 1}${k}}`,
        expression: sum([row[k]]),
        says: k === 0 ? 0 : null,
      })),
      results: [
        {
          left: '\\text{previous}',
          expression: mean(weights.slice(1).map((row, k) => row[k])),
          value: measureExample(previous, WIDENING),
          unit: 'share',
        },
      ],
    }),
  },
  {
    id: 'streaming',
    group: 'places',
    formulas: ['∑_{j < s} a_{ij} + ∑_{j > i − w} a_{ij}'],
    symbols: ['a_{ij}', 's', 'w'],
    facts: [streaming],
    needs: ['rows'],
    related: ['first', 'distance', 'retrieval'],
    prose: prose('streaming'),
    work: () =>
      workPattern(LONGER, [
        {
          measure: { ...streaming, build: ({ ids }) => createStreamingPattern(ids.length, 1, 2) },
          left: '\\text{streaming}',
        },
      ]),
  },
  {
    id: 'punctuation',
    group: 'places',
    formulas: ['\\frac{1}{n} ∑_i ∑_{j ∈ P} a_{ij}'],
    symbols: ['a_{ij}', 'P', 'n'],
    facts: [punctuation, delimiter],
    needs: ['rows'],
    related: ['first', 'subword-merge'],
    prose: prose('punctuation'),
    work: () =>
      workPattern(MARKS, [
        { measure: punctuation, left: '\\text{punctuation}' },
        { measure: delimiter, left: '\\text{delimiters}' },
      ]),
  },
  {
    id: 'subword-merge',
    group: 'places',
    formulas: ['\\mean_i ∑_{j ∈ w(i), j < i} a_{ij}'],
    symbols: ['i', 'w(i)', 'a_{ij}'],
    facts: [subwordMerge],
    needs: ['rows'],
    related: ['previous', 'punctuation'],
    prose: prose('subword-merge'),
    work: () => workPattern(PIECES, [{ measure: subwordMerge, left: '\\text{merge}' }]),
  },
  {
    id: 'rare-words',
    group: 'places',
    formulas: ['\\mean_i a_{i, r(i)}', '\\share_i ( \\argmax_j a_{ij} = r(i) )'],
    symbols: ['a_{ij}', 'r(i)'],
    facts: [rareTokens, rareWords],
    needs: ['rows'],
    related: ['positional', 'punctuation'],
    prose: prose('rare-words'),
    work: () => {
      const tokens = { ...toTokens(RARE.words), ids: RARE_IDS };
      const worked = workPattern(RARE, [{ measure: rareTokens, left: '\\text{rare}' }], tokens);
      const pattern = createRarePattern(tokens);
      const rows = weightsIn(pattern, RARE.weights);
      const hits = sum(
        rows.map(({ query, weights: own }) =>
          Math.max(...own) === Math.max(...RARE.weights[query]) ? 1 : 0,
        ),
      );
      const summary = summariseSlices([toSlice(RARE.weights)], tokens.ids);
      return {
        tables: worked.tables,
        steps: [...worked.steps, { left: '\\text{hits}', expression: hits, says: 1 }],
        results: [
          ...worked.results,
          {
            left: '\\text{rare}',
            expression: over(hits.value, rows.length),
            value: getValue(poolStrongest(summary, 0, pattern)),
            unit: 'share',
          },
        ],
      };
    },
  },
];
