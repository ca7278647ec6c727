import { expect, it } from 'vitest';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { summariseSlices } from '../../testing/summarise-slices.ts';
import { getValue } from '../measure.ts';
import { interdependency } from './interdependency.ts';

const measured = (drawing: string) => {
  const { slice, tokens } = attentionFromText(drawing);
  return getValue(interdependency.pool(summariseSlices([slice], tokens.ids), 0));
};

it('interdependency is the mass on neither the token itself nor the first', () => {
  expect(measured('a b c d\n1\n.5 .5\n.5 .3 .2\n.1 .3 .4 .2')).toBeCloseTo((0.3 + 0.7) / 2, 6);
});
it('interdependency is undefined of two tokens', () => {
  expect(measured('a b\n1\n.5 .5')).toBeNaN();
});
