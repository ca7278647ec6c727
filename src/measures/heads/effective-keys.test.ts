import { expect, it } from 'vitest';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { summariseSlices } from '../../testing/summarise-slices.ts';
import { getValue } from '../measure.ts';
import { effectiveKeys } from './effective-keys.ts';

const measured = (drawing: string) => {
  const { slice, tokens } = attentionFromText(drawing);
  return getValue(effectiveKeys.pool(summariseSlices([slice], tokens.ids), 0));
};

it('effectiveKeys counts the keys that are looked at alike', () => {
  expect(measured('a b c d\n1\n.5 .5\n.4 .3 .3\n.4 0 .6 0')).toBeCloseTo((2 + 1) / 2, 5);
});
it('effectiveKeys leaves out queries that look at the first key only', () => {
  expect(measured('a b c d\n1\n.5 .5\n1 0 0\n.4 .3 0 .3')).toBeCloseTo(2, 5);
  expect(measured('a b c\n1\n.5 .5\n1 0 0')).toBeNaN();
});
