import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the embedded model is the file that was published', () => {
  const file = readFileSync('public/models/SmolLM2-135M-Instruct.Q4_1.gguf');
  expect(file.byteLength).toBe(98_362_432);
  expect(createHash('sha256').update(file).digest('hex')).toBe(
    'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  );
});
