import { describe, expect, it } from 'vitest';
import { alternate, median, spread } from './statistics.ts';

describe('median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 9, 2, 1])).toBe(5.5);
    expect(median([7])).toBe(7);
  });
  it('compares numbers, not their spelling', () => {
    expect(median([100, 20, 3])).toBe(20);
  });
  it('of nothing is NaN, and the input stays as it was', () => {
    expect(median([])).toBeNaN();
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('spread', () => {
  it('is half the distance of the quartiles', () => {
    expect(spread([1, 2, 3, 4])).toBe(1);
    expect(spread([1, 2, 50, 3, 4])).toBe((27 - 1.5) / 2);
    expect(spread([5, 5, 5])).toBe(0);
  });
  it('is NaN for fewer than two', () => {
    expect(spread([])).toBeNaN();
    expect(spread([5])).toBeNaN();
  });
});

it('two things are run in turn', async () => {
  const log: string[] = [];
  const note = (name: string) => async () => {
    log.push(name);
    return `${name}${log.length}`;
  };
  const { a, b } = await alternate(3, note('A'), note('B'));
  expect(log.join(' ')).toBe('A B A B A B');
  expect(a).toEqual(['A1', 'A3', 'A5']);
  expect(b).toEqual(['B2', 'B4', 'B6']);
});
