import { expect, it } from 'vitest';
import { listCells } from '../../testing/list-cells.ts';
import { tokensFromPieces } from '../../testing/tokens-from-pieces.ts';
import { toProbe } from './pattern-measure.ts';
import { createSubwordPattern, subwordMerge } from './subword-merge.ts';

it('createSubwordPattern joins the pieces of a word', () => {
  const tokens = tokensFromPieces('un', 'happi', 'ness', ' is', ' here', '.');
  expect(listCells(createSubwordPattern(tokens))).toEqual(['1>0', '2>0', '2>1']);
});
it('createSubwordPattern joins no punctuation and no control token', () => {
  const dots = tokensFromPieces('a', '!', '!', ' b');
  expect(listCells(createSubwordPattern(dots))).toEqual([]);
  expect(listCells(createSubwordPattern(tokensFromPieces('a', '\t', 'b', 'c')))).toEqual(['3>2']);
  const begun = tokensFromPieces('', 'un', 'do');
  const special = [true, false, false];
  expect(listCells(createSubwordPattern({ ...begun, special }))).toEqual(['2>1']);
});
it('subwordMerge needs a text', () => {
  const tokens = tokensFromPieces('a', 'b');
  expect(subwordMerge.build(toProbe(tokens))?.keys).toHaveLength(1);
  expect(subwordMerge.build({ ...toProbe(tokens), tokens: null })).toBeNull();
});
