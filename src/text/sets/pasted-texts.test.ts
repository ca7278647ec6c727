import { describe, expect, it } from 'vitest';
import { partPasted } from './pasted-texts.ts';
import { SET_TEXT_LIMIT } from './text-set.ts';

const textsOf = (...args: Parameters<typeof partPasted>) =>
  partPasted(...args).texts.map(({ text }) => text);

describe('partPasted', () => {
  it('takes a text with paragraphs as one text, and says what the other ways would give', () => {
    const pasted = partPasted('One.\n\nTwo.\n \n\nThree.\n');
    expect(pasted.texts.map(({ text }) => text)).toEqual(['One.\n\nTwo.\n \n\nThree.']);
    expect(pasted.cut).toBe('whole');
    expect(pasted.counts).toEqual({ whole: 1, rules: 1, paragraphs: 3 });
  });

  it('parts at lines of hyphens, whatever the line ends, and at nothing else', () => {
    expect(textsOf('a - b\r\n---\r\n  x = 1\r\n-----  \r\n\r\n--\r\nend')).toEqual([
      'a - b',
      '  x = 1',
      '--\nend',
    ]);
    expect(partPasted('a\n---\nb').cut).toBe('rules');
    expect(textsOf('a --- b')).toEqual(['a --- b']);
  });

  it('parts at empty lines on request, or not at all', () => {
    expect(textsOf('a\nb\n\nc\n---\nd', 'paragraphs')).toEqual(['a\nb', 'c\n---\nd']);
    expect(textsOf('a\n---\nb', 'whole')).toEqual(['a\n---\nb']);
  });

  it('finds no text in nothing, in hyphens and in white space', () => {
    for (const nothing of ['', ' \n\t\n', '---\n---\n', '\n---\n \n---']) {
      expect(partPasted(nothing)).toMatchObject({ texts: [], leftOut: 0 });
    }
  });

  it('says how many texts had no place', () => {
    const pasted = partPasted('x\n---\n'.repeat(SET_TEXT_LIMIT + 7));
    expect(pasted.texts).toHaveLength(SET_TEXT_LIMIT);
    expect(pasted.leftOut).toBe(7);
  });
});
