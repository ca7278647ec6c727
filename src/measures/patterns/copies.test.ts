import { expect, it } from 'vitest';
import { listCells } from '../../testing/list-cells.ts';
import { createDuplicatePattern, createInductionPattern } from './copies.ts';

const ids = Int32Array.of(1, 2, 1, 1);

it('createDuplicatePattern finds earlier copies', () => {
  expect(listCells(createDuplicatePattern(ids))).toEqual(['2>0', '3>0', '3>2']);
});
it('createInductionPattern finds what followed them, the query itself too', () => {
  expect(listCells(createInductionPattern(ids))).toEqual(['2>1', '3>1', '3>3']);
});
