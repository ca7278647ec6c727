import { describe, expect, it } from 'vitest';
import { readDroppedFiles } from './dropped-files.ts';

type Tree = { readonly [name: string]: Tree | string | null };

/** An entry as browsers give it: a string is a file's text, null one that cannot be read. */
function entryOf(name: string, content: Tree | string | null, folder = ''): unknown {
  const fullPath = `${folder}/${name}`;
  const isDirectory = typeof content === 'object' && content !== null;
  return {
    name,
    fullPath,
    isFile: !isDirectory,
    isDirectory,
    file: (resolve: (file: File) => void, reject: (error: Error) => void) =>
      content === null ? reject(new Error('gone')) : resolve(new File([String(content)], name)),
    createReader: () => {
      const left = Object.entries(isDirectory ? content : {});
      return {
        // A hundred at a time, as Chromium does.
        readEntries: (resolve: (entries: unknown[]) => void) =>
          resolve(left.splice(0, 100).map(([inner, each]) => entryOf(inner, each, fullPath))),
      };
    },
  };
}

const drop = (tree: Tree): DataTransfer => {
  const items = Object.entries(tree).map(([name, content]) => ({
    kind: 'file',
    webkitGetAsEntry: () => entryOf(name, content),
  }));
  return { items: [{ kind: 'string' }, ...items] } as unknown as DataTransfer;
};

describe('readDroppedFiles', () => {
  it('finds the files of folders within folders, in their order', async () => {
    const dropped = await readDroppedFiles(
      drop({ all: { web: { 'a.txt': 'A', deep: { 'b.txt': 'B' } }, 'c.txt': 'C' }, 'd.csv': 'D' }),
    );
    if (!dropped.ok) throw new Error(dropped.why);
    expect(dropped.files.map(({ name, path }) => [name, path])).toEqual([
      ['a.txt', 'all/web/a.txt'],
      ['b.txt', 'all/web/deep/b.txt'],
      ['c.txt', 'all/c.txt'],
      ['d.csv', 'd.csv'],
    ]);
    expect(await dropped.files[1].content.text()).toBe('B');
    expect(dropped).toMatchObject({ unreadable: [], isCut: false });
  });

  it('goes on after a file that the browser will not give, and stays out of hidden folders', async () => {
    const dropped = await readDroppedFiles(
      drop({ all: { 'gone.txt': null, '.git': { config: 'x' }, 'b.txt': 'B' } }),
    );
    expect(dropped).toMatchObject({ ok: true, unreadable: ['all/gone.txt'] });
    expect(dropped.ok && dropped.files.map(({ path }) => path)).toEqual(['all/b.txt']);
  });

  it('takes files where a browser knows no entries', async () => {
    const file = new File(['x'], 'x.txt');
    const items = [{ kind: 'file', getAsFile: () => file }];
    expect(await readDroppedFiles({ items } as unknown as DataTransfer)).toMatchObject({
      files: [{ name: 'x.txt', path: 'x.txt', content: file }],
    });
  });

  it('finds ten thousand files, and stops when it is told to', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`${i}.txt`, 'x']));
    const dropped = await readDroppedFiles(drop({ many }));
    expect(dropped.ok && dropped.files.length).toBe(10_000);
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 100 && controller.abort();
    expect(
      await readDroppedFiles(drop({ many }), { signal: controller.signal, onProgress }),
    ).toEqual({
      ok: false,
      why: 'cancelled',
    });
  });
});
