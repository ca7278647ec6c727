import { describe, expect, it } from 'vitest';
import { fromInput, isModel, type PickedFile, readDrop, toModelFiles } from './model-files.ts';

const pick = (name: string, folder: string | null = null): PickedFile => ({
  file: new File(['x'], name),
  folder,
});
const names = (picked: readonly PickedFile[]) => toModelFiles(picked).files.map(({ name }) => name);

describe('picked files', () => {
  it('are a model when weights are among them', () => {
    expect(isModel([pick('notes.txt')])).toBe(false);
    expect(isModel([pick('config.json'), pick('tokenizer.json')])).toBe(false);
    expect(isModel([pick('a.GGUF')])).toBe(true);
    expect(isModel([pick('readme.md'), pick('model.safetensors')])).toBe(true);
    expect(isModel([])).toBe(false);
  });

  it('of a folder are called as the folder, and only the model’s own are read', () => {
    const all = ['config.json', 'tokenizer.json', 'model.safetensors', 'README.md', 'a.png'];
    const found = toModelFiles(all.map((name) => pick(name, 'tiny')));
    expect(found.name).toBe('tiny');
    expect(found.files.map(({ name }) => name)).toEqual(all.slice(0, 3));
  });

  it('are one GGUF, or all parts of one', () => {
    expect(names([pick('a.Q4_0.gguf'), pick('LICENSE')])).toEqual(['a.Q4_0.gguf']);
    const parts = ['m-00001-of-00002.gguf', 'm-00002-of-00002.gguf'];
    expect(names(parts.map((name) => pick(name)))).toEqual(parts);
  });

  it('of several models are refused by name', () => {
    expect(() => toModelFiles([pick('a.gguf'), pick('b.gguf')])).toThrow(
      expect.objectContaining({
        code: 'argument-invalid',
        message: 'These are 2 models: a, b. Open one of them.',
      }),
    );
  });
});

it('a chosen folder gives its own files, not those of folders in it', () => {
  const file = (path: string): File =>
    Object.defineProperty(new File(['x'], path.split('/').at(-1) ?? ''), 'webkitRelativePath', {
      value: path,
    });
  const picked = fromInput([
    file('out/config.json'),
    file('out/model.safetensors'),
    file('out/checkpoint-500/config.json'),
    file('out/checkpoint-500/model.safetensors'),
  ]);
  expect(toModelFiles(picked)).toMatchObject({
    name: 'out',
    files: [{ name: 'config.json' }, { name: 'model.safetensors' }],
  });
});

it('weights beside those of the usual names are left out', () => {
  const all = ['consolidated.safetensors', 'model.safetensors', 'config.json', 'tokenizer.json'];
  expect(names(all.map((name) => pick(name, 'm')))).toEqual(all.slice(1));
  expect(names([pick('adapter.safetensors'), pick('config.json')])).toHaveLength(2);
});

describe('a drop', () => {
  /** What a browser gives for a dropped folder: entries that are read some at a time. */
  const folder = (name: string, files: readonly string[]) => ({
    kind: 'file',
    getAsFile: () => null,
    webkitGetAsEntry: () => ({
      name,
      isFile: false,
      createReader() {
        const left = [...files];
        return {
          readEntries: (resolve: (entries: unknown[]) => void) =>
            resolve(
              left.splice(0, 2).map((each) => ({
                name: each,
                isFile: true,
                file: (take: (file: File) => void) => take(new File(['x'], each)),
              })),
            ),
        };
      },
    }),
  });
  const file = (name: string) => ({
    kind: 'file',
    getAsFile: () => new File(['x'], name),
    webkitGetAsEntry: () => null,
  });
  const drop = (items: unknown[]) => readDrop({ items } as unknown as DataTransfer);

  it('of a folder gives its files, of any number', async () => {
    const picked = await drop([folder('tiny', ['a', 'b', 'c', 'd', 'e'])]);
    expect(picked.map(({ file: each, folder: of }) => `${of}/${each.name}`)).toEqual([
      'tiny/a',
      'tiny/b',
      'tiny/c',
      'tiny/d',
      'tiny/e',
    ]);
  });

  it('of files gives them, and ignores what is no file', async () => {
    const picked = await drop([file('a.gguf'), { kind: 'string' }, file('b.txt')]);
    expect(picked.map(({ file: each }) => each.name)).toEqual(['a.gguf', 'b.txt']);
  });
});
