import type { DraftProbe, Links } from '../probe.ts';

/**
 * Sentences with word pairs marked by hand, written as [noun, article], [noun, adjective], [verb,
 * subject], [object, verb]: the word that looks first. Words count from 0, marks of punctuation as words.
 */
interface AnnotatedSentence {
  readonly text: string;
  readonly determiner: readonly (readonly [number, number])[];
  readonly adjective: readonly (readonly [number, number])[];
  readonly subject: readonly (readonly [number, number])[];
  readonly object: readonly (readonly [number, number])[];
}

export const SENTENCES: readonly AnnotatedSentence[] = [
  {
    text: 'Yesterday the small dog chased a red ball across the wet garden.',
    determiner: [
      [3, 1],
      [7, 5],
      [11, 9],
    ],
    adjective: [
      [3, 2],
      [7, 6],
      [11, 10],
    ],
    subject: [[4, 3]],
    object: [[7, 4]],
  },
  {
    text: 'After lunch my old neighbor slowly painted the long wooden fence.',
    determiner: [
      [4, 2],
      [10, 7],
    ],
    adjective: [
      [4, 3],
      [10, 8],
      [10, 9],
    ],
    subject: [[6, 4]],
    object: [[10, 6]],
  },
  {
    text: 'In the morning a young teacher with heavy bags opened the door.',
    determiner: [
      [2, 1],
      [5, 3],
      [11, 10],
    ],
    adjective: [
      [5, 4],
      [8, 7],
    ],
    subject: [[9, 5]],
    object: [[11, 9]],
  },
  {
    text: 'Nobody knew that the tired captain of the ship had lost his map.',
    determiner: [
      [5, 3],
      [8, 7],
      [12, 11],
    ],
    adjective: [[5, 4]],
    subject: [
      [1, 0],
      [10, 5],
    ],
    object: [[12, 10]],
  },
  {
    text: 'Last winter the river behind our house flooded a narrow street.',
    determiner: [
      [3, 2],
      [6, 5],
      [10, 8],
    ],
    adjective: [
      [1, 0],
      [10, 9],
    ],
    subject: [[7, 3]],
    object: [[10, 7]],
  },
  {
    text: 'While the soup boiled, his patient sister cut the warm bread.',
    determiner: [
      [2, 1],
      [7, 5],
      [11, 9],
    ],
    adjective: [
      [7, 6],
      [11, 10],
    ],
    subject: [
      [3, 2],
      [8, 7],
    ],
    object: [[11, 8]],
  },
  {
    text: 'On Sunday the children from the village built an enormous snowman.',
    determiner: [
      [3, 2],
      [6, 5],
      [10, 8],
    ],
    adjective: [[10, 9]],
    subject: [[7, 3]],
    object: [[10, 7]],
  },
  {
    text: 'Every student in this large room reads the same difficult book.',
    determiner: [
      [5, 3],
      [10, 7],
    ],
    adjective: [
      [5, 4],
      [10, 8],
      [10, 9],
    ],
    subject: [[6, 1]],
    object: [[10, 6]],
  },
  {
    text: 'Sadly the famous singer forgot the second verse of her new song.',
    determiner: [
      [3, 1],
      [7, 5],
      [11, 9],
    ],
    adjective: [
      [3, 2],
      [7, 6],
      [11, 10],
    ],
    subject: [[4, 3]],
    object: [[7, 4]],
  },
  {
    text: 'Outside the gate two hungry cats watched a fat grey pigeon.',
    determiner: [
      [2, 1],
      [10, 7],
    ],
    adjective: [
      [5, 4],
      [10, 8],
      [10, 9],
    ],
    subject: [[6, 5]],
    object: [[10, 6]],
  },
  {
    text: 'Perhaps the letter that the lawyer sent contains a serious mistake.',
    determiner: [
      [2, 1],
      [5, 4],
      [10, 8],
    ],
    adjective: [[10, 9]],
    subject: [
      [6, 5],
      [7, 2],
    ],
    object: [[10, 7]],
  },
  {
    text: 'Before the storm the farmer quickly closed every window of the barn.',
    determiner: [
      [2, 1],
      [4, 3],
      [8, 7],
      [11, 10],
    ],
    adjective: [],
    subject: [[6, 4]],
    object: [[8, 6]],
  },
  {
    text: 'Then the clever boy beside the well found a silver coin.',
    determiner: [
      [3, 1],
      [6, 5],
      [10, 8],
    ],
    adjective: [
      [3, 2],
      [10, 9],
    ],
    subject: [[7, 3]],
    object: [[10, 7]],
  },
  {
    text: 'At noon the nurse with the kind voice brought some hot tea.',
    determiner: [
      [3, 2],
      [7, 5],
      [11, 9],
    ],
    adjective: [
      [7, 6],
      [11, 10],
    ],
    subject: [[8, 3]],
    object: [[11, 8]],
  },
  {
    text: 'Often the best ideas of a quiet engineer change an entire industry.',
    determiner: [
      [3, 1],
      [7, 5],
      [11, 9],
    ],
    adjective: [
      [3, 2],
      [7, 6],
      [11, 10],
    ],
    subject: [[8, 3]],
    object: [[11, 8]],
  },
  {
    text: 'Later a police officer in a dark coat stopped the stolen truck.',
    determiner: [
      [3, 1],
      [7, 5],
      [11, 9],
    ],
    adjective: [
      [7, 6],
      [11, 10],
    ],
    subject: [[8, 3]],
    object: [[11, 8]],
  },
  {
    text: 'The museum near the harbor shows a strange collection of clocks.',
    determiner: [
      [1, 0],
      [4, 3],
      [8, 6],
    ],
    adjective: [[8, 7]],
    subject: [[5, 1]],
    object: [[8, 5]],
  },
  {
    text: 'When the guests left, the happy cook washed the dirty plates.',
    determiner: [
      [2, 1],
      [7, 5],
      [11, 9],
    ],
    adjective: [
      [7, 6],
      [11, 10],
    ],
    subject: [
      [3, 2],
      [8, 7],
    ],
    object: [[11, 8]],
  },
  // Adjectives that do not stand just before their noun.
  {
    text: 'Last week a rusty city bus suddenly blocked the narrow mountain road.',
    determiner: [
      [5, 2],
      [11, 8],
    ],
    adjective: [
      [5, 3],
      [11, 9],
    ],
    subject: [[7, 5]],
    object: [[11, 7]],
  },
  {
    text: 'Her brother later repaired the broken kitchen table with cheap garden tools.',
    determiner: [[7, 4]],
    adjective: [
      [7, 5],
      [11, 9],
    ],
    subject: [[3, 1]],
    object: [[7, 3]],
  },
  {
    text: 'On Sunday the famous village church choir of our valley sang a slow evening song.',
    determiner: [
      [6, 2],
      [14, 11],
    ],
    adjective: [
      [6, 3],
      [14, 12],
    ],
    subject: [[10, 6]],
    object: [[14, 10]],
  },
  {
    text: 'Nobody really wanted the expensive winter coat or the dusty oil lamp.',
    determiner: [
      [6, 3],
      [11, 8],
    ],
    adjective: [
      [6, 4],
      [11, 9],
    ],
    subject: [[2, 0]],
    object: [[6, 2]],
  },
  {
    text: 'Soon a clever bank clerk in boots found the missing school bus key.',
    determiner: [
      [4, 1],
      [12, 8],
    ],
    adjective: [
      [4, 2],
      [12, 9],
    ],
    subject: [[7, 4]],
    object: [[12, 7]],
  },
  {
    text: 'In spring the lazy farm cat sleeps near the warm stone garden wall.',
    determiner: [
      [5, 2],
      [12, 8],
    ],
    adjective: [
      [5, 3],
      [12, 9],
    ],
    subject: [[6, 5]],
    object: [],
  },
];

/** Words and marks of punctuation. */
const WORD = /[\p{L}’']+|[^\s\p{L}]/gu;

/** The annotated sentences, each word a place of the name "word". */
export function draftSentences(): readonly DraftProbe[] {
  return SENTENCES.map(({ text, ...relations }, i) => ({
    id: `sentence-${i}`,
    kind: 'sentence',
    text,
    spans: {
      word: [...text.matchAll(WORD)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
      })),
    },
    singles: [],
    links: relations satisfies Links,
  }));
}
