import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSpread } from './spread.ts';
import {
  addTexts,
  createTextItem,
  createTextSets,
  partCollisions,
  SET_TEXT_LIMIT,
  TEXT_LIMIT,
  type TextItem,
  titleFromText,
  toSetId,
  withoutRepeats,
} from './text-set.ts';

const item = (text: string): TextItem => createTextItem(text, { kind: 'pasted' }).item;

describe('a text item', () => {
  it('has the same id wherever the text comes from, whatever its title and line ends', () => {
    const pasted = createTextItem('a\r\nb', { kind: 'pasted' });
    const file = createTextItem('a\nb', { kind: 'file', name: 'x.txt' }, 'x.txt');
    expect(pasted.item.id).toBe(file.item.id);
    expect(pasted.item.text).toBe('a\nb');
    expect(item('a\nc').id).not.toBe(pasted.item.id);
  });

  it('is cut where it is too long, never within a character', () => {
    const long = createTextItem(`${'x'.repeat(TEXT_LIMIT - 1)}😀 and more`, { kind: 'pasted' });
    expect(long.isShortened).toBe(true);
    expect(long.item.text).toBe('x'.repeat(TEXT_LIMIT - 1));
    expect(createTextItem('x'.repeat(TEXT_LIMIT), { kind: 'pasted' }).isShortened).toBe(false);
  });

  it('is titled by its first words', () => {
    expect(titleFromText('\n\n  Stir   the flour.\nThen wait.')).toBe('Stir the flour.');
    expect(titleFromText('word '.repeat(40))).toBe(`${'word '.repeat(10)}word…`);
    expect(titleFromText('長'.repeat(100))).toBe(`${'長'.repeat(59)}…`);
    expect(titleFromText(' \n ')).toBe('');
    expect(item('Hello').title).toBe('Hello');
    expect(createTextItem('Hello', { kind: 'pasted' }, ' Greeting ').item.title).toBe('Greeting');
  });

  it('has a title of at most 60 characters from any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(Array.from(titleFromText(text)).length).toBeLessThanOrEqual(60);
      }),
    );
  });
});

describe('sets', () => {
  it('have ids that fit a link and differ', () => {
    const sets = createTextSets(
      ['Web pages!', 'web pages', '', '???', '数学'].map((name) => ({ name, texts: [] })),
      ['set'],
    );
    expect(sets.map(({ id }) => id)).toEqual([
      'web-pages',
      'web-pages-2',
      'set-2',
      'set-3',
      '数学',
    ]);
    expect(toSetId('x'.repeat(500), [])).toHaveLength(40);
  });

  it('take texts up to their limit and say how many had no place', () => {
    const [set] = createTextSets([{ name: 'a', texts: [item('first')] }]);
    const many = Array.from({ length: SET_TEXT_LIMIT + 5 }, (_, i) => item(`text ${i}`));
    const added = addTexts(set, many);
    expect(added.set.texts).toHaveLength(SET_TEXT_LIMIT);
    expect(added.leftOut).toBe(6);
    expect(added.set.texts[0].text).toBe('first');
    expect(addTexts(set, []).leftOut).toBe(0);
  });

  it('are freed of repeats, the first place kept', () => {
    const [set] = createTextSets([{ name: 'a', texts: ['x', 'y', 'x', ' x\n', 'z'].map(item) }]);
    const { set: single, leftOut } = withoutRepeats(set);
    expect(single.texts.map(({ text }) => text)).toEqual(['x', 'y', 'z']);
    expect(leftOut).toBe(2);
  });

  it('give different texts different ids, even where their hashes meet', () => {
    // Lone surrogates have no UTF-8: both become the same bytes.
    const [one, other] = [item('\ud800'), item('\ud801')];
    expect(one.id).toBe(other.id);
    const sets = createTextSets([
      { name: 'a', texts: [one, other] },
      { name: 'b', texts: [other, one, item('plain')] },
    ]);
    const [a, b] = partCollisions(sets).map(({ texts }) => texts.map(({ id }) => id));
    expect(a).toEqual([one.id, `${one.id}-2`]);
    expect(b).toEqual([`${one.id}-2`, one.id, item('plain').id]);
  });
});

describe('isSpread', () => {
  it('chooses exactly as many as there may be, evenly', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.integer({ min: 1, max: 600 }), (count, most) => {
        const chosen = Array.from({ length: count }, (_, i) => i).filter((i) =>
          isSpread(i, count, most),
        );
        expect(chosen).toHaveLength(Math.min(count, most));
        const gaps = chosen.slice(1).map((index, i) => index - chosen[i]);
        if (gaps.length > 0) expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
