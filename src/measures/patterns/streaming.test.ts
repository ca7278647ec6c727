import { expect, it } from 'vitest';
import { listCells } from '../../testing/list-cells.ts';
import { createStreamingPattern, streaming } from './streaming.ts';

it('createStreamingPattern keeps the first and the last tokens of queries that see more', () => {
  expect(listCells(createStreamingPattern(5, 1, 2))).toEqual([
    '3>0',
    '3>2',
    '3>3',
    '4>0',
    '4>3',
    '4>4',
  ]);
  const text = { ids: new Int32Array(22), tokens: null, repeat: null, needle: null };
  expect(streaming.build(text).keys).toHaveLength(2 * 20);
});
