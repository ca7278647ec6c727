import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText } from './text-hash.ts';

/** FNV-1a at 64 bits as its definition has it, with integers of any size. */
function hashByDefinition(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) % 2n ** 64n;
  }
  return hash.toString(16).padStart(16, '0');
}

describe('hashText', () => {
  // Test vectors of FNV's authors (draft-eastlake-fnv, section "FNV-1a").
  it.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('of %j is %s', (text, hash) => {
    expect(hashText(text)).toBe(hash);
  });

  it('is FNV-1a of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(hashText(text)).toBe(hashByDefinition(text));
      }),
    );
  });
});
