import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROGRAM } from './program.ts';

it('names the version of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(PROGRAM).toBe(`Headlight ${version}`);
});
