import { expect, it } from 'vitest';
import { findSharers } from './key-value-groups.ts';

it('findSharers knows the other heads of a key-value group', () => {
  expect(findSharers(4, 9, 3)).toEqual([3, 5]);
  expect(findSharers(4, 9, 1)).toEqual([]);
  expect(findSharers(8, 9, 4)).toEqual([]);
});
