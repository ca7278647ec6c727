import { describe, expect, it } from 'vitest';
import { isReadableType, isShard, listParts, stemOf, typeInName } from './file-names.ts';

describe('the type of numbers in a file’s name', () => {
  it.each([
    ['SmolLM2-135M-Instruct.Q4_1.gguf', 'Q4_1', true],
    ['Llama-3.2-1B-Instruct-Q4_K_M.gguf', 'Q4_K_M', true],
    ['llama-3.2-1b-instruct-q4_k_m.gguf', 'Q4_K_M', true],
    ['qwen2.5-0.5b-instruct-fp16.gguf', 'FP16', true],
    ['gemma-3-1b-it-BF16.gguf', 'BF16', true],
    ['model-f32.gguf', 'F32', true],
    ['a-Q8_0.gguf', 'Q8_0', true],
    ['a-Q6_K.gguf', 'Q6_K', true],
    ['a-Q6_K_L.gguf', 'Q6_K_L', true],
    ['a-IQ4_XS.gguf', 'IQ4_XS', true],
    ['a-IQ4_NL.gguf', 'IQ4_NL', true],
    ['a-UD-Q4_K_XL.gguf', 'UD-Q4_K_XL', true],
    ['a-UD-Q8_K_XL.gguf', 'UD-Q8_K_XL', true],
    ['a-Q2_K_S.gguf', 'Q2_K_S', true],
    ['a-IQ2_XXS.gguf', 'IQ2_XXS', false],
    ['a-IQ3_M.gguf', 'IQ3_M', false],
    ['a-Q4_0_4_4.gguf', 'Q4_0_4_4', false],
    ['a-TQ1_0.gguf', 'TQ1_0', false],
    ['gpt-oss-20b-MXFP4.gguf', 'MXFP4', false],
    ['tinyllama.gguf', null, true],
    ['Q4_K_M.gguf', 'Q4_K_M', true],
    ['a-Q4_K_M-00001-of-00003.gguf', 'Q4_K_M', true],
    ['Qwen2.5-0.5B.gguf', null, true],
  ])('of %s is %s', (name, type, isReadable) => {
    expect(typeInName(name)).toBe(type);
    expect(isReadableType(type)).toBe(isReadable);
  });
});

describe('the parts of a split file', () => {
  it('are listed from any of them', () => {
    const parts = ['m-00001-of-00003.gguf', 'm-00002-of-00003.gguf', 'm-00003-of-00003.gguf'];
    for (const part of parts) expect(listParts(part)).toEqual(parts);
    expect(stemOf(parts[1])).toBe('m');
  });
  it('are the file itself where it is whole', () => {
    expect(listParts('m.gguf')).toEqual(['m.gguf']);
    expect(listParts('m-1-of-2.gguf')).toEqual(['m-1-of-2.gguf']);
    expect(stemOf('m.Q4_0.GGUF')).toBe('m.Q4_0');
  });
  it('are not endless, whatever a name says', () => {
    expect(listParts('m-00001-of-99999.gguf')).toHaveLength(1000);
    expect(listParts('m-00001-of-00000.gguf')).toEqual([]);
  });
});

describe('a shard of safetensors', () => {
  it.each([
    ['model.safetensors', true],
    ['model-00001-of-00002.safetensors', true],
    ['adapter_model.safetensors', false],
    ['model.fp16.safetensors', false],
    ['consolidated.safetensors', false],
  ])('%s: %s', (name, is) => expect(isShard(name)).toBe(is));
});
