import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemorySource } from '../model/memory-source.ts';
import { openModel } from '../model/open-model.ts';
import { countAllocations } from '../testing/count-allocations.ts';
import { createTinyModel, type GgufEntry, type GgufFile, writeGguf } from '../testing/gguf-file.ts';
import { FILE_REFUSALS, loadUnrun, refusalOf } from '../testing/load-model.ts';

const SEED = 20_261_124;
const tiny = createTinyModel();

/** Loads a model of some files and says how it ended, in a typed way and within the files' size. */
async function outcome(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  let code = '';
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  const start = performance.now();
  const allocated = await countAllocations(async () => {
    const sources = parts.map((bytes, i) => createMemorySource(`tiny-${i}.gguf`, bytes));
    const work = openModel('tiny.gguf', sources)
      .then(loadUnrun)
      .then((model) => model.tokenizer.tokenize('a t 12 ½\n'));
    code = await work.then(
      () => 'loaded',
      async (error: unknown) => (await refusalOf(Promise.reject(error))).code,
    );
  });
  expect(['loaded', 'argument-invalid', ...FILE_REFUSALS]).toContain(code);
  expect(allocated).toBeLessThanOrEqual(4 * size);
  expect(performance.now() - start).toBeLessThan(5000);
  return code;
}

const NUMBERS = [0, 1, 2, 3, 4, 8, 257, 258, 259, 65_536, 2 ** 31, 2 ** 32 - 1];
const entry: fc.Arbitrary<GgufEntry> = fc.oneof(
  fc.constantFrom(...NUMBERS).map((value): GgufEntry => ({ type: 'uint32', value })),
  fc
    .constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 0.5, 1e-30, 1e30)
    .map((value): GgufEntry => ({ type: 'float32', value })),
  fc
    .constantFrom(0n, 1n, 1n << 40n, (1n << 64n) - 1n)
    .map((value): GgufEntry => ({ type: 'uint64', value })),
  fc.boolean().map((value): GgufEntry => ({ type: 'bool', value })),
  fc
    .constantFrom('', 'llama', 'gpt2', 'gemma3', 'yarn', 'linear', 'default', '__proto__', 'x')
    .map((value): GgufEntry => ({ type: 'string', value })),
  fc
    .array(fc.constantFrom('', 'a', 'b', 'ab', 'a b', 'Ġ t', '▁', '<0x41>', '😀'), {
      maxLength: 300,
    })
    .map((value): GgufEntry => ({ type: 'strings', value })),
  fc
    .array(fc.constantFrom(-1, 0, 1, 2, 3, 4, 6, 99), { maxLength: 300 })
    .map((value): GgufEntry => ({ type: 'int32s', value })),
);
const write = (part: Partial<GgufFile>) => writeGguf({ ...tiny, ...part }).bytes;

describe('a GGUF file whose metadata say something else', () => {
  it.each([
    [
      'of sizes',
      [
        ...Object.keys(tiny.metadata).filter((key) => /^(llama|general)\./.test(key)),
        'llama.attention.key_length',
        'llama.attention.value_length',
        'llama.attention.scale',
        'llama.attention.sliding_window',
        'llama.attention.sliding_window_pattern',
        'llama.rope.dimension_count',
        'llama.rope.freq_base',
        'llama.rope.scaling.type',
        'llama.rope.scaling.factor',
        'llama.rope.scaling.original_context_length',
        'llama.rope.scaling.yarn_beta_fast',
        'llama.rope.scaling.attn_factor',
        'llama.expert_count',
        'llama.attn_logit_softcapping',
        'llama.logit_scale',
        'general.alignment',
        'split.count',
        'split.no',
      ],
    ],
    [
      'of its tokenizer',
      [
        ...Object.keys(tiny.metadata).filter((key) => key.startsWith('tokenizer.')),
        'tokenizer.ggml.scores',
        'tokenizer.ggml.add_space_prefix',
        'tokenizer.ggml.eot_token_id',
        'tokenizer.chat_template',
      ],
    ],
  ] as const)(
    '%s is loaded or refused with a fitting code, within its size',
    async (_, keys) => {
      const codes = new Set<string>();
      await fc.assert(
        fc.asyncProperty(
          fc.dictionary(fc.constantFrom(...keys), entry, { minKeys: 1, maxKeys: 3 }),
          async (changes) => {
            codes.add(await outcome([write({ metadata: { ...tiny.metadata, ...changes } })]));
          },
        ),
        { numRuns: 1000, seed: SEED },
      );
      expect([...codes]).toEqual(expect.arrayContaining(['loaded', 'file-malformed']));
    },
    60_000,
  );

  it('of a SentencePiece vocabulary is loaded or refused with a fitting code', async () => {
    const { value: pieces } = tiny.metadata['tokenizer.ggml.tokens'] as {
      value: readonly string[];
    };
    const scores = fc.array(fc.constantFrom(0, -1, -2, 7), { minLength: 258, maxLength: 258 });
    const words = fc.array(fc.constantFrom('▁', 'a', 't', '▁t', '<0x41>', '', '\u0000', 'at'), {
      maxLength: 258,
    });
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(scores, words, fc.boolean(), async (value, own, addsSpace) => {
        const metadata: GgufFile['metadata'] = {
          ...tiny.metadata,
          'tokenizer.ggml.model': { type: 'string', value: 'llama' },
          'tokenizer.ggml.scores': { type: 'int32s', value },
          'tokenizer.ggml.tokens': {
            type: 'strings',
            value: [...own, ...pieces.slice(own.length)],
          },
          'tokenizer.ggml.add_space_prefix': { type: 'bool', value: addsSpace },
          'tokenizer.ggml.merges': { type: 'strings', value: [] },
        };
        codes.add(await outcome([write({ metadata })]));
      }),
      { numRuns: 200, seed: SEED },
    );
    expect(codes).not.toContain('unexpected');
  }, 60_000);
});

describe('a GGUF model in parts', () => {
  const partOf = (number: number, count: number, from: number, to: number, more = {}) => {
    const metadata: GgufFile['metadata'] = {
      ...(number === 0 ? tiny.metadata : {}),
      'split.no': { type: 'uint32', value: number },
      'split.count': { type: 'uint32', value: count },
      ...more,
    };
    return write({ metadata, tensors: tiny.tensors.slice(from, to) });
  };
  const parts = [partOf(0, 3, 0, 4), partOf(1, 3, 4, 8), partOf(2, 3, 8, 11)];

  it('loads as it is, in any order', async () => {
    expect(await outcome(parts)).toBe('loaded');
    expect(await outcome(parts.toReversed())).toBe('loaded');
  });
  it('with bytes of a header changed, or a part cut, is loaded or refused with a fitting code', async () => {
    const codes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(2),
        fc.array(fc.tuple(fc.nat(600), fc.constantFrom(0, 1, 2, 3, 9, 127, 255)), { maxLength: 4 }),
        fc.option(fc.nat(2000), { freq: 2 }),
        async (which, changes, end) => {
          const changed = parts.map((bytes, i) => {
            if (i !== which) return bytes;
            const copy = bytes.slice(0, end ?? bytes.length);
            for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
            return copy;
          });
          codes.add(await outcome(changed));
        },
      ),
      { numRuns: 600, seed: SEED },
    );
    expect([...codes]).toEqual(
      expect.arrayContaining(['loaded', 'file-truncated', 'file-malformed']),
    );
  }, 60_000);
  it('whose numbers are odd is loaded or refused with a fitting code', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('split.no', 'split.count', 'split.tensors.count'), entry, {
          minKeys: 1,
          maxKeys: 2,
        }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 1 }),
        async (changes, order) => {
          const own = [partOf(0, 3, 0, 4, changes), ...parts.slice(1)];
          await outcome(order.map((i) => own[i]));
        },
      ),
      { numRuns: 300, seed: SEED },
    );
  }, 60_000);
});
