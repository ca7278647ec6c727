import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ModelRequest } from '../protocol/engine.ts';
import { createTinyModel, writeGguf } from '../testing/gguf-file.ts';
import { createMemoryStore } from '../testing/memory-store.ts';
import { type ModelServer, startModelServer } from '../testing/model-server.ts';
import { lookAtModel } from './look-at-model.ts';

const golden = (name: string): Uint8Array =>
  readFileSync(new URL(`../testing/golden/architectures/llama/${name}`, import.meta.url));
const NAMES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'model.safetensors'];

/** Bytes of a tensor that is never read. */
const LARGE = 16 << 20;

let server: ModelServer;
beforeAll(async () => {
  const tiny = createTinyModel();
  const { bytes } = writeGguf(tiny);
  const data = new Uint8Array(LARGE);
  const large = { name: 'blk.0.attn_rot_embd.weight', shape: [LARGE / 4], typeId: 0, data };
  server = await startModelServer({
    files: {
      'llama.gguf': golden('model.gguf'),
      ...Object.fromEntries(NAMES.map((name) => [`hf/${name}`, golden(name)])),
      'tiny.gguf': bytes,
      'large.gguf': writeGguf({ ...tiny, tensors: [...tiny.tensors, large] }).bytes,
      'short.gguf': bytes.slice(0, bytes.byteLength - 100),
      'missing.gguf': writeGguf({
        ...tiny,
        tensors: tiny.tensors.filter(({ name }) => name !== 'blk.0.attn_k.weight'),
      }).bytes,
      'moon.gguf': writeGguf({
        ...tiny,
        metadata: { ...tiny.metadata, 'general.architecture': { type: 'string', value: 'moon' } },
      }).bytes,
      'text.gguf': 'this is no model at all, whatever it is called',
    },
  });
});
afterAll(() => server.close());
afterEach(() => {
  server.alwaysMisbehave('*', null);
  server.forget();
});

const request = (fileName: string, names: readonly string[] = [fileName]): ModelRequest => ({
  fileName,
  sources: names.map((name) => ({
    kind: 'url',
    name: name.split('/').at(-1) ?? '',
    url: `${server.url}/${name}`,
  })),
});
const look = (asked: ModelRequest, memoryBytes: number | null = null) =>
  lookAtModel(asked, 'wasm', memoryBytes, async () => createMemoryStore());

const LLAMA = { architecture: 'llama', layerCount: 3, fileBytes: expect.any(Number) };

describe('a look at a model', () => {
  it('reads its header by ranges, and not its weights', async () => {
    expect(await look(request('large.gguf'))).toMatchObject({ layerCount: 1 });
    const asked = server.requests.map(({ range }) => {
      const [, from, to] = range?.match(/^bytes=(\d+)-(\d+)$/) ?? [];
      return Number(to) - Number(from) + 1;
    });
    expect(asked.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(LARGE / 2);
    const seen = await look(request('llama.gguf'));
    expect(seen).toMatchObject({ ...LLAMA, name: 'llama', fileBytes: golden('model.gguf').length });
  });
  it('says the same of a folder of safetensors', async () => {
    const gguf = await look(request('llama.gguf'));
    const folder = await look(
      request(
        'hf',
        NAMES.map((name) => `hf/${name}`),
      ),
    );
    const { layerCount, headCount, keyValueHeadCount, architecture } = gguf ?? {};
    expect(folder).toMatchObject({ layerCount, headCount, keyValueHeadCount, architecture });
    expect(folder?.parameterCount).toBeGreaterThan(100_000);
  });
  it('counts a model whose sizes are known by hand', async () => {
    expect(await look(request('tiny.gguf'))).toEqual({
      name: 'tiny',
      architecture: 'llama',
      layerCount: 1,
      headCount: 2,
      keyValueHeadCount: 1,
      // embedding; norms; q, k, v, o; gate, up, down
      parameterCount: 258 * 8 + 3 * 8 + 64 + 32 + 32 + 64 + 3 * 64,
      fileBytes: expect.any(Number),
      precision: 'dequantised',
      // The page itself, and little else.
      estimatedBytes: expect.any(Number),
      limitBytes: 4 * 2 ** 30,
      fits: true,
    });
  });
  it('says when it will not fit into the machine’s memory', async () => {
    const seen = await look(request('tiny.gguf'), 2 ** 30);
    expect(seen).toMatchObject({ fits: false, limitBytes: 2 ** 29 });
    expect(seen?.estimatedBytes).toBeGreaterThan(2 ** 29);
  });
  it('looks at a kept file, and at a dropped one', async () => {
    const store = createMemoryStore();
    store.put('m', 'llama.gguf', golden('model.gguf'));
    const kept = { kind: 'kept', name: 'llama.gguf', modelId: 'm' } as const;
    const file = new Blob([new Uint8Array(golden('model.gguf'))]);
    const dropped = { kind: 'file', name: 'llama.gguf', file } as const;
    for (const source of [kept, dropped]) {
      const seen = await lookAtModel(
        { fileName: 'x', sources: [source] },
        'wasm',
        null,
        async () => store,
      );
      expect(seen).toMatchObject(LLAMA);
    }
  });
  it('reads a small file whole where ranges are refused, also where the size is hidden', async () => {
    server.alwaysMisbehave('*', { refusesRanges: true });
    expect(await look(request('llama.gguf'))).toMatchObject(LLAMA);
    server.alwaysMisbehave('*', { hides: ['content-range'] });
    expect(await look(request('llama.gguf'))).toMatchObject(LLAMA);
  });
  it('is not had where ranges are refused and the file is large, or as large as nobody says', async () => {
    server.alwaysMisbehave('*', { refusesRanges: true, saysLength: 65 << 20 });
    expect(await look(request('llama.gguf'))).toBeNull();
    server.alwaysMisbehave('*', { refusesRanges: true, saysLength: null });
    expect(await look(request('llama.gguf'))).toBeNull();
  });
  it('is had where only the texts come without a length', async () => {
    server.alwaysMisbehave('hf/config.json', { refusesRanges: true, saysLength: null });
    expect(
      await look(
        request(
          'hf',
          NAMES.map((name) => `hf/${name}`),
        ),
      ),
    ).toMatchObject(LLAMA);
    server.alwaysMisbehave('hf/config.json', null);
  });
});

describe('what cannot be loaded', () => {
  it.each([
    ['text.gguf', 'file-not-gguf'],
    ['short.gguf', 'file-truncated'],
    ['missing.gguf', 'tensor-missing'],
    ['moon.gguf', 'architecture-unknown'],
    ['absent.gguf', 'source-unreachable'],
  ])('%s is refused with %s', async (name, code) => {
    await expect(look(request(name))).rejects.toMatchObject({ code });
  });
  it.each([
    [{ status: 403 }, 'source-forbidden'],
    [{ status: 429 }, 'source-busy'],
    [{ page: '<html>' }, 'source-unreachable'],
  ])('with %j is refused', async (how, code) => {
    server.alwaysMisbehave('*', how);
    await expect(look(request('llama.gguf'))).rejects.toMatchObject({ code });
  });
});
