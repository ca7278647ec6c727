import { createRandom } from '../../../lib/random.ts';
import { type DraftProbe, readMarks } from '../probe.ts';

const LETTERS = ['A', 'B', 'C', 'D'];

/** A kind of thing, with things of that kind. */
const KINDS: readonly (readonly [string, readonly string[]])[] = [
  ['a fruit', ['apple', 'pear', 'orange', 'cherry']],
  ['a tool', ['hammer', 'saw', 'shovel', 'axe']],
  ['an animal', ['horse', 'dog', 'rabbit', 'cow']],
  ['a color', ['green', 'red', 'yellow', 'blue']],
  ['a piece of furniture', ['table', 'chair', 'bed', 'desk']],
  ['a season', ['winter', 'summer', 'spring', 'autumn']],
];

/** Questions with four lettered options; the right one stands under each letter equally often. */
export function draftChoices(count: number, seed: number): readonly DraftProbe[] {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  return Array.from({ length: count }, (_, i) => {
    const [question, right] = KINDS[i % KINDS.length];
    const others = KINDS.filter(([name]) => name !== question);
    const answer = i % LETTERS.length;
    const options = LETTERS.map((_, at) => {
      if (at === answer) return pick(right);
      return pick(others.splice(Math.floor(random() * others.length), 1)[0][1]);
    });
    const lines = options.map((option, at) => `[letter:${LETTERS[at]}]. [content:${option}]`);
    return {
      id: `choice-${i}`,
      kind: 'choice',
      answer,
      ...readMarks(`Question: Which of these is ${question}?\n${lines.join('\n')}\nAnswer:`),
      singles: ['letter'],
    };
  });
}
