import { describe, expect, it } from 'vitest';
import { toPlainSource } from './plain-source.ts';

describe('a source for readers', () => {
  it('has no numbers of notes and no tags', () => {
    expect(toPlainSource('Voita et al. 2019; methods 5.14 [MEM]')).toEqual({
      text: 'Voita et al. 2019',
      known: ['recalled'],
    });
    expect(toPlainSource('Wang et al. 2022; methods 5.7 [CODE]').text).toBe('Wang et al. 2022');
    expect(
      toPlainSource('measures: methods 1.1, 1.3, 1.4; putting them together so is ours').text,
    ).toBe('measures; putting them together so is ours');
    expect(
      toPlainSource(
        'Jawale et al. 2024, “Are Human Conversations Special?”; methods 1.1 [RECON: equal length]',
      ),
    ).toEqual({
      text: 'Jawale et al. 2024, “Are Human Conversations Special?”',
      known: ['ours'],
    });
  });

  it('stays as it is without them', () => {
    expect(toPlainSource('Vaswani et al. 2017')).toEqual({
      text: 'Vaswani et al. 2017',
      known: [],
    });
    expect(toPlainSource('methods 5.2')).toEqual({ text: '', known: [] });
  });
});
