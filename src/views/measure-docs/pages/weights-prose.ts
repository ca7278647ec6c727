import { createProse } from '../measure-doc.ts';

export const prose = createProse('measure-docs-weights', {
  'ov-copying': {
    title: 'Copying by eigenvalues of OV',
    sentence:
      'Whether a head, wherever it looks, makes the token it looks at more likely: read from its weights alone, with no text.',
    reading: '1: copies tokens. 0: neither. −1: makes them less likely.',
    symbols: [
      'what the head’s values and outputs make of each token’s embedding, as logits of each token',
      'its eigenvalues: a positive one belongs to tokens that raise themselves',
      'the vocabulary’s embeddings and unembeddings; the head’s values and outputs',
    ],
    tables: [
      'The small product O·Uᵀ·E·V of a head of size 2. It has the same eigenvalues as the huge vocabulary × vocabulary one, but for zeros.',
      'The same with the norm before attention folded in: its gains are 1 and 2, so the second column doubles.',
    ],
    steps: [
      'Trace and determinant of the plain product, and the two eigenvalues from them.',
      'The same with the norm’s gains folded in.',
    ],
    results: ['plain', 'norms folded in'],
    limits: [
      'It leaves out where the head looks: a head that copies whatever it sees may never look.',
      'Norms divide by a number that depends on the text, and what layers between do to a token is not in it. Folding the gains in is nearer to the model than the plain matrices; neither is the whole path.',
      'Many heads score above 0 because embeddings of like tokens are alike; compare heads of one model with each other.',
      'The formula is known to us from the literature and was not re-read in the paper.',
    ],
    where: 'Atlas: the test “Copying by eigenvalues”.',
    also: 'OV circuit eigenvalue Elhage copying positive trace',
  },
  'token-copying': {
    title: 'Copying on random tokens',
    sentence:
      'If a token is looked at, how much of what the head adds to the context’s tokens goes to that very token.',
    reading: '1: all to the token itself. −1: nothing to it.',
    symbols: [
      'what looking at token i adds to the logit of token k',
      'mean of row i',
      'the part above the mean',
    ],
    tables: [
      'Three random tokens: a row for each token that is looked at, a column for each whose logit changes.',
    ],
    steps: [
      'For each row: the own logit above the row’s mean, as a share of all that is above it; from 0…1 stretched to −1…1.',
    ],
    results: ['copying'],
    limits: [
      'Only the tokens of the context are compared; the head may raise others still more.',
      'How the share is stretched to −1…1 is our reading; the paper’s exact form was not re-read.',
      'A token that is raised by less than the mean counts as not copied at all.',
    ],
    where: 'Atlas: the test “Copying of random tokens”.',
    also: 'Olsson logit attribution direct contribution',
  },
  'name-copying': {
    title: 'Name mover copy score',
    sentence: 'If a head looks at a name, is that name then among the five tokens it raises most?',
    reading:
      '1: always. Name movers come near 1; an ordinary head stays low. The negative score asks the same of what it lowers most.',
    symbols: [
      'names in all prompts: three in each of N prompts',
      'names among the five tokens with the largest logits (the smallest, for the negative score)',
    ],
    tables: [
      'Three names against a vocabulary of five, with two best in place of the program’s five; the names’ own logits are marked.',
    ],
    steps: ['Names among the two largest of their row.', 'Names among the two smallest.'],
    results: ['name copying', 'negative name copying'],
    limits: [
      'It asks what would happen if the name were looked at, not whether it is.',
      'The stream is taken after the first layer; later layers may have changed what stands at a name.',
      'Prompts and names are those of one task; names that are more than one token are left out.',
    ],
    where:
      'Atlas: the tests “Names are copied” and “Names are lowered”; with the attention to the name, “Looks at the name that comes and copies it”, and lowers it.',
    also: 'IOI indirect object identification Wang copy negative head',
  },
  successor: {
    title: 'Successor score',
    sentence:
      'If a head looks at “Monday”, does it raise “Tuesday” most? The share of days, months, numbers and letters for which it raises the next one.',
    reading: '1: always the next. Chance is one in the length of the list.',
    symbols: [
      'a token of an ordered list that has a successor',
      'what looking at x adds to the logit of y, within the list',
    ],
    tables: [
      'Four days; the successor of each is marked. Thursday is the last of this list and not asked.',
    ],
    steps: ['Days whose largest logit in the list is their successor’s.'],
    results: ['successor'],
    limits: [
      'Only tokens of the list are compared: the head may raise other tokens more.',
      'It needs words that are one token in this model’s vocabulary; lists shrink to those.',
      'The effective embedding goes through the first layer’s MLP and nothing else.',
    ],
    where: 'Atlas: the test “Next in an order”.',
    also: 'ordinal increment Gould days months numbers',
  },
  'copy-suppression': {
    title: 'Copy suppression',
    sentence:
      'Whether a head that looks at a token makes this very token less likely than the others.',
    reading:
      'Positive: own tokens lie below the mean, in standard deviations. Negative: the head copies. The second form is a share, 0 to 1.',
    symbols: [
      'what looking at token i adds to the logit of token k',
      'mean and standard deviation of row i',
      'number of tokens in the sample',
    ],
    tables: ['Three tokens of a sample; the own logits are marked.'],
    steps: [
      'How far each own logit lies below its row’s mean, in the row’s standard deviations.',
      'Rows whose own logit is the smallest (the program asks for the ten smallest).',
    ],
    results: ['score', 'own logit among the lowest'],
    limits: [
      'It is taken over a sample of tokens in place of the whole vocabulary, which makes the share “among the ten lowest” larger than in the paper: ours, not comparable.',
      'It does not look at attention. Suppression in the paper’s sense also needs the head to look at tokens that are about to be said.',
      'Rows where all logits are equal have no score and are left out.',
    ],
    where: 'Atlas: the test “Copies are suppressed”.',
    also: 'McDougall L10H7 negative head anti-copying',
  },
});
