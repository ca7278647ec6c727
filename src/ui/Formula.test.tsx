// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { Formula } from './Formula.tsx';
import { PlainFormula } from './PlainFormula.tsx';

afterEach(cleanup);

it('Formula sets sums with limits where there is room for them', () => {
  const { container, rerender } = render(<Formula source="∑_j a_{ij}" isBlock />);
  expect(container.querySelector('munder > mo')?.textContent).toBe('∑');
  expect(container.querySelector('msub > mi')?.textContent).toBe('a');
  rerender(<Formula source="∑_j a_{ij}" />);
  expect(container.querySelector('munder')).toBeNull();
});
it('Formula tells signs from subtractions, and keeps spaces around words', () => {
  const { container } = render(<Formula source="−1 − |−2| − (−3) \text{ of n}" />);
  expect(container.querySelectorAll('mo[form=prefix]')).toHaveLength(2);
  expect(container.querySelector('mtext')?.textContent).toBe('\u00a0of n');
});
it('PlainFormula sets indices below the line', () => {
  const { container } = render(<PlainFormula text="P_i,i−1 = Σ_j≥1 a_(t−1),j, b_ij" />);
  expect([...container.querySelectorAll('sub')].map((each) => each.textContent)).toEqual([
    'i,i−1',
    'j≥1',
    '(t−1),j',
    'ij',
  ]);
});
