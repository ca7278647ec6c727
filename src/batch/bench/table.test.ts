import { describe, expect, it } from 'vitest';
import { atLeast, atMost, exactly, isReached, type Row, type Target } from './measurement.ts';
import { formatTable, formatValue, summarise, toJsonRows } from './table.ts';

function rowOf(name: string, target: Target | null, outcome: Row['outcome'], group = 'g'): Row {
  return {
    measurement: { group, name, unit: 'ms', target, note: `how ${name}` },
    outcome,
    load: 1,
  };
}
const value = (number: number, samples: readonly number[] = [number]): Row['outcome'] => ({
  kind: 'value',
  value: number,
  samples,
});

describe('isReached', () => {
  it('holds at the limit itself', () => {
    expect(isReached(rowOf('a', atMost(5), value(5)))).toBe(true);
    expect(isReached(rowOf('a', atMost(5), value(5.01)))).toBe(false);
    expect(isReached(rowOf('a', atLeast(5), value(5)))).toBe(true);
    expect(isReached(rowOf('a', atLeast(5), value(4.99)))).toBe(false);
    expect(isReached(rowOf('a', exactly(1), value(2)))).toBe(false);
  });

  it('is false for NaN and null where there is nothing to compare', () => {
    expect(isReached(rowOf('a', atMost(5), value(Number.NaN)))).toBe(false);
    expect(isReached(rowOf('a', null, value(5)))).toBeNull();
    expect(isReached(rowOf('a', atMost(5), { kind: 'not-measured', why: 'no /proc' }))).toBeNull();
  });
});

describe('the table', () => {
  const rows = [
    rowOf('hover', atMost(8), value(3.125, [3, 3.125, 4])),
    rowOf('switch', atMost(16), value(20)),
    rowOf('memory', atMost(1600), { kind: 'not-measured', why: 'no /proc here' }, 'h'),
    rowOf('speed', null, { kind: 'failed', message: 'the page closed' }, 'h'),
  ];

  it('sets values under their headings, groups apart, and tells each verdict', () => {
    expect(formatTable(rows).split('\n').slice(0, 8)).toEqual([
      'what     value  unit   apart  target                load',
      '',
      'g',
      'hover     3.13  ms    ±0.500  ≤ 8     reached        1.0',
      'switch      20  ms            ≤ 16    MISSED         1.0',
      '',
      'h',
      'memory       –  ms            ≤ 1600  not measured   1.0',
    ]);
  });

  it('says below what was measured and why something was not', () => {
    const text = formatTable(rows);
    expect(text).toContain('- hover: how hover');
    expect(text).toContain('  not measured: no /proc here');
    expect(text).toContain('  failed: the page closed');
  });

  it('counts what has no value as not reached', () => {
    expect(summarise(rows)).toBe('1 of 3 targets reached');
  });

  it('gives the same as plain values', () => {
    expect(toJsonRows(rows)[0]).toEqual({
      group: 'g',
      name: 'hover',
      unit: 'ms',
      target: { kind: 'at-most', value: 8 },
      note: 'how hover',
      load: 1,
      reached: true,
      kind: 'value',
      value: 3.125,
      samples: [3, 3.125, 4],
    });
  });
});

it.each([
  [0, '0'],
  [1234.5, '1235'],
  [12.345, '12.3'],
  [1.005, '1.00'],
  [0.0456, '0.046'],
  [Number.NaN, '–'],
])('%d is written %s', (number, text) => {
  expect(formatValue(number)).toBe(text);
});
