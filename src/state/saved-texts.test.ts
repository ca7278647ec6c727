import { describe, expect, it } from 'vitest';
import { parseSavedTexts, rememberText, SAVED_TEXTS } from './saved-texts.ts';

const saved = (text: string, savedAt = 0) => ({ id: text, text, savedAt });
const texts = (list: readonly { readonly text: string }[]) => list.map(({ text }) => text);

describe('rememberText', () => {
  it('puts a text first, and one that was there before with its new time', () => {
    const list = rememberText([saved('b'), saved('a')], saved('a', 7));
    expect(list).toEqual([saved('a', 7), saved('b')]);
  });

  it('lets a text that goes on take the place of the latest, but keeps variants', () => {
    expect(texts(rememberText([saved('The cat'), saved('x')], saved('The cat sat')))).toEqual([
      'The cat sat',
      'x',
    ]);
    expect(texts(rememberText([saved('she said'), saved('x')], saved('he said')))).toEqual([
      'he said',
      'she said',
      'x',
    ]);
    expect(texts(rememberText([saved('x'), saved('The cat')], saved('The cat sat')))).toEqual([
      'The cat sat',
      'x',
      'The cat',
    ]);
  });

  it('keeps so many and no more', () => {
    const many = Array.from({ length: SAVED_TEXTS }, (_, i) => saved(`text ${i}.`));
    const list = rememberText(many, saved('new'));
    expect(list).toHaveLength(SAVED_TEXTS);
    expect(list[0].text).toBe('new');
  });
});

describe('parseSavedTexts', () => {
  it('reads texts and turns, leaves out what makes no sense', () => {
    const turns = { messages: [{ role: 'user', content: 'Hi' }], addGenerationPrompt: true };
    const read = parseSavedTexts([
      saved('a'),
      { ...saved('b'), conversation: turns },
      { ...saved('c'), conversation: { messages: 7 } },
      { id: 1, text: 'd', savedAt: 0 },
      null,
      'e',
    ]);
    expect(read).toEqual([saved('a'), { ...saved('b'), conversation: turns }, saved('c')]);
    expect(parseSavedTexts({})).toEqual([]);
    expect(parseSavedTexts(null)).toEqual([]);
  });
});
