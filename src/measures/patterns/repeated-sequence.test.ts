import { describe, expect, it } from 'vitest';
import { listCells } from '../../testing/list-cells.ts';
import type { ProbeText, RepeatedSpan } from './pattern-measure.ts';
import { prefixMatching } from './prefix-matching.ts';
import {
  repeatCurrent,
  repeatDuplicate,
  repeatFirst,
  repeatInduction,
  repeatPrevious,
} from './repeated-sequence.ts';

const probe = (repeat: RepeatedSpan | null, ...ids: number[]): ProbeText => ({
  ids: Int32Array.from(ids),
  tokens: null,
  repeat,
  needle: null,
});
const twice = probe({ start: 0, period: 3 }, 7, 8, 9, 7, 8, 9);
const afterBegin = probe({ start: 1, period: 2 }, 0, 7, 8, 7, 8);

describe('patterns of a repeated sequence', () => {
  it('has the diagonal of m + 1 cells, with the query that has no copy yet', () => {
    expect(listCells(repeatInduction.build(twice)!)).toEqual(['2>0', '3>1', '4>2', '5>3']);
  });
  it('has copies, the token before, the token itself and the first', () => {
    expect(listCells(repeatDuplicate.build(twice)!)).toEqual(['3>0', '4>1', '5>2']);
    expect(listCells(repeatPrevious.build(twice)!)).toHaveLength(5);
    expect(listCells(repeatCurrent.build(twice)!)).toHaveLength(6);
    expect(listCells(repeatFirst.build(twice)!)).toHaveLength(6);
  });
  it('leaves a begin token out', () => {
    expect(listCells(repeatInduction.build(afterBegin)!)).toEqual(['2>1', '3>2', '4>3']);
    expect(listCells(repeatFirst.build(afterBegin)!)[0]).toBe('1>1');
    expect(listCells(repeatPrevious.build(afterBegin)!)[0]).toBe('2>1');
  });
  it('is not for other texts', () => {
    expect(repeatInduction.build(probe(null, 1, 2))).toBeNull();
    expect(repeatFirst.build(probe(null, 1, 2))).toBeNull();
    expect(prefixMatching.build(probe(null, 1, 2))).toBeNull();
  });
});

describe('prefixMatching', () => {
  it('looks at what followed every earlier copy, from the second round on', () => {
    const thrice = probe({ start: 1, period: 2 }, 0, 7, 8, 7, 8, 7, 8);
    expect(listCells(prefixMatching.build(thrice)!)).toEqual([
      '3>2',
      '4>3',
      '5>2',
      '5>4',
      '6>3',
      '6>5',
    ]);
  });
  it('never takes the query itself for a follower', () => {
    expect(listCells(prefixMatching.build(probe({ start: 0, period: 1 }, 5, 5, 5))!)).toEqual([
      '2>1',
    ]);
  });
});
