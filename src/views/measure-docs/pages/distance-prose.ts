import { createProse } from '../measure-doc.ts';

export const prose = createProse('measure-docs-distance', {
  distance: {
    title: 'Attention distance',
    sentence: 'How many tokens back a head looks, on average.',
    reading:
      'In tokens. 0: each token looks at itself. 1: at the one before it. Weights spread evenly over all earlier tokens of n give (n − 1) / 4.',
    symbols: ['weight of key j for query i', 'how many tokens back the key is'],
    tables: [
      'Each row is a query, each column a key. On the diagonal the distance is 0, beside it 1, and so on.',
    ],
    steps: [
      'Weight times distance, row by row (cells on the diagonal add nothing).',
      'All weights together: each row sums to 1, so this is the number of queries.',
      'Without the first key: its column is taken out of both sums. This is how the program shows it unless you say otherwise.',
    ],
    results: ['all keys', 'without the first key'],
    limits: [
      'With the first key kept it mostly measures the sink: a head that rests on the first token looks as if it looked far back, the more so the longer the text is.',
      'It grows with the length of the text; compare texts cut to the same number of tokens.',
      'It is a mean: half of the weight on the neighbour and half fifty tokens back gives 25, where the head never looks.',
      'Distances are in tokens of this model’s tokenizer; another cuts the same words into more or fewer.',
    ],
    where:
      'Read: the head card, the order and filter of the head grid. Domains: maps, lines and statistics, and as difference between sets.',
    also: 'range locality how far back span pooled',
  },
  pooling: {
    title: 'Texts taken together',
    sentence:
      'How a head’s values on several texts become one value: sums are added before they are divided, so that a long text counts by its length.',
    reading:
      'In the unit of the measure. It lies between the smallest and the largest of the texts’ own values.',
    symbols: ['a text', 'what the measure sums up in text x, and what this is divided by'],
    tables: ['A first text of four tokens.', 'A second text of two tokens.'],
    steps: [
      'The first text: sum and weight of attention distance, all keys.',
      'The second text.',
      'The mean of the two texts’ own values would be another number; it is not what is shown.',
    ],
    results: ['both texts taken together'],
    limits: [
      'A pooled value has no spread: statistics use one value a text instead, because the text is what was sampled.',
      'Long texts dominate. Texts are therefore cut to equal length in Domains.',
      'A text in which a measure is undefined (no token repeats, for example) adds nothing, and is not counted as 0.',
    ],
    where:
      'Domains: every value that stands for a set of texts. Atlas: scores over several probe texts.',
    also: 'pool average corpus weighted mean several texts',
  },
  positional: {
    title: 'Positional heads',
    sentence:
      'The share of tokens whose strongest key is at one and the same distance: whether a head looks by place rather than by content.',
    reading: 'From 0.9 on a head counts as positional, as in the source.',
    symbols: [
      'a distance in tokens: 0 the token itself, 1 the one before it',
      'the key with the largest weight in row i',
    ],
    tables: ['The strongest key of each query is marked.'],
    steps: [
      'Queries from 1 on whose strongest key is at the most common distance, of all of them.',
    ],
    results: ['largest share over distances'],
    limits: [
      'Only the strongest key counts: .34 against .33 counts as much as .99.',
      'A head that looks at the first token is not positional in this sense, since the distance to it grows; see first-token mass.',
      'On a short or repetitive text content and place can agree by chance. The atlas therefore takes many texts together.',
    ],
    where: 'Atlas: the test “Fixed offset”. Domains: maps, lines and statistics.',
    also: 'offset relative position argmax Voita previous next',
  },
});
