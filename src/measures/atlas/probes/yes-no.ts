import { type DraftProbe, readMarks } from '../probe.ts';

const QUESTIONS = [
  'Is ice colder than steam',
  'Do fish live in trees',
  'Is a whale larger than a mouse',
  'Can a stone swim',
  'Does the sun rise in the east',
  'Is iron softer than butter',
  'Do birds lay eggs',
  'Is the moon made of glass',
  'Is a minute shorter than an hour',
  'Do cats have wheels',
  'Is milk white',
  'Can a table laugh',
];

/** Questions to be answered with one of two words, which stand in both orders equally often. */
export function draftYesNo(count: number): readonly DraftProbe[] {
  return Array.from({ length: count }, (_, i) => {
    const words = i % 4 < 2 ? '[yes:Yes] or [no:No]' : '[no:No] or [yes:Yes]';
    const question = QUESTIONS[i % QUESTIONS.length];
    return {
      id: `yes-no-${i}`,
      kind: 'yes-no',
      ...readMarks(`Answer the question with ${words}. ${question}? The answer is`),
      singles: ['yes', 'no'],
    };
  });
}
