import { expect, it } from 'vitest';
import { listCells } from '../../testing/list-cells.ts';
import { tokensFromPieces } from '../../testing/tokens-from-pieces.ts';
import { toProbe } from './pattern-measure.ts';
import { createRarePattern, rareTokens } from './rare-tokens.ts';

it('createRarePattern looks at the rarest token of the sentence so far, all its copies', () => {
  const tokens = tokensFromPieces('a', ' cat', ' zebra', ' cat', ' zebra', '.', ' Two', ' dogs');
  const rarity = (id: number) => [0, 1, 5, 1, 5, 0, 2, 1][tokens.ids.indexOf(id)];
  expect(listCells(createRarePattern(tokens, rarity))).toEqual([
    '2>2',
    '3>2',
    '4>2',
    '4>4',
    '5>2',
    '5>4',
    '7>6',
  ]);
});
it('rareTokens takes the place in the vocabulary for rarity and needs a text', () => {
  const text = toProbe(tokensFromPieces('a', 'b', 'c'));
  expect(listCells(rareTokens.build(text)!)).toEqual(['2>2']);
  expect(rareTokens.build({ ...text, tokens: null })).toBeNull();
});
