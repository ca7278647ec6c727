import { describe, expect, it } from 'vitest';
import { FAKE_FACTS } from '../testing/fake-engine.ts';
import { getModelKey, isKeyFinal } from './model-key.ts';

describe('getModelKey', () => {
  it('is the same for the same model, whatever computes it', () => {
    expect(getModelKey({ ...FAKE_FACTS, device: 'webgpu', threads: 4 })).toBe(
      getModelKey(FAKE_FACTS),
    );
  });

  it('tells files, sizes and precisions apart', () => {
    const keys = [
      FAKE_FACTS,
      { ...FAKE_FACTS, fileName: 'other.gguf' },
      { ...FAKE_FACTS, fileBytes: 4001 },
      { ...FAKE_FACTS, precision: 'packed' as const },
      { ...FAKE_FACTS, sha256: 'ab' },
      { ...FAKE_FACTS, sha256: 'cd' },
    ].map(getModelKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('goes by the hash alone where it is known', () => {
    const known = { ...FAKE_FACTS, sha256: 'ab' };
    expect(getModelKey({ ...known, fileName: 'renamed.gguf' })).toBe(getModelKey(known));
  });

  it('is final once the hash is there', () => {
    expect(isKeyFinal({ ...FAKE_FACTS, sha256: null })).toBe(false);
    expect(isKeyFinal({ ...FAKE_FACTS, sha256: null, fileCount: 3 })).toBe(false);
    expect(isKeyFinal({ ...FAKE_FACTS, sha256: 'ab' })).toBe(true);
  });
});
