import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toComposed, toUnchanged } from './normalised-text.ts';

const spans = (text: string) => {
  const { text: composed, starts, ends } = toComposed(text);
  return Array.from(starts, (start, i) => [composed[i], start, ends[i]]);
};

describe('toComposed', () => {
  it('says where a composed letter came from', () => {
    expect(spans('e\u0301a')).toEqual([
      ['é', 0, 2],
      ['a', 2, 3],
    ]);
    expect(spans('\u1112\u1161\u11abx')).toEqual([
      ['한', 0, 3],
      ['x', 3, 4],
    ]);
  });
  it('leaves composed text as it is', () => {
    const text = 'naïve 😀 it’s';
    expect(toComposed(text)).toEqual(toUnchanged(text));
  });
  it('composes like the platform, and its spans cover the text in order', () => {
    const unit = fc.constantFrom(
      'a',
      'é',
      'e\u0301',
      '\u0301',
      'ᄒ',
      'ᅡ',
      'ᆫ',
      '😀',
      ' ',
      'q\u0323\u0307',
      '\u212b',
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), (units) => {
        const text = units.join('');
        const { text: composed, starts, ends } = toComposed(text);
        expect(composed).toBe(text.normalize('NFC'));
        for (let i = 0; i < composed.length; i++) {
          expect(ends[i]).toBeGreaterThan(starts[i]);
          if (i > 0) expect(starts[i]).toBeGreaterThanOrEqual(starts[i - 1]);
        }
        expect(ends.at(-1) ?? 0).toBe(text.length);
      }),
    );
  });
});
