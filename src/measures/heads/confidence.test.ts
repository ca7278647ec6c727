import { expect, it } from 'vitest';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { summariseSlices } from '../../testing/summarise-slices.ts';
import { getValue } from '../measure.ts';
import { confidence, confidenceTail } from './confidence.ts';

const summaryOf = (drawing: string) => {
  const { slice, tokens } = attentionFromText(drawing);
  return summariseSlices([slice], tokens.ids);
};

it('confidence is the largest weight, with the first key or without it', () => {
  const summary = summaryOf('a b c\n1\n.7 .3\n.2 .2 .6');
  expect(getValue(confidence.pool(summary, 0))).toBeCloseTo((1 + 0.7 + 0.6) / 3, 6);
  expect(getValue(confidenceTail.pool(summary, 0))).toBeCloseTo((0.3 + 0.6) / 2, 6);
});
it('confidenceTail counts a query that looks at the first key only as 0', () => {
  expect(getValue(confidenceTail.pool(summaryOf('a b\n1\n1 0'), 0))).toBe(0);
  expect(getValue(confidenceTail.pool(summaryOf('a\n1'), 0))).toBeNaN();
});
