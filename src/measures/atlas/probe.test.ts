import { describe, expect, it } from 'vitest';
import { cutAtSpaces } from '../../testing/attention-from-text.ts';
import { chooseProbes, placeProbe, readMarks, takeTokens } from './probe.ts';
import { draftAcronyms } from './probes/acronyms.ts';
import { draftChoices } from './probes/choices.ts';
import { draftFacts } from './probes/facts.ts';
import { draftNames } from './probes/names.ts';
import { draftNeedles } from './probes/needles.ts';
import { drawIds, repeatIds } from './probes/random.ts';
import { draftSentences, SENTENCES } from './probes/sentences.ts';
import { draftSentiments } from './probes/sentiments.ts';
import { draftYesNo } from './probes/yes-no.ts';

const cut = (text: string) => cutAtSpaces(text, (part) => part.length);
const draft = (marked: string, singles: readonly string[] = []) =>
  ({ id: 'a', kind: 'names', singles, ...readMarks(marked) }) as const;

describe('readMarks', () => {
  it('takes the marks out and says where they were', () => {
    expect(readMarks('[a:Mary] and [b:John] and [a:Tom]')).toEqual({
      text: 'Mary and John and Tom',
      spans: {
        a: [
          { start: 0, end: 4 },
          { start: 18, end: 21 },
        ],
        b: [{ start: 9, end: 13 }],
      },
    });
  });
});

describe('placeProbe', () => {
  it('finds the tokens of each place, a leading blank or not', () => {
    const probe = placeProbe(
      draft('When [io:Mary Ann] met [s:John]', ['s']),
      cut('When Mary Ann met John'),
    );
    expect(probe?.places).toEqual({ io: [{ start: 1, end: 3 }], s: [{ start: 4, end: 5 }] });
    expect(probe?.isSingle).toBe(true);
  });

  it('says that a place is several tokens', () => {
    expect(placeProbe(draft('[s:Mary Ann] left', ['s']), cut('Mary Ann left'))?.isSingle).toBe(
      false,
    );
  });

  it('gives none where a place is lost', () => {
    const tokens = cut('When Mary met');
    expect(placeProbe(draft('When Mary met [s:John]'), tokens)).toBeNull();
  });
});

describe('chooseProbes', () => {
  it('takes those with single tokens first', () => {
    const whole = placeProbe(draft('[s:Mary Ann] left', ['s']), cut('Mary Ann left'));
    const single = placeProbe(draft('[s:Mary] left', ['s']), cut('Mary left'));
    if (whole === null || single === null) throw new Error('they have places');
    expect(chooseProbes([whole, single], 1)).toEqual([single]);
  });
});

describe('takeTokens', () => {
  it('cuts the text where its last token ends', () => {
    expect(takeTokens(cut('one two three'), 2).text).toBe('one two');
    expect(takeTokens(cut('one two'), 2).text).toBe('one two');
  });
});

describe('random ids', () => {
  it('are distinct, from 1000 to 10000, and the same each time', () => {
    const ids = drawIds(50000, 100, 7);
    expect(new Set(ids).size).toBe(100);
    expect(Math.min(...ids)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...ids)).toBeLessThan(10000);
    expect(drawIds(50000, 100, 7)).toEqual(ids);
    expect(drawIds(50000, 100, 8)).not.toEqual(ids);
  });

  it('stay inside a small vocabulary, and are as many as it has', () => {
    const ids = drawIds(30, 100, 7);
    expect(ids.length).toBe(27);
    expect(Math.max(...ids)).toBeLessThan(30);
    expect(drawIds(0, 5, 7).length).toBe(0);
  });

  it('are repeated after a begin token', () => {
    expect([...repeatIds(Int32Array.of(5, 6), 2, 1)]).toEqual([1, 5, 6, 5, 6]);
  });
});

describe('the written probes', () => {
  const all = [
    draftNames(16, 1),
    draftAcronyms(18, 1),
    draftChoices(12, 1),
    draftYesNo(12),
    draftSentiments(12, 1),
    draftFacts(),
    draftSentences(),
    draftNeedles(),
  ].flat();

  it('have ids of their own and no marks left', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.filter(({ text }) => /[[\]]/.test(text))).toEqual([]);
  });

  it('name the same person twice, and another once', () => {
    for (const { text, spans } of draftNames(16, 1)) {
      const said = (name: string) => text.slice(spans[name][0].start, spans[name][0].end);
      expect(said('s1')).toBe(said('s2'));
      expect(said('io')).not.toBe(said('s1'));
      expect(text.split(said('io')).length).toBe(2);
    }
  });

  it('ask for each letter of a name, and for each option, equally often', () => {
    const lengths = draftAcronyms(18, 1).map(({ text }) => text.split('(')[1].length);
    expect([0, 1, 2].map((length) => lengths.filter((each) => each === length).length)).toEqual([
      6, 6, 6,
    ]);
    const answers = draftChoices(12, 1).map(({ answer }) => answer);
    expect([0, 1, 2, 3].map((k) => answers.filter((each) => each === k).length)).toEqual([
      3, 3, 3, 3,
    ]);
  });

  it('put yes before no as often as after it', () => {
    const first = draftYesNo(12).filter(({ spans }) => spans.yes[0].start < spans.no[0].start);
    expect(first.length).toBe(6);
  });

  it('hide the very answer', () => {
    for (const { text, spans } of draftNeedles()) {
      const said = (name: string) => text.slice(spans[name][0].start, spans[name][0].end);
      expect(said('needle')).toBe(said('answer'));
    }
  });

  it('annotate words that are there, the looking one after the other', () => {
    const articles = /^(the|a|an|his|her|my|our|this|some|every)$/i;
    draftSentences().forEach(({ text, spans }, i) => {
      const words = spans.word.map(({ start, end }) => text.slice(start, end));
      const { text: _, ...relations } = SENTENCES[i];
      for (const [query, key] of Object.values(relations).flat()) {
        expect(key, text).toBeLessThan(query);
        expect(words[query], text).toMatch(/\p{L}/u);
      }
      for (const [, key] of relations.determiner) expect(words[key], text).toMatch(articles);
      for (const [query, key] of relations.adjective) {
        expect(words[key], text).not.toMatch(articles);
        expect(query - key, text).toBeLessThanOrEqual(3);
      }
    });
  });
});
