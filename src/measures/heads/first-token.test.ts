import { expect, it } from 'vitest';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { summariseSlices } from '../../testing/summarise-slices.ts';
import { getValue } from '../measure.ts';
import { first, firstFour } from './first-token.ts';

const summaryOf = (drawing: string) => {
  const { slice, tokens } = attentionFromText(drawing);
  return summariseSlices([slice], tokens.ids);
};
const long = summaryOf('a b c d e\n1\n.5 .5\n.2 .4 .4\n0 0 0 1\n.1 .1 .1 .1 .6');

it('first leaves out the first query, which sees nothing else', () => {
  expect(getValue(first.pool(long, 0))).toBeCloseTo((0.5 + 0.2 + 0 + 0.1) / 4, 6);
  expect(getValue(first.pool(summaryOf('a\n1'), 0))).toBeNaN();
});
it('firstFour leaves out the first four', () => {
  expect(getValue(firstFour.pool(long, 0))).toBeCloseTo(0.4, 6);
  expect(getValue(firstFour.pool(summaryOf('a b\n1\n.5 .5'), 0))).toBeNaN();
});
