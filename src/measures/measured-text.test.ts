import { expect, it } from 'vitest';
import { getMeasuredText } from './measured-text.ts';

it('getMeasuredText counts copies, copies of the first token and tokens said twice', () => {
  const text = getMeasuredText(Int32Array.of(7, 8, 7, 7, 8, 9));
  expect(Array.from(text.earlierCopies)).toEqual([0, 0, 1, 2, 1, 0]);
  expect(Array.from(text.copiesFirst)).toEqual([0, 0, 1, 1, 0, 0]);
  expect(Array.from(text.repeatsPrevious)).toEqual([0, 0, 0, 1, 0, 0]);
  expect(text.copyCells).toBe(4);
  expect(getMeasuredText(text.ids)).toBe(text);
  expect(getMeasuredText(new Int32Array()).copyCells).toBe(0);
});
