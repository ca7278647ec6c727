import { describe, expect, it } from 'vitest';
import { getTableFormat, type NamedFile, partFiles, toNamedFile } from './file-kinds.ts';
import { groupFiles } from './group-files.ts';
import { joinSets } from './join-sets.ts';
import { readDropped } from './read-dropped.ts';
import { type FilesResult, readTextFiles } from './read-text-files.ts';
import { createTextItem, createTextSets, SET_TEXT_LIMIT } from './text-set.ts';

const file = (path: string, content: BlobPart = `Text of ${path}`): NamedFile => ({
  name: path.split('/').at(-1) ?? path,
  path,
  content: new Blob([content]),
});
const files = (...paths: string[]): NamedFile[] => paths.map((path) => file(path));

function namesOf(all: readonly NamedFile[]): Record<string, string[]> {
  const { groups } = groupFiles(all);
  return Object.fromEntries(
    [...groups].map(([name, group]) => [name, group.map(({ path }) => path)]),
  );
}
function succeed(result: FilesResult) {
  if (!result.ok) throw new Error(result.why);
  return result;
}

describe('groupFiles', () => {
  it('makes a set of each folder, by its own name', () => {
    expect(namesOf(files('all/web/b.txt', 'all/code/x.py', 'all/web/a.txt'))).toEqual({
      code: ['all/code/x.py'],
      web: ['all/web/a.txt', 'all/web/b.txt'],
    });
    expect(namesOf(files('a/train/1.txt', 'b/train/1.txt'))).toEqual({
      'a/train': ['a/train/1.txt'],
      'b/train': ['b/train/1.txt'],
    });
  });

  it('parts the files of one folder by how their names begin, if that gives sets', () => {
    expect(namesOf(files('web-10.txt', 'web-9.txt', 'code_1.py', 'code_2.py'))).toEqual({
      code: ['code_1.py', 'code_2.py'],
      web: ['web-9.txt', 'web-10.txt'],
    });
    expect(namesOf(files('mine/anna.txt', 'mine/ben.txt'))).toEqual({
      mine: ['mine/anna.txt', 'mine/ben.txt'],
    });
    expect(namesOf(files('chat 1.txt', 'chat 2.txt'))).toEqual({
      chat: ['chat 1.txt', 'chat 2.txt'],
    });
    expect(groupFiles(files('anna.txt', 'ben.txt'))).toMatchObject({ grouping: 'none' });
    expect(namesOf(files('1.txt', '2.txt'))).toEqual({ '': ['1.txt', '2.txt'] });
    expect(namesOf([])).toEqual({});
  });
});

describe('readTextFiles', () => {
  it('reads each file as a text in whatever encoding, and refuses others by name', async () => {
    const result = succeed(
      await readTextFiles([
        file('mix/utf8.txt', 'Grüße\r\n'),
        file('mix/old.txt', Uint8Array.of(0x47, 0x72, 0xfc, 0xdf, 0x65)),
        file('mix/wide.txt', Uint8Array.of(0xff, 0xfe, 0x47, 0, 0xe9, 0)),
        file('mix/photo.JPG', 'not even read'),
        file('mix/data', Uint8Array.of(1, 2, 0, 0, 3)),
        file('mix/nothing.txt', ' \n'),
        file('mix/book.txt', 'x'.repeat(2_000_001)),
        file('mix/.DS_Store', 'x'),
      ]),
    );
    expect(result.sets.map(({ name }) => name)).toEqual(['mix']);
    expect(result.sets[0].texts.map(({ title, text }) => [title, text])).toEqual([
      ['old.txt', 'Grüße'],
      ['utf8.txt', 'Grüße\n'],
      ['wide.txt', 'Gé'],
    ]);
    expect(result.report).toMatchObject({ guessed: ['mix/old.txt'], systemFiles: 1, leftOut: [] });
    expect(result.report.refused).toEqual([
      { path: 'mix/photo.JPG', why: 'binary' },
      { path: 'mix/book.txt', why: 'too-large' },
      { path: 'mix/data', why: 'binary' },
      { path: 'mix/nothing.txt', why: 'empty' },
    ]);
  });

  it('goes on after a file that is gone', async () => {
    const gone = file('a/gone.txt');
    gone.content.slice = () => {
      throw new DOMException('gone', 'NotFoundError');
    };
    const { sets, report } = succeed(await readTextFiles([gone, file('a/there.txt')]));
    expect(sets[0].texts).toHaveLength(1);
    expect(report.refused).toEqual([{ path: 'a/gone.txt', why: 'unreadable' }]);
  });

  it('cuts a text that is too long and says so', async () => {
    const { sets, report } = succeed(await readTextFiles([file('long.txt', 'x'.repeat(150_000))]));
    expect(sets[0].texts[0].text).toHaveLength(100_000);
    expect(report.shortened).toEqual(['long.txt']);
  });

  it('proposes the eight largest of many folders, or takes those that a person chose', async () => {
    const all = Array.from({ length: 10 }, (_, g) =>
      Array.from({ length: g + 1 }, (_, i) => file(`all/g${g}/${i}.txt`)),
    ).flat();
    const { sets, report } = succeed(await readTextFiles(all));
    expect(report.groups).toHaveLength(10);
    expect(report.groups[0]).toEqual({ label: 'g9', count: 10 });
    expect(sets.map(({ name }) => name)).toEqual([2, 3, 4, 5, 6, 7, 8, 9].map((g) => `g${g}`));
    const chosen = succeed(await readTextFiles(all, { groups: ['g0', 'g5'] }));
    expect(chosen.sets.map(({ texts }) => texts.length)).toEqual([1, 6]);
    const one = succeed(await readTextFiles(all, { oneSet: 'All of them' }));
    expect(one.sets.map(({ name, texts }) => [name, texts.length])).toEqual([['All of them', 55]]);
  });

  it('reads no more of ten thousand files than a set takes, and lets the page work meanwhile', async () => {
    let reads = 0;
    const many = Array.from({ length: 10_000 }, (_, i) => {
      const each = file(`notes/${i}.txt`, `Note ${i}`);
      const slice = each.content.slice.bind(each.content);
      each.content.slice = (...range) => {
        reads++;
        return slice(...range);
      };
      return each;
    });
    const progress: number[] = [];
    let turns = 0;
    const ticks = setInterval(() => turns++);
    const { sets, report } = succeed(
      await readTextFiles(many, {}, { onProgress: ({ done }) => progress.push(done) }),
    );
    clearInterval(ticks);
    expect(sets[0].texts).toHaveLength(SET_TEXT_LIMIT);
    expect(sets[0].texts[1].title).toBe('20.txt');
    expect(report.leftOut).toEqual([{ label: 'notes', kept: SET_TEXT_LIMIT, count: 10_000 }]);
    expect(reads).toBe(SET_TEXT_LIMIT);
    expect(progress).toEqual(Array.from({ length: SET_TEXT_LIMIT }, (_, i) => i + 1));
    // Others had their turn in between.
    expect(turns).toBeGreaterThan(0);
  });

  it('stops when it is told to, and says when there is no file', async () => {
    const controller = new AbortController();
    const many = files(...Array.from({ length: 50 }, (_, i) => `${i}.txt`));
    const onProgress = ({ done }: { done: number }) => done === 10 && controller.abort();
    expect(await readTextFiles(many, {}, { signal: controller.signal, onProgress })).toEqual({
      ok: false,
      why: 'cancelled',
    });
    expect(await readTextFiles([])).toEqual({ ok: false, why: 'no-files' });
    expect(await readTextFiles(files('x/.git/config'))).toEqual({ ok: false, why: 'no-files' });
  });
});

describe('kinds of files', () => {
  it('stand at their place in a folder, or alone', () => {
    const picked = new File(['x'], 'a.txt');
    expect(toNamedFile(picked)).toMatchObject({ name: 'a.txt', path: 'a.txt', content: picked });
    Object.defineProperty(picked, 'webkitRelativePath', { value: 'web/a.txt' });
    expect(toNamedFile(picked).path).toBe('web/a.txt');
  });

  it('are known by their names', () => {
    expect(
      ['a.CSV', 'a.tsv', 'a.b.jsonl', 'a.json', 'csv', '.csv', 'a.constructor'].map(getTableFormat),
    ).toEqual(['csv', 'tsv', 'jsonl', 'json', null, null, null]);
    const { tables, texts } = partFiles(files('a.csv', 'b.txt', '__MACOSX/a.csv'));
    expect(tables.map(({ path }) => path)).toEqual(['a.csv']);
    expect(texts.map(({ path }) => path)).toEqual(['b.txt', '__MACOSX/a.csv']);
  });
});

describe('readDropped', () => {
  it('joins tables and texts, and keeps a table that needs a choice apart', async () => {
    const result = await readDropped([
      file('t.csv', 'text,label\na,web\nb,code\n'),
      file('web.txt', 'c'),
      file('odd.csv', 'x,y\n1,2\n'),
      file('more.jsonl', '{"text":"d","domain":"web"}'),
    ]);
    if (!result.ok) throw new Error(result.why);
    expect(result.sets.map(({ name, texts }) => [name, texts.map(({ text }) => text)])).toEqual([
      ['web', ['a', 'd', 'c']],
      ['code', ['b']],
    ]);
    expect(result.tables.map((table) => table.ok || table.why)).toEqual([
      true,
      'no-text-column',
      true,
    ]);
    expect(result.files?.grouping).toBe('beginning');
  });

  it('says when there is nothing', async () => {
    expect(await readDropped([])).toEqual({ ok: false, why: 'no-files' });
    expect(await readDropped(files('.DS_Store'))).toEqual({ ok: false, why: 'no-files' });
    const signal = AbortSignal.abort();
    expect(await readDropped(files('a.txt', 'b.txt'), { signal })).toEqual({
      ok: false,
      why: 'cancelled',
    });
  });
});

describe('joinSets', () => {
  const set = (name: string, count: number) => ({
    name,
    texts: Array.from(
      { length: count },
      (_, i) => createTextItem(`${name} ${i}`, { kind: 'pasted' }).item,
    ),
  });

  it('keeps eight sets and says which had no place', () => {
    const there = createTextSets(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => set(name, 1)));
    const joined = joinSets(
      there,
      createTextSets([set('x', 2), set('a', 3), set('y', 1), set('z', 3)]),
    );
    expect(joined.sets.map(({ name, texts }) => `${name}${texts.length}`).join(' ')).toBe(
      'a4 b1 c1 d1 e1 f1 x2 z3',
    );
    expect(joined.setsLeftOut).toEqual([{ label: 'y', count: 1 }]);
    expect(new Set(joined.sets.map(({ id }) => id)).size).toBe(8);
  });

  it('keeps sets below their limit and says what was left out', () => {
    const joined = joinSets(
      createTextSets([set('a', 300)]),
      createTextSets([set('a', 300), set('b', 400), set('b', 200)]),
    );
    expect(joined.sets.map(({ texts }) => texts.length)).toEqual([500, 500]);
    expect(joined.textsLeftOut).toEqual([
      { label: 'a', kept: 500, count: 600 },
      { label: 'b', kept: 500, count: 600 },
    ]);
  });
});
