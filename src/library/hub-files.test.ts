import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HubRequest } from '../protocol/library.ts';
import { createBytes, createTestHost } from '../testing/library-host.ts';
import { type ModelServer, startModelServer } from '../testing/model-server.ts';
import { listHub, toVariants } from './hub-files.ts';

let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer();
});
afterEach(() => server.close());

const ask = (more: Partial<HubRequest> = {}): HubRequest => ({
  hubUrl: server.url,
  repo: 'owner/name',
  revision: 'main',
  ...more,
});
const list = (more: Partial<HubRequest> = {}) => listHub(ask(more), createTestHost());

function files(...names: readonly (readonly [string, number])[]): Record<string, Uint8Array> {
  return Object.fromEntries(names.map(([name, size]) => [name, createBytes(size)]));
}

/** Label, size and file names of each variant. */
async function summarise(more: Partial<HubRequest> = {}) {
  const { variants } = await list(more);
  return variants.map(({ label, bytes, isReadable, model }) => [
    label,
    bytes,
    isReadable,
    model.files.map(({ name }) => name).join(' '),
  ]);
}

describe('a repository of quantisations', () => {
  it('offers each, smallest first, and says which are not read', async () => {
    server.putRepo('owner/name', {
      files: files(
        ['.gitattributes', 10],
        ['README.md', 20],
        ['Llama-Q8_0.gguf', 80],
        ['Llama-Q4_K_M.gguf', 45],
        ['Llama-IQ2_XXS.gguf', 20],
        ['Llama-f16.gguf', 160],
        ['mmproj-model-f16.gguf', 30],
        ['Llama-mmproj-Q8_0.gguf', 15],
        ['imatrix.gguf', 5],
        ['Llama.imatrix', 5],
      ),
    });
    expect(await summarise()).toEqual([
      ['IQ2_XXS', 20, false, 'Llama-IQ2_XXS.gguf'],
      ['Q4_K_M', 45, true, 'Llama-Q4_K_M.gguf'],
      ['Q8_0', 80, true, 'Llama-Q8_0.gguf'],
      ['F16', 160, true, 'Llama-f16.gguf'],
    ]);
  });
  it('gives where each is, its size and its hash', async () => {
    const bytes = createBytes(45);
    server.putRepo('owner/name', {
      files: { 'a b/x#1-Q4_0.gguf': bytes },
      revisions: ['refs/pr/1'],
    });
    const { variants } = await list({ revision: 'refs/pr/1' });
    expect(variants[0].model).toEqual({
      origin: {
        kind: 'hub',
        hubUrl: server.url,
        repo: 'owner/name',
        revision: 'refs/pr/1',
        path: 'a b/x#1-Q4_0.gguf',
      },
      name: 'x#1-Q4_0',
      files: [
        {
          name: 'x#1-Q4_0.gguf',
          url: `${server.url}/owner/name/resolve/refs%2Fpr%2F1/a%20b/x%231-Q4_0.gguf`,
          bytes: 45,
          sha256: createHash('sha256').update(bytes).digest('hex'),
        },
      ],
    });
    const answer = await fetch(variants[0].model.files[0].url);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
  });
  it('takes the parts of a split file together, and leaves out what is not whole', async () => {
    server.putRepo('owner/name', {
      files: files(
        ['Q8_0/m-Q8_0-00001-of-00002.gguf', 50],
        ['Q8_0/m-Q8_0-00002-of-00002.gguf', 40],
        ['F16/m-F16-00001-of-00003.gguf', 50],
        ['F16/m-F16-00003-of-00003.gguf', 50],
        ['m-Q4_0.gguf', 30],
      ),
    });
    expect(await summarise()).toEqual([
      ['Q4_0', 30, true, 'm-Q4_0.gguf'],
      ['Q8_0', 90, true, 'm-Q8_0-00001-of-00002.gguf m-Q8_0-00002-of-00002.gguf'],
    ]);
  });
  it('without a type in the name is labelled by its name', async () => {
    server.putRepo('owner/name', { files: files(['tinyllama.gguf', 9]) });
    expect(await summarise()).toEqual([['tinyllama', 9, true, 'tinyllama.gguf']]);
  });
});

describe('a repository of safetensors', () => {
  it('is one model with what belongs to it', async () => {
    server.putRepo('owner/name', {
      files: files(
        ['config.json', 1],
        ['tokenizer.json', 2],
        ['tokenizer_config.json', 3],
        ['special_tokens_map.json', 9],
        ['model.safetensors.index.json', 4],
        ['model-00001-of-00002.safetensors', 100],
        ['model-00002-of-00002.safetensors', 100],
        ['onnx/model.onnx', 400],
        ['original/consolidated.safetensors', 300],
      ),
    });
    expect(await summarise()).toEqual([
      [
        'safetensors',
        219,
        true,
        'config.json tokenizer.json tokenizer_config.json special_tokens_map.json model.safetensors.index.json model-00001-of-00002.safetensors model-00002-of-00002.safetensors',
      ],
    ]);
    const { variants } = await list();
    expect(variants[0].model.name).toBe('name');
    expect(variants[0].model.files.map(({ sha256 }) => sha256 !== null)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });
  it('beside GGUF files offers both', async () => {
    server.putRepo('owner/name', {
      files: files(
        ['config.json', 1],
        ['tokenizer.json', 2],
        ['model.safetensors', 100],
        ['a-Q4_0.gguf', 30],
      ),
    });
    expect((await summarise()).map(([label]) => label)).toEqual(['Q4_0', 'safetensors']);
  });
  it('without a tokenizer, or with adapters only, is none', async () => {
    server.putRepo('owner/name', { files: files(['config.json', 1], ['model.safetensors', 9]) });
    await expect(list()).rejects.toMatchObject({ code: 'model-not-found', details: { files: 2 } });
    server.putRepo('owner/name', {
      files: files(['config.json', 1], ['tokenizer.json', 1], ['adapter_model.safetensors', 9]),
    });
    await expect(list()).rejects.toMatchObject({ code: 'model-not-found' });
  });
});

describe('a listing', () => {
  it('of many pages is read to its end', async () => {
    const many = Array.from({ length: 25 }, (_, i) => [`m${i}-Q4_0.gguf`, i] as const);
    server.putRepo('owner/name', { files: files(...many), pageSize: 10 });
    expect((await list()).variants).toHaveLength(25);
    expect(server.requests).toHaveLength(3);
  });
  it('that goes on for ever is given up', async () => {
    const endless = createTestHost();
    const host = {
      ...endless,
      fetch: async (url: string) =>
        Response.json([], { headers: { link: `<${url}>; rel="next"` } }),
    };
    await expect(listHub(ask(), host)).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('goes on after 200 pages'),
    });
  });
  it('that is no listing is no crash', async () => {
    for (const body of [{}, 'a page', [null], [{ type: 'file' }], [{ path: 5, type: 'file' }]]) {
      const host = { fetch: async () => Response.json(body) };
      await expect(listHub(ask(), host)).rejects.toMatchObject({
        code: 'source-unreachable',
        message: expect.stringContaining('could not be asked for owner/name'),
      });
    }
    const page = { fetch: async () => new Response('<html>') };
    await expect(listHub(ask(), page)).rejects.toMatchObject({ code: 'source-unreachable' });
  });
  it('with sizes and hashes that are none says that they are not known', () => {
    const odd = { type: 'file', path: 'a.gguf', size: Number.NaN } as const;
    const lfs = { oid: 'not a hash', size: -5, pointerSize: 1 };
    for (const entry of [odd, { ...odd, lfs }]) {
      expect(toVariants(ask(), [entry])[0].model.files[0]).toMatchObject({
        bytes: null,
        sha256: null,
      });
    }
  });
  it('is asked of a hub whose address ends in a slash, as of one without', async () => {
    server.putRepo('owner/name', { files: files(['a.gguf', 9]) });
    const { variants, request } = await list({ hubUrl: `${server.url}/` });
    expect(request.hubUrl).toBe(server.url);
    expect(variants[0].model.files[0].url).toBe(`${server.url}/owner/name/resolve/main/a.gguf`);
  });
});

describe('a repository that cannot be read', () => {
  it('is not there, or asks for a login', async () => {
    await expect(list()).rejects.toMatchObject({
      code: 'source-forbidden',
      details: { repo: 'owner/name', status: 401 },
    });
    server.putRepo('owner/name', { files: files(['a.gguf', 9]), token: 'tok' });
    await expect(list()).rejects.toMatchObject({ code: 'source-forbidden' });
    await expect(list({ token: 'wrong' })).rejects.toMatchObject({ details: { status: 403 } });
  });
  it('is read with the right token, of whatever form, which goes along with the files', async () => {
    server.putRepo('owner/name', {
      files: files(['a.gguf', 9], ['b.gguf', 8]),
      token: 'tok',
      pageSize: 1,
    });
    const { variants } = await list({ token: 'tok' });
    expect(variants.map(({ model }) => model.token)).toEqual(['tok', 'tok']);
  });
  it('never shows the token to another host, wherever the next page is said to be', async () => {
    const seen: (string | null)[] = [];
    const host = {
      async fetch(url: string, init: RequestInit) {
        seen.push(`${new URL(url).host} ${new Headers(init.headers).get('authorization')}`);
        const next = { link: '<https://elsewhere.example/next>; rel="next"' };
        return Response.json([{ type: 'file', path: 'a.gguf', size: 1 }], {
          headers: seen.length === 1 ? next : {},
        });
      },
    };
    await listHub(ask({ hubUrl: 'https://hub.example', token: 'tok' }), host);
    expect(seen).toEqual(['hub.example Bearer tok', 'elsewhere.example null']);
  });
  it('has no such revision', async () => {
    server.putRepo('owner/name', { files: files(['a.gguf', 9]) });
    await expect(list({ revision: 'v9' })).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('not this revision'),
    });
  });
  it('is asked for too often, or the hub is out of order', async () => {
    server.putRepo('owner/name', { files: files(['a.gguf', 9]) });
    server.misbehave('*', { status: 429 }, { status: 500 });
    await expect(list()).rejects.toMatchObject({ code: 'source-busy', details: { status: 429 } });
    await expect(list()).rejects.toMatchObject({ code: 'source-unreachable' });
  });
  it('is beyond a network that is down', async () => {
    await server.close();
    await expect(list()).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('127.0.0.1'),
    });
    server = await startModelServer();
  });
});
