import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import type { TestResults } from '../../measures/atlas/head-roles.ts';
import { sayTest } from './test-messages.ts';

type TestKey = Parameters<typeof sayTest>[0];

/** A test's name for the page. */
export function nameTest(id: string): string {
  return sayTest(id as TestKey);
}

/** In one sentence, how a test is done. */
export function describeHow(id: string): string {
  return sayTest(`${id}-how` as TestKey);
}

const OPTION_LETTERS = 'ABCD';

/** The number beside a head's score, in words: "3 back"; empty where there is none. */
export function sayDetail(tests: TestResults, id: string, at: number): string {
  const detail = tests[id]?.details[at] ?? Number.NaN;
  const key = `${id}-detail`;
  if (Number.isNaN(detail)) return '';
  const value =
    id === 'single-letter'
      ? (OPTION_LETTERS[detail] ?? '')
      : id.startsWith('syntax-')
        ? formatPercent(detail)
        : formatNumber(detail, 0);
  const said = sayTest(key as TestKey, { value });
  return said === key ? '' : said;
}
