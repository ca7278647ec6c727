import { createProse } from '../measure-doc.ts';

export const prose = createProse('measure-docs-texts', {
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
    where:
      'Domains: “Position or content”, for each set. The mass of each head, from which it is counted: Read, the head card; Atlas, the test “First token as a sink”.',
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
    where:
      'Atlas: the test “Needle in a haystack”, which uses the attention-only variant. No view shows the score of generated answers yet.',
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
    where:
      'Atlas: the test “No before yes”, which asks in both orders of the words and takes the smaller result.',
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
    where: 'Domains: “Sizes of attention weights”.',
    also: 'histogram CDF log weights-by-domain',
  },
});
