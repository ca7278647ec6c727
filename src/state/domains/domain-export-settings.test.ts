import { expect, it } from 'vitest';
import { createResults, createSetOfValues } from '../../testing/domain-results.ts';
import { toDomainSettings } from './domain-export-settings.ts';
import { DEFAULT_DOMAIN_OPTIONS } from './domain-options.ts';

it('says in words what made the numbers', () => {
  const sets = [
    createSetOfValues('chat', ['distance'], [[1, 2, 3, 4]]),
    createSetOfValues(
      'R&D',
      ['distance'],
      [1, 2].map(() => [1, 2, 3, 4]),
      1,
    ),
  ];
  const results = createResults(sets, { isPartial: true });
  expect(toDomainSettings(results, DEFAULT_DOMAIN_OPTIONS, null)).toMatchObject({
    sha256: 'not computed',
    sets: 'chat: 1 text; R&D: 2 texts',
    reference: 'chat',
    compared: 'R&D',
    state: 'some texts were not finished',
  });
});
