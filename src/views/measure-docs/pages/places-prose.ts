import { createProse } from '../measure-doc.ts';

export const prose = createProse('measure-docs-places', {
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
    where:
      'Read: the head card, the order of the head grid, the switch “First token”. Domains. Atlas: the tests “First token as a sink” and “First four tokens”.',
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
    where: 'Domains: maps, lines and statistics.',
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
    where:
      'Read: the head card, the role frames of the head grid. Domains. Atlas: the test “Same token”.',
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
    where:
      'Read: the head card, the role frames and filter of the head grid. Domains. Atlas: the test “Previous token, ordinary texts”.',
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
    where: 'Atlas: the test “Begin and nearby only”.',
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
    where: 'Atlas: the test “Punctuation and line ends”.',
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
    where:
      'Atlas: the test “Pieces of a word”, there less what tokens that begin a word give to the same distances.',
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
    where:
      'Atlas: the test “Rarest token, farther back”, which counts queries too, but leaves out those where the rarest token is the query or the one before it.',
    also: 'infrequent frequency Voita',
  },
});
