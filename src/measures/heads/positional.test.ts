import { describe, expect, it } from 'vitest';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { summariseSlices } from '../../testing/summarise-slices.ts';
import { getValue } from '../measure.ts';
import { addOffsets, countOffsets, findCommonOffset, positional } from './positional.ts';

const summaryOf = (drawing: string) => {
  const { slice, tokens } = attentionFromText(drawing);
  return summariseSlices([slice], tokens.ids);
};
const mostly = summaryOf('a b c d e\n1\n.7 .3\n.2 .6 .2\n0 0 .9 .1\n0 .9 0 0 .1');

describe('positional heads', () => {
  it('look at one distance', () => {
    expect(findCommonOffset(countOffsets(mostly, 0))).toEqual({
      offset: 1,
      share: 0.75,
      isPositional: false,
    });
    expect(getValue(positional.pool(mostly, 0))).toBe(0.75);
    const always = summaryOf('a b c\n1\n.7 .3\n.2 .6 .2');
    expect(findCommonOffset(countOffsets(always, 0))?.isPositional).toBe(true);
  });
  it('are told over several texts by the offsets of all of them', () => {
    const other = summaryOf('a b\n1\n.1 .9');
    const offsets = addOffsets([countOffsets(mostly, 0), countOffsets(other, 0)]);
    expect(offsets.queries).toBe(5);
    expect(findCommonOffset(offsets)).toMatchObject({ offset: 1, share: 3 / 5 });
  });
  it('take the nearest of equals, and are nothing in one token', () => {
    const tie = summaryOf('a b c\n1\n.1 .9\n.1 .8 .1');
    expect(findCommonOffset(countOffsets(tie, 0))).toMatchObject({ offset: 0, share: 0.5 });
    expect(findCommonOffset(countOffsets(summaryOf('a\n1'), 0))).toBeNull();
    expect(getValue(positional.pool(summaryOf('a\n1'), 0))).toBeNaN();
  });
});
