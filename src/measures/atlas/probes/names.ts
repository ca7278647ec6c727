import { createRandom } from '../../../lib/random.ts';
import { type DraftProbe, readMarks } from '../probe.ts';

const NAMES = [
  'Mary',
  'John',
  'Tom',
  'Anna',
  'James',
  'Sarah',
  'David',
  'Laura',
  'Peter',
  'Kate',
  'Paul',
  'Emma',
  'Mark',
  'Lucy',
  'Simon',
  'Jane',
  'Robert',
  'Alice',
  'George',
  'Helen',
  'Daniel',
  'Rose',
  'Martin',
  'Claire',
];
const THINGS = [
  'a book',
  'the keys',
  'a letter',
  'some bread',
  'the lamp',
  'a ticket',
  'the map',
  'a coat',
];
const SCENES = [
  ['met at the station', 'gave'],
  ['worked late in the garden', 'handed'],
  ['had lunch by the river', 'offered'],
  ['came home from the market', 'passed'],
];

/** Takes one of a list away, chosen by the generator. */
function take<T>(from: T[], random: () => number): T {
  return from.splice(Math.floor(random() * from.length), 1)[0];
}

/**
 * Two people, one of whom is named again and gives something to the other: who comes next? Both orders of
 * the names by turns (methods 4.2, 5.7).
 */
export function draftNames(count: number, seed: number): readonly DraftProbe[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const names = [...NAMES];
    const io = `[io:${take(names, random)}]`;
    const name = take(names, random);
    const [scene, verb] = SCENES[i % SCENES.length];
    const thing = THINGS[Math.floor(random() * THINGS.length)];
    const pair = i % 2 === 0 ? `${io} and [s1:${name}]` : `[s1:${name}] and ${io}`;
    return {
      id: `names-${i}`,
      kind: 'names',
      ...readMarks(`When ${pair} ${scene}, [s2:${name}] ${verb} ${thing} to`),
      singles: ['io', 's1', 's2'],
    };
  });
}
