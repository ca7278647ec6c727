import { createSpanPattern, needle } from '../../../measures/patterns/needle.ts';
import {
  computeNegativeAttention,
  negativeAttention,
} from '../../../measures/slices/negative-attention.ts';
import {
  forcedRetrieval,
  retrieval,
  scoreForcedRetrieval,
  scoreRetrieval,
} from '../../../measures/slices/retrieval.ts';
import { computeSinkRate, SINK_MASS, sinkRate } from '../../../measures/slices/sink-rate.ts';
import { summariseSlices } from '../../../tensor/summarise-slices.ts';
import { countWeights, getBinEdges, WEIGHT_BINS } from '../../../tensor/weight-histogram.ts';
import { apply, mean, over, sum, times } from '../arithmetic.ts';
import { createProse, type MeasureDoc } from '../measure-doc.ts';
import {
  type ExampleAttention,
  measurePattern,
  toAttentionTable,
  toIds,
  toSlice,
  WIDENING,
  weightsIn,
} from './example-attention.ts';

const prose = createProse('measure-docs-texts', {
  'sink-rate': {
    title: 'Sink rate',
    sentence:
      'The share of a model’s heads that put more than three tenths of their attention on the first token.',
    reading: '0: no head rests on the first token. 1: all do.',
    symbols: ['first-token mass of head h of layer l', 'the heads of all layers'],
    tables: ['First-token mass of six heads: two layers of three. Those above 0.3 are marked.'],
    steps: ['One for each head above 0.3.'],
    results: ['sink rate'],
    limits: [
      'The threshold of 0.3 is a convention of its source; heads just below and above it are alike.',
      'It is about a model on some texts, not about one head.',
      'Short texts have fewer keys and so more weight on each: compare at equal length.',
    ],
    where: 'Atlas: the summary of the model.',
    also: 'attention sink threshold share of heads Gu',
  },
  retrieval: {
    title: 'Retrieval score',
    sentence:
      'A fact is hidden in a long text; while the model writes the answer, does the head look at the very word that is written next?',
    reading:
      'A head counts as a retrieval head from 0.1 on; few do. A sum over written tokens, it can pass 1 when tokens are repeated.',
    symbols: [
      'a token that is written',
      'the position the head looks at most while t is chosen',
      'the hidden sentence’s positions',
    ],
    tables: [
      'The text, with the needle “blue door” at positions 2 and 3, and the answer after it.',
    ],
    steps: [
      'While generating: three tokens are written, “blue”, “door” and “.”. The head looked at positions 2, 3 and 0: two hits of two needle tokens.',
      'Attention only: the known answer “blue door” stands in the text, and the true next token takes the place of the written one. “is” looks at 2, where the next token “blue” stands: a hit. “blue” looks at 0: none.',
      'Beside it, the share of attention that goes to the needle at all, from every query after it.',
    ],
    results: [
      'retrieval score of this trial',
      'attention-only variant (ours)',
      'attention to the needle (ours)',
    ],
    limits: [
      'It needs the model to answer: trials in which less than half of the answer’s words are right are left out, and small models may keep none.',
      'Only the strongest key counts. A head that looks at the needle second-most scores 0.',
      'The variant without generating is ours. It is cheaper and needs no right answer, and its numbers are not those of the paper.',
      'Needles differ in how easily they are found; scores are means over depths and lengths.',
    ],
    where: 'Atlas: the role “retrieval”.',
    also: 'needle in a haystack long context Wu copy paste',
  },
  'negative-attention': {
    title: 'Negative attention score',
    sentence: 'In a yes-or-no question, whether a head looks more at the word “No” than at “Yes”.',
    reading: 'Positive: more at “No”. Negative: more at “Yes”. 0: alike, or at neither.',
    symbols: ['weight of the word “Yes” of the instruction for query i', 'weight of the word “No”'],
    tables: ['Weights on the two words, for the queries after both of them.'],
    steps: ['Each query: both weights together, times the logarithm of their ratio.'],
    results: ['negative attention score'],
    limits: [
      'It is a sum, so longer questions have larger scores; compare on the same prompts.',
      'A head that looks at neither word has 0 just as one that looks at both alike; the program shows mass and ratio apart as well.',
      'Looking at “No” is not saying no: the head could as well hold it back.',
      'Which queries count, and the tiny number that keeps the logarithm finite, are ours.',
    ],
    where: 'Atlas: the role “negative”.',
    also: 'NAS yes no bias binary decision',
  },
  'weight-distribution': {
    title: 'Distribution of weights',
    sentence:
      'How many attention weights are tiny, small and large: all weights of many texts as one curve.',
    reading:
      'Each bin is a share of all weights; bins lie on a logarithmic scale, four to a doubling.',
    symbols: ['weights in bin b', 'all weights'],
    tables: ['The weights that count are marked: the first key is left out.'],
    steps: ['Weights between one and two quarters (four bins together), and all.'],
    results: ['share of weights from 0.25 to below 0.5'],
    limits: [
      'It pools heads that do quite different things; equal curves do not mean equal heads.',
      'Long texts have more and smaller weights, because rows sum to 1: compare at equal length.',
      'The paper shows such a figure and does not define it; this form is ours.',
    ],
    where: 'Domains: weights by domain, all layers and by layer.',
    also: 'histogram CDF log weights-by-domain',
  },
});

const MASS = [
  [0.12, 0.45, 0.08],
  [0.7, 0.31, 0.3],
];

const STORY: ExampleAttention = {
  words: ['Find', 'the', 'blue', 'door', '.', 'It', 'is', 'blue', 'door'],
  weights: [
    [1],
    [0.9, 0.1],
    [0.8, 0.1, 0.1],
    [0.7, 0.1, 0.1, 0.1],
    [0.6, 0.1, 0.1, 0.1, 0.1],
    [0.5, 0.1, 0.1, 0.1, 0.1, 0.1],
    [0.1, 0.1, 0.5, 0.1, 0.1, 0, 0.1],
    [0.5, 0, 0.1, 0.3, 0, 0, 0, 0.1],
    [0.4, 0.1, 0.1, 0.1, 0.1, 0, 0, 0.1, 0.1],
  ],
};
const NEEDLE = { start: 2, end: 4 };
const ANSWER = { start: 7, end: 9 };

const YES = [0.1, 0.05, 0.2];
const NO = [0.3, 0.1, 0.1];

export const TEXTS: readonly MeasureDoc[] = [
  {
    id: 'sink-rate',
    group: 'places',
    formulas: ['\\share_{l, h} ( S_{lh} > 0.3 )'],
    symbols: ['S_{lh}', 'l, h'],
    facts: [sinkRate],
    needs: ['texts'],
    related: ['first', 'streaming'],
    prose: prose('sink-rate'),
    work: () => {
      const flags = MASS.flat().map((mass) => (mass > SINK_MASS ? 1 : 0));
      const sinks = sum(flags);
      return {
        tables: [
          {
            rows: ['L0', 'L1'],
            columns: ['H0', 'H1', 'H2'],
            values: MASS,
            kind: 'plain',
            isMarked: (row, column) => MASS[row][column] > SINK_MASS,
          },
        ],
        steps: [{ left: '\\text{sinks}', expression: sinks, says: 0 }],
        results: [
          {
            left: '\\text{sink rate}',
            expression: over(sinks.value, flags.length),
            value: computeSinkRate(MASS.flat()),
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'retrieval',
    group: 'texts',
    formulas: [
      '∑_t \\frac{1}{|D|} \\text{ where } j^*_t ∈ D \\text{ and token } j^*_t \\text{ is } t',
    ],
    symbols: ['t', 'j^*_t', 'D'],
    facts: [retrieval, forcedRetrieval, needle],
    needs: ['answers'],
    related: ['induction', 'streaming', 'positional'],
    prose: prose('retrieval'),
    work: () => {
      const ids = toIds(STORY.words);
      const idOf = (word: string): number => STORY.words.indexOf(word);
      const steps = [
        { strongestKey: 2, id: idOf('blue') },
        { strongestKey: 3, id: idOf('door') },
        { strongestKey: 0, id: idOf('.') },
      ];
      const hits = sum([1, 1, 0]);
      const forced = sum([1, 0]);
      const length = NEEDLE.end - NEEDLE.start;
      const summary = summariseSlices([toSlice(STORY.weights)], ids);
      const rows = weightsIn(createSpanPattern(ids.length, NEEDLE), STORY.weights);
      const toNeedle = rows.map(({ weights }) => sum(weights));
      const probe = { ids, tokens: null, repeat: null, needle: NEEDLE };
      return {
        tables: [
          toAttentionTable(
            STORY,
            (row, column) =>
              row >= ANSWER.start - 1 &&
              row < ANSWER.end - 1 &&
              STORY.weights[row][column] === Math.max(...STORY.weights[row]),
          ),
        ],
        steps: [
          { left: '\\text{hits}', expression: hits, says: 0 },
          { left: '\\text{hits}', expression: forced, says: 1 },
          ...toNeedle.map((expression, k) => ({
            left: `i = ${rows[k].query}`,
            expression,
            says: k === 0 ? 2 : null,
          })),
        ],
        results: [
          {
            left: '\\text{score}',
            expression: over(hits.value, length),
            value: scoreRetrieval(steps, ids.subarray(0, ANSWER.start), NEEDLE),
            unit: 'score',
          },
          {
            left: '\\text{score}',
            expression: over(forced.value, length),
            value: scoreForcedRetrieval(summary, 0, ids, NEEDLE, ANSWER),
            unit: 'score',
          },
          {
            left: '\\text{share}',
            expression: mean(toNeedle.map(({ value }) => value)),
            value: measurePattern(needle, probe, STORY.weights).value,
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'negative-attention',
    group: 'texts',
    formulas: [
      '∑_i (a_{i, \\text{Yes}} + a_{i, \\text{No}}) · \\ln \\frac{a_{i, \\text{No}}}{a_{i, \\text{Yes}}}',
    ],
    symbols: ['a_{i, \\text{Yes}}', 'a_{i, \\text{No}}'],
    facts: [negativeAttention],
    needs: ['rows'],
    related: ['divergence', 'retrieval'],
    prose: prose('negative-attention'),
    work: () => {
      const rows = YES.map((yes, i) => times(sum([yes, NO[i]]), apply('ln', over(NO[i], yes))));
      return {
        tables: [
          {
            rows: ['i = 8', 'i = 9', 'i = 10'],
            columns: ['Yes', 'No'],
            values: YES.map((yes, i) => [yes, NO[i]]),
            kind: 'plain',
          },
        ],
        steps: rows.map((expression, i) => ({
          left: `i = ${8 + i}`,
          expression,
          says: i === 0 ? 0 : null,
        })),
        results: [
          {
            left: '\\text{score}',
            expression: sum(rows.map(({ value }) => value)),
            value: computeNegativeAttention(Float32Array.from(YES), Float32Array.from(NO), 0).score,
            unit: 'score',
          },
        ],
      };
    },
  },
  {
    id: 'weight-distribution',
    group: 'texts',
    formulas: ['\\frac{n_b}{n}'],
    symbols: ['n_b', 'n'],
    facts: [
      {
        id: 'weight-distribution',
        unit: 'share',
        range: [0, 1],
        source: 'after a figure of Jawale et al. 2024 whose form is not known; methods 1.5 [RECON]',
        certainty: 'ours',
      },
    ],
    needs: ['texts'],
    related: ['entropy', 'confidence'],
    prose: prose('weight-distribution'),
    work: () => {
      const weights = WIDENING.weights.flatMap((row) => row.slice(1));
      const bins = new Float64Array(WEIGHT_BINS);
      countWeights(bins, Float32Array.from(weights));
      const edges = getBinEdges();
      const counted = bins.reduce(
        (total, count, bin) => total + (edges[bin] >= 0.25 && edges[bin] < 0.5 ? count : 0),
        0,
      );
      const inside = sum(weights.map((weight) => (weight >= 0.25 && weight < 0.5 ? 1 : 0)));
      return {
        tables: [toAttentionTable(WIDENING, (_, column) => column > 0)],
        steps: [
          { left: '\\text{from } 0.25 \\text{ to } 0.5', expression: inside, says: 0 },
          { left: '\\text{all}', expression: sum(weights.map(() => 1)), says: null },
        ],
        results: [
          {
            left: '\\text{share}',
            expression: over(inside.value, weights.length),
            value: counted / bins.reduce((total, count) => total + count, 0),
            unit: 'share',
          },
        ],
      };
    },
  },
];
