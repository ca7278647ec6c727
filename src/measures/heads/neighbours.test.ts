import { expect, it } from 'vitest';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { summariseSlices } from '../../testing/summarise-slices.ts';
import { getValue } from '../measure.ts';
import { current, previous } from './neighbours.ts';

const summaryOf = (drawing: string) => {
  const { slice, tokens } = attentionFromText(drawing);
  return summariseSlices([slice], tokens.ids);
};

it('current is the mean of the diagonal, previous of the one beside it', () => {
  const summary = summaryOf('a b c\n1\n.7 .3\n.2 .2 .6');
  expect(getValue(current.pool(summary, 0))).toBeCloseTo((1 + 0.3 + 0.6) / 3, 6);
  expect(getValue(previous.pool(summary, 0))).toBeCloseTo((0.7 + 0.2) / 2, 6);
});
it('previous is undefined of one token', () => {
  expect(getValue(previous.pool(summaryOf('a\n1'), 0))).toBeNaN();
  expect(getValue(current.pool(summaryOf('a\n1'), 0))).toBe(1);
});
