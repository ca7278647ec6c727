import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestHost } from '../testing/library-host.ts';
import { type ModelServer, startModelServer } from '../testing/model-server.ts';
import { planUrl } from './url-files.ts';

let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer();
});
afterEach(() => server.close());

const plan = (path: string, token?: string) => planUrl(server.url + path, token, createTestHost());

/** Name -> address without the server. */
async function planned(path: string): Promise<Record<string, string>> {
  const { files } = await plan(path);
  return Object.fromEntries(files.map(({ name, url }) => [name, url.replace(server.url, '')]));
}

const FOLDER = {
  'config.json': '/m/config.json',
  'tokenizer.json': '/m/tokenizer.json',
  'tokenizer_config.json': '/m/tokenizer_config.json',
  'generation_config.json': '/m/generation_config.json',
  'special_tokens_map.json': '/m/special_tokens_map.json',
  'chat_template.jinja': '/m/chat_template.jinja',
};

describe('the address of a file', () => {
  it('is that file, of which nothing more is known', async () => {
    expect(await plan('/a/Some%20Model-Q4_0.gguf?download=true#top', 'tok')).toEqual({
      origin: { kind: 'url', url: `${server.url}/a/Some%20Model-Q4_0.gguf?download=true` },
      name: 'Some Model-Q4_0',
      files: [
        {
          name: 'Some Model-Q4_0.gguf',
          url: `${server.url}/a/Some%20Model-Q4_0.gguf?download=true`,
          bytes: null,
          sha256: null,
        },
      ],
      token: 'tok',
    });
    expect(server.requests).toHaveLength(0);
  });
  it('of one part is all parts, with the query of the one', async () => {
    expect(await planned('/m/x-00002-of-00002.gguf?sig=1')).toEqual({
      'x-00001-of-00002.gguf': '/m/x-00001-of-00002.gguf?sig=1',
      'x-00002-of-00002.gguf': '/m/x-00002-of-00002.gguf?sig=1',
    });
  });
  it('without an ending is taken for a GGUF file where it is no folder', async () => {
    expect(await planned('/download/7?x=1')).toEqual({ '7.gguf': '/download/7?x=1' });
    expect(server.requests.map(({ path }) => path)).toEqual(['/download/7/config.json?x=1']);
  });
  it('that is badly encoded is no crash', async () => {
    expect(await planned('/m/100%.gguf')).toEqual({ '100%.gguf': '/m/100%.gguf' });
  });
});

describe('the address of a folder', () => {
  beforeEach(() => server.put('m/config.json', '{}'));
  it.each(['/m/', '/m', '/m/config.json', '/m/model.safetensors'])(
    '%s is its safetensors with what belongs to them',
    async (path) => {
      expect(await planned(path)).toEqual({
        ...FOLDER,
        'model.safetensors': '/m/model.safetensors',
      });
      const { name, files } = await plan(path);
      expect(name).toBe('m');
      expect(files.filter(({ isOptional }) => isOptional).map((file) => file.name)).toEqual([
        'tokenizer_config.json',
        'generation_config.json',
        'special_tokens_map.json',
        'chat_template.jinja',
      ]);
    },
  );
  it('with an index has its shards', async () => {
    server.put(
      'm/model.safetensors.index.json',
      JSON.stringify({
        weight_map: {
          a: 'model-00001-of-00002.safetensors',
          b: 'model-00002-of-00002.safetensors',
          c: 'model-00001-of-00002.safetensors',
        },
      }),
    );
    expect(await planned('/m/')).toEqual({
      ...FOLDER,
      'model.safetensors.index.json': '/m/model.safetensors.index.json',
      'model-00001-of-00002.safetensors': '/m/model-00001-of-00002.safetensors',
      'model-00002-of-00002.safetensors': '/m/model-00002-of-00002.safetensors',
    });
  });
  it('at the root is called as its host', async () => {
    expect((await plan('/')).name).toBe(new URL(server.url).host);
  });
  it.each([
    ['is not there', { status: 404 }],
    ['may not be listed', { status: 403 }],
    ['is a page', { page: '<html>' }],
    ['is cut short', { dropsAfter: 3 }],
  ])('whose index %s has one file of weights', async (_, how) => {
    server.put('m/model.safetensors.index.json', '{"weight_map":{"a":"b"}}');
    server.alwaysMisbehave('m/model.safetensors.index.json', how);
    expect(Object.keys(await planned('/m/'))).toContain('model.safetensors');
  });
  it('whose index cannot be read across origins has one file of weights', async () => {
    const host = createTestHost();
    const hidden = {
      async fetch(url: string, init: RequestInit) {
        if (url.includes('index')) throw new TypeError('Failed to fetch');
        return host.fetch(url, init);
      },
    };
    const { files } = await planUrl(`${server.url}/m/`, undefined, hidden);
    expect(files.map(({ name }) => name)).toContain('model.safetensors');
  });
  it.each(['../../x', 'a/b.safetensors', 'record.json'])(
    'whose index names "%s" is refused',
    async (name) => {
      server.put(
        'm/model.safetensors.index.json',
        JSON.stringify({ weight_map: { a: 'model.safetensors', b: name } }),
      );
      await expect(plan('/m/')).rejects.toMatchObject({ code: 'file-malformed' });
    },
  );
  it.each([
    [401, 'source-forbidden'],
    [429, 'source-busy'],
    [500, 'source-unreachable'],
  ])('that is refused with %i is not guessed at', async (status, code) => {
    server.alwaysMisbehave('m/model.safetensors.index.json', { status });
    await expect(plan('/m/')).rejects.toMatchObject({ code, details: { status } });
  });
  it('that cannot be reached is said to be so', async () => {
    await server.close();
    await expect(plan('/m/')).rejects.toMatchObject({
      code: 'source-unreachable',
      message: expect.stringContaining('could not be reached'),
    });
    server = await startModelServer();
  });
});

describe('what is no address', () => {
  it.each([
    '',
    'model.gguf',
    '/m/a.gguf',
    'ftp://h/a.gguf',
    'javascript:alert(1)',
    'file:///a.gguf',
  ])('"%s" is said to be none', async (url) => {
    await expect(planUrl(url, undefined, createTestHost())).rejects.toMatchObject({
      code: 'argument-invalid',
    });
  });
});
