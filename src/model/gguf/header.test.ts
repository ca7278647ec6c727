import { gguf } from '@huggingface/gguf';
import { describe, expect, it } from 'vitest';
import { openFileSource } from '../../batch/file-source.ts';
import { HeadlightError } from '../../lib/headlight-error.ts';
import {
  createTinyModel,
  type GgufEntry,
  type GgufFile,
  writeGguf,
} from '../../testing/gguf-file.ts';
import { createMemorySource } from '../memory-source.ts';
import { readGgufHeader } from './header.ts';

const EMBEDDED = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';
const tiny = createTinyModel();
const read = (bytes: Uint8Array<ArrayBuffer>) =>
  readGgufHeader(createMemorySource('tiny.gguf', bytes));
const readFile = (part: Partial<GgufFile>) => read(writeGguf({ ...tiny, ...part }).bytes);
const withEntry = (key: string, entry: GgufEntry) => ({
  metadata: { ...tiny.metadata, [key]: entry },
});

/** The code and message of what a promise rejects with; fails when it does not. */
async function refusal(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(HeadlightError);
  return thrown as HeadlightError;
}

/** A number as both readers say it: one gives small 64-bit integers as numbers. */
const plain = (value: unknown): unknown =>
  typeof value === 'bigint' ? Number(value) : Array.isArray(value) ? value.map(plain) : value;

describe('the header of the embedded model', () => {
  it('is what the field’s own reader finds', async () => {
    const source = await openFileSource(EMBEDDED);
    const ours = await readGgufHeader(source);
    await source.close();
    const theirs = await gguf(EMBEDDED, { allowLocalFile: true });
    const { version, tensor_count, kv_count, ...values } = theirs.metadata as Record<
      string,
      unknown
    >;
    expect(ours.version).toBe(version);
    expect(ours.tensors.size).toBe(Number(tensor_count));
    expect(ours.metadata.size).toBe(Number(kv_count));
    for (const [key, value] of ours.metadata) expect(plain(value)).toEqual(plain(values[key]));
    const { tensorInfos, tensorDataOffset } = theirs;
    expect(tensorInfos).toHaveLength(272);
    for (const info of tensorInfos) {
      const tensor = ours.tensors.get(info.name);
      expect(tensor?.shape).toEqual(info.shape.map(Number).toReversed());
      expect(tensor?.type.id).toBe(info.dtype);
      expect(tensor?.offset).toBe(Number(tensorDataOffset) + Number(info.offset));
    }
  });
});

describe('a small file', () => {
  it.each([2, 3])('of version %i is read', async (version) => {
    const header = await readFile({ version });
    expect(header.version).toBe(version);
    expect(header.metadata.get('llama.embedding_length')).toBe(8);
    expect(header.metadata.get('tokenizer.ggml.merges')).toEqual(['Ġ t']);
    expect(header.metadata.get('tokenizer.ggml.add_bos_token')).toBe(false);
    const tensor = header.tensors.get('blk.0.attn_k.weight');
    expect(tensor).toMatchObject({ shape: [4, 8], bytes: 128 });
    expect((tensor?.offset ?? 1) % 32).toBe(0);
  });

  it.each([32, 64, 8])('aligned to %i is placed', async (alignment) => {
    const { bytes } = writeGguf({
      ...tiny,
      ...withEntry('general.alignment', { type: 'uint32', value: alignment }),
      alignment,
    });
    const { tensors } = await read(bytes);
    const last = tensors.get('output_norm.weight');
    const stored = new Float32Array(
      bytes.slice(last?.offset, (last?.offset ?? 0) + (last?.bytes ?? 0)).buffer,
    );
    expect(stored).toEqual(new Float32Array(tiny.tensors.at(-1)?.data.slice().buffer ?? []));
  });

  it('may have a header longer than the first read', async () => {
    const value = 'x'.repeat(5 << 20);
    const header = await readFile(withEntry('general.description', { type: 'string', value }));
    expect(header.metadata.get('general.description')).toBe(value);
  });
});

describe('a tensor of a type that is not read', () => {
  const { shape, data } = tiny.tensors[1];
  const strange = { name: 'strange', shape, data, typeId: 16 };
  it('is listed by its type, with no size', async () => {
    const { tensors } = await readFile({ tensors: [strange, ...tiny.tensors] });
    expect(tensors.get('strange')).toMatchObject({ bytes: 0, type: { name: 'IQ2_XXS' } });
    const numbered = await readFile({ tensors: [{ ...strange, typeId: 99 }] });
    expect(numbered.tensors.get('strange')?.type.name).toBe('type number 99');
  });
  it.each([
    ['inside another', { ...strange, offset: 32 }, 'file-malformed', /token_embd.*strange overlap/],
    ['after the file', { ...strange, offset: 1 << 30 }, 'file-truncated', /cut short/],
  ])('may not begin %s', async (_, tensor, code, message) => {
    const refused = await refusal(readFile({ tensors: [...tiny.tensors, tensor] }));
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(message);
  });
});

describe('what is no model', () => {
  const text = (value: string) => new TextEncoder().encode(value) as Uint8Array<ArrayBuffer>;
  it.each([
    ['an empty file', new Uint8Array(0)],
    ['three bytes', text('GGU')],
    ['a web page', text('<!doctype html><title>Not found</title>')],
    ['zeros', new Uint8Array(4096)],
  ])('%s is no GGUF file', async (_, bytes) => {
    expect(await refusal(read(bytes))).toMatchObject({
      code: 'file-not-gguf',
      message: 'tiny.gguf is not a GGUF file: it does not start with "GGUF".',
    });
  });
  it.each([0, 1, 4, 0x03000000])('version %i is refused by its number', async (version) => {
    const { code, message } = await refusal(readFile({ version }));
    expect(code).toBe('file-malformed');
    expect(message).toContain(`version ${version}`);
  });
});

describe('a file that is cut short', () => {
  const { bytes, boundaries } = writeGguf(tiny);
  it('is said to be, at every field of its header and every tensor', async () => {
    for (const end of boundaries) {
      if (end < 4) continue;
      for (const size of [end, end + 1]) {
        if (size >= bytes.length) continue;
        const { code, message } = await refusal(read(bytes.slice(0, size)));
        expect(`${size}: ${code}`).toBe(`${size}: file-truncated`);
        expect(message).toContain(`ends at byte ${size}`);
      }
    }
  });
  it('may lack the padding after its last tensor only', async () => {
    const { tensors } = await read(bytes);
    const end = Math.max(...[...tensors.values()].map(({ offset, bytes: size }) => offset + size));
    expect((await read(bytes.slice(0, end))).tensors.size).toBe(11);
  });
});

describe('a file that lies', () => {
  const huge = 1n << 60n;
  const first = tiny.tensors[0];
  const others = tiny.tensors.slice(1);
  const entry = (...bytes: number[]): Uint8Array<ArrayBuffer> => {
    const start = writeGguf({ ...tiny, metadata: {}, tensors: [], claimedValues: 1n }).bytes;
    return new Uint8Array([...start.slice(0, 24), 1, 0, 0, 0, 0, 0, 0, 0, 0x6b, ...bytes]);
  };
  const uint64 = (value: bigint): number[] => [
    ...new Uint8Array(new BigUint64Array([value]).buffer),
  ];
  const uint32 = (value: number): number[] => [...new Uint8Array(new Uint32Array([value]).buffer)];

  it.each<[string, () => Promise<unknown>, string, RegExp]>([
    ['tensors', () => readFile({ claimedTensors: huge }), 'file-malformed', /claims \d+ tensors/],
    ['values', () => readFile({ claimedValues: huge }), 'file-malformed', /claims \d+ metadata/],
    [
      'a string longer than any file',
      () => read(entry(...uint32(8), ...uint64(huge))),
      'file-malformed',
      /claims \d+ bytes of text/,
    ],
    [
      'a string longer than this file',
      () => read(entry(...uint32(8), ...uint64(999n))),
      'file-truncated',
      /cut short/,
    ],
    [
      'array elements',
      () => read(entry(...uint32(9), ...uint32(0), ...uint64(huge))),
      'file-malformed',
      /claims \d+ array elements/,
    ],
    ['a value type', () => read(entry(...uint32(77))), 'file-malformed', /unknown type 77/],
    [
      'an array type',
      () => read(entry(...uint32(9), ...uint32(13), ...uint64(0n))),
      'file-malformed',
      /array of unknown type 13/,
    ],
    [
      'arrays in arrays without end',
      () =>
        read(
          entry(
            ...uint32(9),
            ...Array.from({ length: 9 }, () => [...uint32(9), ...uint64(1n)]).flat(),
          ),
        ),
      'file-malformed',
      /nested more than four deep/,
    ],
    [
      'five dimensions',
      () => readFile({ tensors: [{ ...first, shape: [1, 1, 1, 258, 8] }, ...others] }),
      'file-malformed',
      /token_embd.weight with 5 dimensions/,
    ],
    [
      'an endless dimension',
      () => readFile({ tensors: [{ ...first, shape: [2 ** 40, 8] }, ...others] }),
      'file-malformed',
      /dimension of 1099511627776/,
    ],
    [
      'a tensor larger than the file',
      () => readFile({ tensors: [{ ...first, shape: [258_000, 8] }, ...others] }),
      'file-truncated',
      /cut short/,
    ],
    [
      'a tensor after the file',
      () => readFile({ tensors: [{ ...first, offset: 1 << 30 }, ...others] }),
      'file-truncated',
      /cut short/,
    ],
    [
      'tensors that overlap',
      () => readFile({ tensors: [first, { ...others[0], offset: 32 }, ...others.slice(1)] }),
      'file-malformed',
      /token_embd.weight and blk.0.attn_norm.weight overlap/,
    ],
    [
      'a tensor twice',
      () => readFile({ tensors: [...tiny.tensors, others[0]] }),
      'file-malformed',
      /names a tensor twice/,
    ],
    [
      'half a block',
      () => readFile({ tensors: [{ ...first, shape: [1, 40], typeId: 3 }, ...others] }),
      'file-malformed',
      /\[1,40\] does not fill whole Q4_1 blocks/,
    ],
    [
      'a block that goes on in the next row',
      () => readFile({ tensors: [{ ...first, shape: [2, 16], typeId: 3 }, ...others] }),
      'file-malformed',
      /\[2,16\] does not fill whole Q4_1 blocks/,
    ],
    [
      'a place off the alignment',
      () =>
        readFile({ tensors: [...tiny.tensors.slice(0, -1), { ...tiny.tensors[10], offset: 9 }] }),
      'file-malformed',
      /output_norm.weight lies at 9, which is no multiple of the alignment 32/,
    ],
    [
      'an alignment of 0',
      () => readFile(withEntry('general.alignment', { type: 'uint32', value: 0 })),
      'file-malformed',
      /alignment of 0/,
    ],
    [
      'an alignment that is a word',
      () => readFile(withEntry('general.alignment', { type: 'string', value: 'wide' })),
      'file-malformed',
      /alignment of NaN/,
    ],
  ])('about %s is refused, saying what is wrong', async (_, work, code, message) => {
    const refused = await refusal(work());
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(message);
  });
});
