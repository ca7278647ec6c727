import { expect, it } from 'vitest';
import { createSetOfValues } from '../../testing/domain-results.ts';
import { toStatisticsTable } from './report-data.ts';

it('names each column of the statistics once', () => {
  const [a, b] = ['a', 'b'].map((name) => createSetOfValues(name, ['distance'], [[1, 2, 3, 4]]));
  const { columns } = toStatisticsTable([], a, b, 2);
  expect(new Set(columns).size).toBe(columns.length);
  expect(columns).toContain('mean reference high');
});
