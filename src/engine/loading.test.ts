import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import type { ByteSource } from '../model/byte-source.ts';
import { createMemorySource } from '../model/memory-source.ts';
import { openModel } from '../model/open-model.ts';
import { countAllocations } from '../testing/count-allocations.ts';
import { createTinyModel, type GgufEntry, type GgufFile, writeGguf } from '../testing/gguf-file.ts';
import { FILE_REFUSALS, loadUnrun, refusalOf } from '../testing/load-model.ts';

const tiny = createTinyModel();
const { bytes: TINY } = writeGguf(tiny);

async function load(bytes: Uint8Array<ArrayBuffer>) {
  return loadUnrun(await openModel('tiny.gguf', [createMemorySource('tiny.gguf', bytes)]));
}
const loadFile = (part: Partial<GgufFile>) => load(writeGguf({ ...tiny, ...part }).bytes);
const withEntries = (entries: Record<string, GgufEntry>) =>
  loadFile({ metadata: { ...tiny.metadata, ...entries } });
const without = (key: string) => {
  const { [key]: _, ...metadata } = tiny.metadata;
  return loadFile({ metadata });
};
const withTensors = (
  change: (tensor: GgufFile['tensors'][number]) => GgufFile['tensors'][number][],
) => loadFile({ tensors: tiny.tensors.flatMap(change) });

describe('a small model', () => {
  it('loads as it is', async () => {
    const { facts, tokenizer } = await load(TINY);
    expect(facts).toMatchObject({
      layerCount: 1,
      headCount: 2,
      keyValueHeadCount: 1,
      headSize: 4,
      vocabularySize: 258,
      contextLength: 64,
      fileType: 'F32 (11)',
    });
    expect(Array.from(tokenizer.tokenize('a t').ids)).toEqual([97, 256]);
  });

  it('gets one head size from its width, one key-value head a head, and 10,000 as rotary base', async () => {
    const { stack } = await load(TINY);
    expect(stack.config).toMatchObject({ headSize: 4 });
    const { rotation } = stack.config.layers[0].attention;
    expect(rotation).toEqual({ size: 4, base: 10_000, scaling: { kind: 'none' } });
  });
});

describe('the ends of a generation', () => {
  const uint32 = (value: number): GgufEntry => ({ type: 'uint32', value });
  it('are the ends of text, turn and message that the file names, where they are tokens', async () => {
    const { tokenizer } = await withEntries({
      'tokenizer.ggml.eot_token_id': uint32(97),
      'tokenizer.ggml.eom_token_id': uint32(9999),
    });
    expect([...tokenizer.parts.endIds]).toEqual([257, 97]);
    expect(tokenizer.parts.endText).toBe('<end>');
  });
  it('are control tokens known to end turns in files that name none', async () => {
    const { value } = tiny.metadata['tokenizer.ggml.tokens'] as { value: readonly string[] };
    const tokens = [...value.slice(0, -1), '<|eot_id|>'];
    const { 'tokenizer.ggml.eos_token_id': _, ...rest } = tiny.metadata;
    const named = { 'tokenizer.ggml.tokens': { type: 'strings', value: tokens } } as const;
    const { tokenizer } = await loadFile({ metadata: { ...rest, ...named } });
    expect([...tokenizer.parts.endIds]).toEqual([257]);
    expect(tokenizer.isEnd(257)).toBe(true);
  });
});

describe('a model that cannot be loaded', () => {
  const uint32 = (value: number): GgufEntry => ({ type: 'uint32', value });
  const string = (value: string): GgufEntry => ({ type: 'string', value });
  const nan = (data: Uint8Array) => {
    const bad = data.slice();
    new DataView(bad.buffer).setFloat32(4, Number.NaN, true);
    return bad;
  };
  const infinite = (data: Uint8Array) => {
    const bad = data.slice();
    new DataView(bad.buffer).setFloat32(4, Number.NEGATIVE_INFINITY, true);
    return bad;
  };

  it.each(tiny.tensors.map(({ name }) => name))('for want of %s names it', async (name) => {
    const error = await refusalOf(withTensors((each) => (each.name === name ? [] : [each])));
    expect(error.code).toBe('tensor-missing');
    expect(error.message).toContain(name);
    expect(error.details.tensor).toBe(name);
  });

  it.each(tiny.tensors.slice(1).map(({ name }) => name))(
    'for the shape of %s names it with both shapes',
    async (name) => {
      const error = await refusalOf(
        withTensors((each) =>
          each.name === name ? [{ ...each, shape: [...each.shape.slice(1), 4] }] : [each],
        ),
      );
      expect(error.code).toBe('tensor-shape');
      expect(error.message).toContain(name);
    },
  );

  it.each(tiny.tensors.map(({ name }) => name))('for the type of %s names both', async (name) => {
    const strange = (each: GgufFile['tensors'][number]) =>
      each.name === name ? [{ ...each, typeId: 19 }] : [each];
    const error = await refusalOf(withTensors(strange));
    expect(error.code).toBe('tensor-type-unknown');
    expect(error.message).toMatch(new RegExp(`${name} is stored as IQ1_S.*Q4_1`));
    expect(error.details).toMatchObject({ tensor: name, type: 'IQ1_S' });
  });

  it.each(tiny.tensors.map(({ name }) => name))(
    'for NaN or infinity in %s names it',
    async (name) => {
      for (const spoil of [nan, infinite]) {
        const error = await refusalOf(
          withTensors((each) =>
            each.name === name ? [{ ...each, data: spoil(each.data) }] : [each],
          ),
        );
        expect(error.code).toBe('file-malformed');
        expect(error.message).toMatch(
          new RegExp(`${name} holds (NaN|-Infinity), which is no weight`),
        );
      }
    },
  );

  it.each<[string, () => Promise<unknown>, string, RegExp]>([
    [
      'an architecture that is not known',
      () => withEntries({ 'general.architecture': string('mamba') }),
      'architecture-unknown',
      /"mamba"; this program knows .*llama/,
    ],
    ['no architecture', () => without('general.architecture'), 'architecture-unknown', /kind ""/],
    [
      'a tokenizer that is not known',
      () => withEntries({ 'tokenizer.ggml.model': string('rwkv') }),
      'tokenizer-unknown',
      /"rwkv"/,
    ],
    [
      'cuts that are not known',
      () => withEntries({ 'tokenizer.ggml.pre': string('klingon') }),
      'tokenizer-unknown',
      /"klingon"/,
    ],
    ['no tokens', () => without('tokenizer.ggml.tokens'), 'file-malformed', /tokens is missing/],
    ['no merges', () => without('tokenizer.ggml.merges'), 'file-malformed', /merges is missing/],
    ['no width', () => without('llama.embedding_length'), 'file-malformed', /embedding_length/],
    [
      'no layers',
      () => withEntries({ 'llama.block_count': uint32(0) }),
      'file-malformed',
      /block_count is 0/,
    ],
    [
      'two layers where there is one',
      () => withEntries({ 'llama.block_count': uint32(2) }),
      'tensor-missing',
      /blk\.1\./,
    ],
    [
      'two thousand million layers',
      () => withEntries({ 'llama.block_count': uint32(2_000_000_000) }),
      'file-malformed',
      /2000000000 layers, but only \d+ tensors/,
    ],
    [
      'half a layer',
      () => withEntries({ 'llama.block_count': { type: 'float32', value: 1.5 } }),
      'file-malformed',
      /block_count is 1.5, not a whole number/,
    ],
    [
      'layers in words',
      () => withEntries({ 'llama.block_count': string('1') }),
      'file-malformed',
      /block_count is not a number/,
    ],
    [
      'heads that do not share evenly',
      () => withEntries({ 'llama.attention.head_count_kv': uint32(3) }),
      'file-malformed',
      /cannot share 3/,
    ],
    [
      'an odd head size',
      () =>
        withEntries({
          'llama.attention.key_length': uint32(3),
          'llama.attention.value_length': uint32(3),
        }),
      'file-malformed',
      /3 rotated dimensions of 3/,
    ],
    [
      'a wide middle that no tensor has',
      () => withEntries({ 'llama.feed_forward_length': uint32(2_000_000_000) }),
      'tensor-shape',
      /ffn_\w+\.weight has shape \[8,8\]/,
    ],
    [
      'an epsilon that is no number',
      () =>
        withEntries({
          'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: Number.NaN },
        }),
      'file-malformed',
      /epsilon is NaN/,
    ],
    [
      'more tokens than embedding rows',
      () =>
        withEntries({
          'tokenizer.ggml.tokens': {
            type: 'strings',
            value: Array.from({ length: 300 }, (_, i) => `t${i}`),
          },
        }),
      'file-malformed',
      /300 tokens .* 258 embedding rows/,
    ],
  ])('for %s says so', async (_, work, code, message) => {
    const error = await refusalOf(work());
    expect(error.message).toMatch(message);
    expect(error.code).toBe(code);
  });
});

describe('a file with bytes changed at random', () => {
  /** Counts what is read of it: nothing may ask for more than there is. */
  function createCountingSource(bytes: Uint8Array<ArrayBuffer>) {
    let largest = 0;
    const inner = createMemorySource('tiny.gguf', bytes);
    const source: ByteSource = {
      ...inner,
      read(offset, length) {
        largest = Math.max(largest, length);
        return inner.read(offset, length);
      },
    };
    return { source, largest: () => largest };
  }
  const headerEnd = TINY.length - tiny.tensors.reduce((sum, { data }) => sum + data.length, 0);
  const mutation = fc.array(
    fc.record({
      at: fc.nat(headerEnd - 1),
      value: fc.oneof(fc.constantFrom(0, 1, 255, 127, 128), fc.nat(255)),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it('is loaded or refused with a fitting code, and asks for no more than it holds', async () => {
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(mutation, fc.option(fc.nat(TINY.length)), async (changes, end) => {
        const bytes = TINY.slice(0, end ?? TINY.length);
        for (const { at, value } of changes) if (at < bytes.length) bytes[at] = value;
        const { source, largest } = createCountingSource(bytes);
        const buffers = await countAllocations(async () => {
          const code = await openModel('tiny.gguf', [source])
            .then(loadUnrun)
            .then(
              () => 'loaded',
              (error: unknown) => {
                if (!(error instanceof HeadlightError)) throw error;
                return error.code;
              },
            );
          codes.add(code);
          expect(['loaded', ...FILE_REFUSALS]).toContain(code);
        });
        expect(largest()).toBeLessThanOrEqual(bytes.length);
        expect(buffers).toBeLessThanOrEqual(4 * bytes.length);
      }),
      { numRuns: 1500, seed: 20_261_124 },
    );
    expect([...codes]).toEqual(
      expect.arrayContaining(['loaded', 'file-truncated', 'file-malformed', 'tensor-missing']),
    );
  });
});
