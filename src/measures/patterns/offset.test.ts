import { expect, it } from 'vitest';
import { listCells } from '../../testing/list-cells.ts';
import { createFirstKeyPattern } from './first-key.ts';
import { createOffsetPattern } from './offset.ts';

it('createOffsetPattern looks a number of tokens back', () => {
  expect(listCells(createOffsetPattern(4, 1))).toEqual(['1>0', '2>1', '3>2']);
  expect(listCells(createOffsetPattern(3, 0))).toEqual(['0>0', '1>1', '2>2']);
  expect(listCells(createOffsetPattern(5, 2, 1))).toEqual(['3>1', '4>2']);
  expect(listCells(createOffsetPattern(2, 7))).toEqual([]);
});
it('createFirstKeyPattern looks at the first token that counts', () => {
  expect(listCells(createFirstKeyPattern(3))).toEqual(['0>0', '1>0', '2>0']);
  expect(listCells(createFirstKeyPattern(3, 1))).toEqual(['1>1', '2>1']);
});
