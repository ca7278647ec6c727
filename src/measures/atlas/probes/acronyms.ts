import { createRandom } from '../../../lib/random.ts';
import { type DraftProbe, readMarks } from '../probe.ts';

const WORDS = [
  'Silver',
  'Harbor',
  'Council',
  'Modern',
  'Energy',
  'Group',
  'River',
  'Trade',
  'Union',
  'Public',
  'Data',
  'Office',
  'Global',
  'Paper',
  'Bank',
  'North',
  'Forest',
  'League',
  'Water',
  'Music',
  'School',
  'Family',
  'Bridge',
  'Fund',
];

/**
 * A name of three words and its abbreviation up to the letter that comes next; the first, second and
 * third letter by turns.
 */
export function draftAcronyms(count: number, seed: number): readonly DraftProbe[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const pool = [...WORDS];
    const words = Array.from(
      { length: 3 },
      () => pool.splice(Math.floor(random() * pool.length), 1)[0],
    );
    const next = i % 3;
    const named = words.map((word, at) => (at === next ? `[word:${word}]` : word)).join(' ');
    const letters = words.slice(0, next).map((word) => word[0]);
    return {
      id: `acronym-${i}`,
      kind: 'acronym',
      ...readMarks(`The ${named} (${letters.join('')}`),
      singles: ['word'],
    };
  });
}
