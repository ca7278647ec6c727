import { createMessages } from '../../lib/messages.ts';

/** Names of tests, and in one sentence each how a head is tested. */
export const sayTest = createMessages('atlas-tests', {
  induction: 'Induction, random tokens',
  'induction-how':
    'Fifty random tokens stand twice, after the begin token where the model’s texts have one. We measure how much each token of the second round looks at the token after its first appearance.',
  'prefix-matching': 'Prefix matching',
  'prefix-matching-how':
    'Twenty-five random tokens stand four times, after the begin token where the vocabulary has one. We measure the attention to the tokens that followed earlier copies.',
  'token-copying': 'Copying of random tokens',
  'token-copying-how':
    'From the weights: for 25 random tokens, whether the head’s output raises the very token that it read.',
  previous: 'Previous token, random tokens',
  'previous-how':
    'In random tokens that stand twice, we measure the attention of each token to the one just before it.',
  duplicate: 'Duplicate token, random tokens',
  'duplicate-how':
    'In random tokens that stand twice, we measure the attention of the second copy to the first.',
  current: 'Same token',
  'current-how': 'In random tokens, we measure how much each token looks at itself.',
  'first-random': 'First token, random tokens',
  'first-random-how': 'In random tokens, we measure how much each token looks at the very first.',
  'previous-text': 'Previous token, ordinary texts',
  'previous-text-how':
    'In six ordinary texts, we measure the attention of each token to the one just before it.',
  positional: 'Fixed offset',
  'positional-how':
    'In six ordinary texts, we count how often the strongest key lies at one and the same distance back.',
  'positional-detail': '{{value}} back',
  'subword-merge': 'Pieces of a word',
  'subword-merge-how':
    'In six ordinary texts, we measure how much a later piece of a word looks at its earlier pieces, less what tokens that begin a word give to the same distances.',
  delimiter: 'Punctuation and line ends',
  'delimiter-how': 'In six ordinary texts, we measure the attention to punctuation and line ends.',
  'rare-token-back': 'Rarest token, farther back',
  'rare-token-back-how':
    'In twenty-four sentences, we count how often the strongest key is the rarest token so far, where that is at least two tokens back; a token’s rank in the vocabulary stands for its rarity.',
  sink: 'First token as a sink',
  'sink-how': 'In six ordinary texts, we measure how much attention rests on the first token.',
  'first-four': 'First four tokens',
  'first-four-how':
    'In six ordinary texts, we measure how much attention rests on the first four tokens.',
  streaming: 'Begin and nearby only',
  'streaming-how':
    'In six ordinary texts, we measure how much attention falls on the first four tokens and the last sixteen together.',
  confidence: 'One strong key',
  'confidence-how':
    'In six ordinary texts, we take the mean of each token’s largest weight, the first token left out.',
  'syntax-determiner': 'Noun to its article',
  'syntax-determiner-how':
    'In twenty-four sentences annotated by hand, we count how often a noun’s strongest word is its article, and take off what the best fixed offset would find. It counts only where chance hardly explains it and the weight on the right word is at least 0.1.',
  'syntax-determiner-detail': '{{value}} of the pairs found',
  'syntax-adjective': 'Noun to its adjective',
  'syntax-adjective-how':
    'In twenty-four sentences annotated by hand, we count how often a noun’s strongest word is its adjective, and take off what the best fixed offset would find. It counts only where chance hardly explains it and the weight on the right word is at least 0.1.',
  'syntax-adjective-detail': '{{value}} of the pairs found',
  'syntax-subject': 'Verb to its subject',
  'syntax-subject-how':
    'In twenty-four sentences annotated by hand, we count how often a verb’s strongest word is its subject, and take off what the best fixed offset would find. It counts only where chance hardly explains it and the weight on the right word is at least 0.1.',
  'syntax-subject-detail': '{{value}} of the pairs found',
  'syntax-object': 'Object to its verb',
  'syntax-object-how':
    'In twenty-four sentences annotated by hand, we count how often an object’s strongest word is its verb, and take off what the best fixed offset would find. It counts only where chance hardly explains it and the weight on the right word is at least 0.1.',
  'syntax-object-detail': '{{value}} of the pairs found',
  'name-mover': 'Looks at the name that comes and copies it',
  'name-mover-how':
    'Two tests together, “End to the name that comes” and “Names are copied”: the smaller of their scores, so that a head must do both.',
  'negative-name-mover': 'Looks at the name that comes and lowers it',
  'negative-name-mover-how':
    'Two tests together, “End to the name that comes” and “Names are lowered”: the smaller of their scores, so that a head must do both.',
  'name-attention': 'End to the name that comes',
  'name-attention-how':
    '“When Mary and John met, John gave a book to”: we measure how much the last token looks at the name that comes next, less what the head gives to that distance in ordinary texts.',
  'name-mover-copy': 'Names are copied',
  'name-mover-copy-how':
    'From the weights: how often a name that the head reads is among the five tokens that its output raises most.',
  'negative-name-copy': 'Names are lowered',
  'negative-name-copy-how':
    'From the weights: how often a name that the head reads is among the five tokens that its output lowers most.',
  'ov-copying': 'Copying by eigenvalues',
  'ov-copying-how':
    'From the weights: whether the head’s way from a token read to a token written maps tokens onto themselves (1) or onto their opposite (−1). It takes the tokens’ own vectors, which a head in the middle of a model does not see: tests of what the head writes may contradict it.',
  'copy-suppression': 'Copies are suppressed',
  'copy-suppression-how':
    'From the weights: how far below the others of its row a token’s own entry lies in the head’s way from tokens read to tokens written, among 200 random tokens.',
  successor: 'Next in an order',
  'successor-how':
    'From the weights: for numbers, days, months, ordinals and letters, how often the head’s output likes the following one best.',
  'repeated-name': 'Looks at the repeated name',
  'repeated-name-how':
    '“When Mary and John met, John gave a book to”: we measure how much the last token looks at the second John, less what the head gives to that distance in ordinary texts. Whether the head holds the name back is not tested.',
  'duplicate-name': 'Second mention to the first',
  'duplicate-name-how':
    '“When Mary and John met, John gave a book to”: we measure how much the second John looks at the first, less what the head gives to that distance in ordinary texts.',
  'letter-mover': 'End to the word whose letter comes',
  'letter-mover-how':
    '“The Silver Harbor Council (SH”: we measure how much the last token looks at the word whose first letter comes next, less what the head gives to that distance in ordinary texts.',
  negative: 'No before yes',
  'negative-how':
    '“Answer the question with Yes or No. …”: we add up how much more the later tokens look at No than at Yes. Both orders of the two words are asked; the smaller of the two results counts.',
  'sentiment-summarizer': 'Summary to words of feeling',
  'sentiment-summarizer-how':
    'In short reviews that end “In short, the film was”, we measure how much “film” looks at the words of feeling before it, less what the head gives to that distance in ordinary texts.',
  'sentiment-reader': 'End to the summary',
  'sentiment-reader-how':
    'In short reviews that end “In short, the film was”, we measure how much “was” looks at “film”, less what the head gives to the previous token anyway.',
  subject: 'End to the subject',
  'subject-how':
    '“The capital of France is”: we measure how much the last token looks at the subject, France, less what the head gives to that distance in ordinary texts.',
  relation: 'End to the relation',
  'relation-how':
    '“The capital of France is”: we measure how much the last token looks at the relation, capital, less what the head gives to that distance in ordinary texts.',
  retrieval: 'Needle in a haystack',
  'retrieval-how':
    'A fact is hidden among other sentences and asked for. While the known answer is given token by token, we count how often the strongest key is the very token of the fact that comes next.',
  constant: 'All options alike',
  'constant-how':
    'In questions with four lettered options, we measure how much the last token looks at the letters, and how evenly.',
  'single-letter': 'One letter whatever is right',
  'single-letter-how':
    'In questions with four lettered options, we look for one letter that the last token prefers whichever option is right; what the head gives to that distance in ordinary texts is taken off.',
  'single-letter-detail': 'option {{value}}',
  'correct-letter': 'The right letter',
  'correct-letter-how':
    'In questions with four lettered options, we measure how much more the last token looks at the right letter than at the others.',
  'content-gatherer': 'The right option’s words',
  'content-gatherer-how':
    'In questions with four lettered options, we measure how much more the last token looks at the words of the right option than at those of the others.',
});

/** Names of what tests need and of why one has no scores. */
export const sayWhy = createMessages('atlas-why', {
  'too-long': 'Undefined for this model: its texts may not be as long as the probes are.',
  'places-lost':
    'Undefined for this model: its tokenizer leaves no token of their own to the words that the probes ask about.',
  'vocabulary-small': 'Undefined for this model: its vocabulary has too few plain tokens.',
  'no-names': 'Undefined for this model: none of the texts with names could be cut for it.',
  'no-ordinals':
    'Undefined for this model: its vocabulary has no list of ordinals whose words are single tokens.',
  'weights-failed': 'Undefined for this model: its weights give no number here.',
});
