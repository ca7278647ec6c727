import { type DraftProbe, readMarks } from '../probe.ts';

/** Sentences that have nothing to do with any needle. */
const HAY = [
  'The ferry leaves at nine when the wind is calm.',
  'In the old mill the wheel has not turned for years.',
  'Most of the houses on the hill have green shutters.',
  'A baker on the corner opens before the sun is up.',
  'Children fly kites on the meadow behind the church.',
  'The library closes early on days of heavy rain.',
  'Two dogs sleep under the bench near the fountain.',
  'Every spring the council paints the iron gate.',
  'The road to the coast was repaired last summer.',
  'Fishermen mend their nets along the wooden pier.',
  'A narrow train carries stone down from the quarry.',
  'On market day the square smells of pepper and wool.',
  'The clock in the tower is four minutes slow.',
  'Visitors often ask why the bridge has no lamps.',
  'Bees from the gardens make a dark and bitter honey.',
  'The school bell was cast from an old ship’s anchor.',
  'Somebody left a bicycle against the post office wall.',
  'In winter the lake freezes only close to the shore.',
];

interface Needle {
  readonly fact: string;
  readonly rest: string;
  readonly question: string;
}

const NEEDLES: readonly Needle[] = [
  {
    fact: 'The best thing to do in Rondale is to',
    rest: 'eat a lemon cake on the roof of the museum.',
    question: 'What is the best thing to do in Rondale?',
  },
  {
    fact: 'The secret word of the gardeners is',
    rest: 'purple lantern and a cup of salt.',
    question: 'What is the secret word of the gardeners?',
  },
  {
    fact: 'Old Hanna keeps her gold ring inside',
    rest: 'a blue teapot under the kitchen stairs.',
    question: 'Where does old Hanna keep her gold ring?',
  },
];

/** How deep the needle lies, and how many sentences are around it. */
const PLACES: readonly (readonly [depth: number, sentences: number])[] = [
  [0.25, 6],
  [0.7, 16],
];

/** A fact hidden among other sentences, the question for it, and its answer token by token. */
export function draftNeedles(): readonly DraftProbe[] {
  return NEEDLES.flatMap(({ fact, rest, question }, n) =>
    PLACES.map(([depth, sentences], p) => {
      const hay = Array.from({ length: sentences }, (_, i) => HAY[(i + 5 * n) % HAY.length]);
      hay.splice(Math.round(depth * sentences), 0, `${fact}[needle: ${rest}]`);
      return {
        id: `needle-${n * PLACES.length + p}`,
        kind: 'needle' as const,
        ...readMarks(`${hay.join(' ')}\n\nQuestion: ${question}\nAnswer: ${fact}[answer: ${rest}]`),
        singles: [],
      };
    }),
  );
}
