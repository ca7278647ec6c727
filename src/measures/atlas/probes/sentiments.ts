import { createRandom } from '../../../lib/random.ts';
import { type DraftProbe, readMarks } from '../probe.ts';

const THINGS = ['play', 'concert', 'novel', 'meal', 'film', 'show'];
const FEELINGS: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['great', 'lovely', 'brilliant', 'wonderful', 'superb'],
    ['loved', 'enjoyed', 'praised', 'admired'],
  ],
  [
    ['terrible', 'dull', 'awful', 'boring', 'horrible'],
    ['hated', 'regretted', 'disliked', 'despised'],
  ],
];

/** Short reviews, good and bad by turns, that end before the word of judgement. */
export function draftSentiments(count: number, seed: number): readonly DraftProbe[] {
  const random = createRandom(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)];
  return Array.from({ length: count }, (_, i) => {
    const thing = THINGS[i % THINGS.length];
    const [adjectives, verbs] = FEELINGS[i % 2];
    const feelings = `[feeling:${pick(adjectives)}] and I [feeling:${pick(verbs)}] it`;
    return {
      id: `sentiment-${i}`,
      kind: 'sentiment',
      ...readMarks(
        `We saw the ${thing} on Friday. It was ${feelings}. In short, the [sum:${thing}] was`,
      ),
      singles: ['sum'],
    };
  });
}
