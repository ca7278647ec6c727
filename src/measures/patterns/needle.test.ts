import { expect, it } from 'vitest';
import { listCells } from '../../testing/list-cells.ts';
import { needle } from './needle.ts';

it('needle looks back at the span from every query after it', () => {
  const text = { ids: new Int32Array(5), tokens: null, repeat: null, needle: { start: 1, end: 3 } };
  expect(listCells(needle.build(text)!)).toEqual(['3>1', '3>2', '4>1', '4>2']);
  expect(needle.build({ ...text, needle: null })).toBeNull();
});
