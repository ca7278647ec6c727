import { type DraftProbe, readMarks } from '../probe.ts';

const FACTS = [
  'The [relation:capital] of [subject:France] is',
  'The [relation:capital] of [subject:Japan] is the city of',
  'The [relation:currency] of [subject:Mexico] is called the',
  'The official [relation:language] of [subject:Brazil] is',
  'The [relation:author] of [subject:Hamlet] is',
  'As a child [subject:Beethoven] [relation:played] the instrument called the',
  'The [relation:capital] of [subject:Italy] is',
  'The [relation:continent] that [subject:Egypt] belongs to is',
  'The [relation:color] of [subject:grass] is',
  'The [relation:chemical symbol] of [subject:oxygen] is the letter',
  'The [relation:capital] of [subject:Spain] is',
  'The [relation:language] that people in [subject:Germany] speak is',
  'The [relation:inventor] of the [subject:telephone] was',
  'The [relation:opposite] of [subject:hot] is',
  'The [relation:president] who was first in the [subject:United States] was George',
  'The [relation:planet] that is closest to the [subject:Sun] is',
];

/** Facts that a model may know, up to the word that completes them. */
export function draftFacts(): readonly DraftProbe[] {
  return FACTS.map((fact, i) => ({
    id: `fact-${i}`,
    kind: 'fact',
    ...readMarks(fact),
    singles: ['subject'],
  }));
}
