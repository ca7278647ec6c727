import { createProse } from '../measure-doc.ts';

export const prose = createProse('measure-docs-copying', {
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
    where: 'Read: the head card, the role frames and filter of the head grid. Domains.',
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
      'Read: the head card, the role frames and filter of the head grid, “Show me a head that copies”. Domains.',
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
    where: 'Domains: maps, lines and statistics, under the names beside this text.',
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
    where:
      'Atlas: the tests “Induction”, “Duplicate token”, “Previous token”, “Same token” and “First token”, each on random tokens.',
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
    where: 'Atlas: the test “Prefix matching”.',
    also: 'Olsson in-context learning induction heads',
  },
});
