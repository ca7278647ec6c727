import { expect, it } from 'vitest';
import { createSetOfValues } from '../../testing/domain-results.ts';
import { getSetName } from './domain-names.ts';

it('a set’s name stands in sentences without hidden characters and not longer than a line', () => {
  const nameOf = (name: string) => getSetName({ ...createSetOfValues('x', [], []), name });
  expect(nameOf('chats')).toBe('chats');
  expect(nameOf('\u202Eevil\u202C')).toBe('evil');
  expect(Array.from(nameOf('x'.repeat(90))).length).toBeLessThanOrEqual(48);
  expect(nameOf(' \u202E ')).toBe('set 1');
});
