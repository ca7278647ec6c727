import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planCut, type SetTokenCounts } from './plan-cut.ts';
import { CUT_LENGTHS, countKept, listLengths, suggestLength } from './suggest-length.ts';

const set = (setId: string, ...counts: number[]): SetTokenCounts => ({
  setId,
  texts: counts.map((tokenCount, i) => ({ id: `${setId}${i}`, tokenCount })),
});
const anySets = fc.array(
  fc.array(fc.oneof(fc.nat(400), fc.constant(Number.NaN)), { maxLength: 12 }),
  { maxLength: 5 },
);

describe('planCut', () => {
  it('cuts each text to its first tokens and lists those that are shorter', () => {
    const plan = planCut([set('a', 5, 3, 4)], { length: 4, mode: 'cut' });
    expect(plan.sets[0]).toEqual({
      setId: 'a',
      textCount: 3,
      samples: [
        { setId: 'a', textId: 'a0', textIndex: 0, start: 0, end: 4 },
        { setId: 'a', textId: 'a2', textIndex: 2, start: 0, end: 4 },
      ],
      keptCount: 2,
      tooShort: [{ id: 'a1', tokenCount: 3 }],
      uncounted: [],
      capped: [],
      unusedTokens: 1,
    });
  });

  it('lays windows one after another, drops the remainder and caps long texts', () => {
    const options = { length: 4, mode: 'windows', windowsPerText: 3 } as const;
    const [cut] = planCut([set('a', 11, 40, 2, Number.NaN)], options).sets;
    expect(cut.samples.map(({ textId, start, end }) => [textId, start, end])).toEqual([
      ['a0', 0, 4],
      ['a0', 4, 8],
      ['a1', 0, 4],
      ['a1', 4, 8],
      ['a1', 8, 12],
    ]);
    expect(cut.capped).toEqual(['a1']);
    expect(cut.tooShort).toEqual([{ id: 'a2', tokenCount: 2 }]);
    expect(cut.uncounted).toEqual(['a3']);
    expect(cut.unusedTokens).toBe(3 + 28);
    expect(cut.keptCount).toBe(2);
  });

  it('takes empty sets, and gives no sample of a length that there is not', () => {
    expect(planCut([], { length: 8, mode: 'cut' }).sets).toEqual([]);
    expect(planCut([set('a')], { length: 8, mode: 'cut' }).sets[0].samples).toEqual([]);
    for (const length of [0, -3, 2.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      const [cut] = planCut([set('a', 9, 0)], { length, mode: 'windows' }).sets;
      expect(cut).toMatchObject({ samples: [], keptCount: 0 });
      expect(cut.tooShort).toHaveLength(2);
    }
  });

  it('gives samples of the length alone, which cover a beginning of each text, and loses no text', () => {
    fc.assert(
      fc.property(
        anySets,
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom('cut' as const, 'windows' as const),
        fc.integer({ min: 1, max: 6 }),
        (counts, length, mode, windowsPerText) => {
          const sets = counts.map((each, i) => set(`s${i}-`, ...each));
          const plan = planCut(sets, { length, mode, windowsPerText });
          for (const [i, cut] of plan.sets.entries()) {
            const ends = new Map<number, number>();
            let used = 0;
            for (const { textIndex, textId, start, end } of cut.samples) {
              expect(end - start).toBe(length);
              expect(start).toBe(ends.get(textIndex) ?? 0);
              expect(sets[i].texts[textIndex].id).toBe(textId);
              ends.set(textIndex, end);
              used += length;
            }
            for (const [textIndex, end] of ends) {
              const { tokenCount } = sets[i].texts[textIndex];
              const windows = end / length;
              expect(end).toBeLessThanOrEqual(tokenCount);
              expect(windows).toBeLessThanOrEqual(mode === 'cut' ? 1 : windowsPerText);
              // Nothing that would have fitted was dropped, unless the cap was reached.
              if (windows < plan.windowsPerText) expect(tokenCount - end).toBeLessThan(length);
            }
            const kept = [...ends.keys()].reduce((sum, t) => sum + sets[i].texts[t].tokenCount, 0);
            expect(used + cut.unusedTokens).toBe(kept);
            expect(cut.keptCount).toBe(ends.size);
            expect(cut.keptCount + cut.tooShort.length + cut.uncounted.length).toBe(cut.textCount);
          }
        },
      ),
    );
  });
});

describe('suggestLength', () => {
  it('proposes the largest length that four of five texts of every set reach', () => {
    const texts = set('a', 300, 280, 260, 250, 90);
    expect(suggestLength([texts], { contextLength: 8192 })).toEqual({
      ok: true,
      length: 192,
      sets: [{ setId: 'a', kept: 4, count: 5 }],
    });
    const shorter = set('b', 100, 100, 100, 100, 100);
    expect(suggestLength([texts, shorter], { contextLength: 8192 })).toMatchObject({ length: 64 });
  });

  it('stays within the context, the begin token counted, and within 2,048', () => {
    const long = set('a', 9000, 9000);
    expect(suggestLength([long], { contextLength: 100_000 })).toMatchObject({ length: 2048 });
    expect(suggestLength([long], { contextLength: 512 })).toMatchObject({ length: 512 });
    expect(suggestLength([long], { contextLength: 512, hasBeginToken: true })).toMatchObject({
      length: 384,
    });
    expect(suggestLength([long], { contextLength: 8 })).toEqual({
      ok: false,
      why: 'context-too-short',
      shortest: 16,
    });
  });

  it('gives empty sets no say, and says when there is nothing or too little to cut', () => {
    expect(suggestLength([set('a', 70), set('b')], { contextLength: 512 })).toEqual({
      ok: true,
      length: 64,
      sets: [
        { setId: 'a', kept: 1, count: 1 },
        { setId: 'b', kept: 0, count: 0 },
      ],
    });
    expect(suggestLength([set('b')], { contextLength: 512 })).toEqual({
      ok: false,
      why: 'no-texts',
    });
    expect(suggestLength([set('a', 5, 80), set('b', 90)], { contextLength: 512 })).toEqual({
      ok: false,
      why: 'texts-too-short',
      length: 16,
      sets: [
        { setId: 'a', kept: 1, count: 2 },
        { setId: 'b', kept: 1, count: 1 },
      ],
    });
    expect(suggestLength([set('a', Number.NaN)], { contextLength: 512 })).toMatchObject({
      why: 'texts-too-short',
    });
  });

  it('keeps its promise for any sets, and no longer length would', () => {
    fc.assert(
      fc.property(anySets, fc.integer({ min: 1, max: 4000 }), (counts, contextLength) => {
        const sets = counts.map((each, i) => set(`s${i}-`, ...each));
        const suggested = suggestLength(sets, { contextLength });
        if (!suggested.ok) return;
        const isKept = (length: number) =>
          countKept(sets, length).every(({ kept, count }) => count === 0 || kept / count >= 0.8);
        expect(suggested.length).toBeLessThanOrEqual(contextLength);
        expect(isKept(suggested.length)).toBe(true);
        const next = CUT_LENGTHS[CUT_LENGTHS.indexOf(suggested.length) + 1];
        if (listLengths({ contextLength }).includes(next)) expect(isKept(next)).toBe(false);
      }),
    );
  });
});
