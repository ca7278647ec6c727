import { createProse } from '../measure-doc.ts';

export const prose = createProse('measure-docs-spread', {
  entropy: {
    title: 'Entropy',
    sentence:
      'How spread out a head’s attention is: nothing when each token looks at one token only, much when it looks at many alike.',
    reading:
      'In nats; divided by 0.693 it is in bits. 0 is one key only. A query that can see n keys has at most ln n, so the largest possible value grows along the text.',
    symbols: [
      'weight of key j for query i: the share of its attention; a row sums to 1',
      'entropy of one query’s row; 0 ln 0 counts as 0',
      'number of queries',
      'the weight after the first key is deleted and the row is made to sum to 1 again',
    ],
    tables: ['Each row is a query, each column a key. The weights of a row sum to 1.'],
    steps: [
      'Entropy of each row, all keys kept. The first query can only look at itself.',
      'First key deleted, the rest divided by its sum: rows 0 and 1 have fewer than two keys left and are skipped.',
      'First key’s term only left out, nothing divided: these are no entropies of a distribution any more, but show what the other keys add.',
    ],
    results: ['all keys', 'first key deleted and renormalised', 'first key’s term omitted'],
    limits: [
      'It does not say where the head looks: half on each of two neighbours and half on each of two far tokens have the same entropy.',
      'Most heads put much weight on the first token (a sink). With that key kept, a low entropy often means “rests on the first token”, not “found the one token that matters”. Look at it with the first key deleted as well.',
      'It grows with the length of the text, because the largest possible value does. Compare texts cut to equal length, or use the normalised form.',
      'Spread attention is not unimportant attention, and sharp attention is not an explanation of the answer.',
    ],
    where:
      'Read: the entropy view (per token, token × layer, layer × head), the head card, the order and filter of the head grid, the tint of the text. Domains: maps, lines and statistics; one text of each set, token by token.',
    also: 'dispersion uncertainty nats bits Shannon renormalised omitted first key',
  },
  'entropy-share': {
    title: 'Normalised entropy',
    sentence:
      'Entropy as a share of the largest that was possible at that place, so that early and late tokens can be compared.',
    reading: '0: one key only. 1: all keys that the query may look at are looked at alike.',
    symbols: [
      'entropy of the row of query i',
      'number of keys that query i may look at: i + 1, or as many as the layer’s window holds',
    ],
    tables: ['The same small head as on the page of entropy.'],
    steps: [
      'Each query’s entropy is divided by the largest possible one. The first query is left out: its largest is ln 1 = 0.',
      'First key deleted: one key fewer is possible.',
      'First key’s term omitted: the largest that the remaining terms can give. For query 1, one key is left, and −a ln a is never more than 1/e.',
    ],
    results: ['all keys', 'first key deleted and renormalised', 'first key’s term omitted'],
    limits: [
      'It removes the bound’s growth, not the habits of long texts: real attention spreads more slowly than ln n, so the share usually falls along a text.',
      'It weighs a query that could see two keys as much as one that could see two hundred.',
      'Dividing by the bound is our choice; papers mostly report plain entropy.',
    ],
    where:
      'Read: the entropy view with the unit “of maximum”. Domains: maps, lines and statistics.',
    also: 'relative entropy evenness of maximum',
  },
  'effective-keys': {
    title: 'Effective number of keys',
    sentence:
      'How many tokens a query looks at, if it looked at all of them alike: entropy said as a number of tokens.',
    reading: '1: one key. 5: as spread as five keys looked at alike.',
    symbols: [
      'entropy of the row of query i, first key deleted and the rest made to sum to 1',
      'number of queries',
    ],
    tables: ['The same small head as on the page of entropy; the first key is left out.'],
    steps: ['Queries with two keys and more left after the first is deleted.'],
    results: ['effective keys'],
    limits: [
      'It is a mean of exp(H), not exp of the mean: a few very spread queries pull it up.',
      'It says nothing of how much weight was on the deleted first key: a head with 99 % on the first token and the rest spread evenly looks broad here.',
      'It is the second panel of our reading of “interdependency”; the paper’s own formula is not known to us.',
    ],
    where: 'Read: the entropy view with the unit “keys”. Domains: maps, lines and statistics.',
    also: 'perplexity of attention interdependency exp',
  },
  confidence: {
    title: 'Confidence',
    sentence: 'How much of its attention a token gives to the one key it looks at most.',
    reading:
      '1: each query looks at one key only. Without the first key the sink does not count as confidence.',
    symbols: ['weight of key j for query i', 'number of queries'],
    tables: ['The largest weight of each query is marked.'],
    steps: [
      'The largest weight of each row. The first query has one key, so its largest weight is 1 by necessity.',
      'Without the first key: the largest of the rest, from query 1 on.',
    ],
    results: ['all keys', 'without the first key'],
    limits: [
      'With the first key kept, the most “confident” heads are mostly those that rest on the first token.',
      'The largest weight is necessarily larger in short texts and early rows.',
      'It does not say that the key looked at most is the one that changes the answer: what a key carries is in its value, which attention weights do not show.',
    ],
    where:
      'Read: the head card, the order and filter of the head grid. Domains. Atlas: the test “One strong key”.',
    also: 'max weight sharp peak Voita',
  },
});
