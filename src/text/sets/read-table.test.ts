import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { NamedFile } from './file-kinds.ts';
import { readTable, type TableChoice, type TableResult } from './read-table.ts';
import { SET_TEXT_LIMIT } from './text-set.ts';

const file = (name: string, ...parts: BlobPart[]): NamedFile => ({
  name,
  path: name,
  content: new Blob(parts),
});
const read = (name: string, text: BlobPart, choice: TableChoice = {}) =>
  readTable(file(name, text), choice);
const jsonl = (rows: readonly unknown[]): string =>
  rows.map((row) => JSON.stringify(row)).join('\n');

/** The sets of a table that could be read: names and texts. */
function setsOf(result: TableResult): Record<string, string[]> {
  if (!result.ok) throw new Error(`refused: ${result.why}`);
  return Object.fromEntries(
    result.sets.map(({ name, texts }) => [name, texts.map(({ text }) => text)]),
  );
}
function reportOf(result: TableResult) {
  if (!result.ok) throw new Error(`refused: ${result.why}`);
  return result.report;
}

describe('a table with columns that are known by name', () => {
  it('becomes a set a label, in the order in which labels come, whatever the format', async () => {
    const expected = { web: ['A page.', 'Another.'], code: ['x = 1'] };
    const csv = await read('t.csv', 'Label,Text\nweb,A page.\ncode,x = 1\nweb,Another.\n');
    expect(setsOf(csv)).toEqual(expected);
    const tsv = await read('t.tsv', 'domain\tcontent\nweb\tA page.\ncode\tx = 1\nweb\tAnother.\n');
    expect(setsOf(tsv)).toEqual(expected);
    const rows = [
      { class: 'web', body: 'A page.' },
      { class: 'code', body: 'x = 1' },
      { class: 'web', body: 'Another.' },
    ];
    for (const [name, text, format] of [
      ['t.jsonl', jsonl(rows), 'jsonl'],
      ['t.json', jsonl(rows), 'jsonl'],
      ['t.json', JSON.stringify(rows, null, 2), 'json'],
      ['t.ndjson', JSON.stringify(rows, null, 2), 'json'],
    ]) {
      const result = await read(name, text);
      expect(setsOf(result)).toEqual(expected);
      expect(reportOf(result)).toMatchObject({
        format,
        used: { text: 'body', label: 'class', title: null },
        labels: [
          { label: 'web', count: 2 },
          { label: 'code', count: 1 },
        ],
      });
    }
  });

  it('keeps titles, lines and the name of the file', async () => {
    const result = await read('t.csv', 'text,title\n"a\nb",First\nc,\n');
    expect(setsOf(result)).toEqual({ t: ['a\nb', 'c'] });
    expect(result.ok && result.sets[0].texts).toMatchObject([
      { title: 'First', source: { kind: 'table', name: 't.csv', line: 2 } },
      { title: 'c', source: { kind: 'table', name: 't.csv', line: 4 } },
    ]);
  });

  it('takes a column of labels that differ in most rows for none, unless a person says so', async () => {
    const text = `text,source\n${Array.from({ length: 12 }, (_, i) => `t${i},page ${i}`).join('\n')}`;
    const result = await read('t.csv', text);
    expect(reportOf(result)).toMatchObject({ unfitLabel: 'source', labels: [], chosen: [] });
    expect(setsOf(result).t).toHaveLength(12);
    const chosen = reportOf(await read('t.csv', text, { label: 'source' }));
    expect(chosen.chosen).toHaveLength(8);
    expect(chosen.labels).toHaveLength(12);
  });
});

describe('a table without the columns that are needed', () => {
  it('says which columns there are and which is likely meant', async () => {
    const text = 'id,verse,author\n1,A long line of a poem,Anna\n2,And another one,Ben\n';
    expect(await read('poems.csv', text)).toEqual({
      ok: false,
      why: 'no-text-column',
      name: 'poems.csv',
      wanted: null,
      columns: ['id', 'verse', 'author'],
      proposal: 'verse',
    });
    expect(setsOf(await read('poems.csv', text, { text: 'verse', label: 'author' }))).toEqual({
      Anna: ['A long line of a poem'],
      Ben: ['And another one'],
    });
  });

  it('says so for columns that a person named and that are not there', async () => {
    const text = 'text,label\na,x\n';
    expect(await read('t.csv', text, { text: 'txt' })).toMatchObject({
      why: 'no-text-column',
      wanted: 'txt',
      proposal: 'text',
      columns: ['text', 'label'],
    });
    expect(await read('t.csv', text, { label: 'domain' })).toMatchObject({
      why: 'no-label-column',
      wanted: 'domain',
      proposal: 'label',
    });
  });

  it('says when a column is empty in every row', async () => {
    expect(await read('t.csv', 'text,note\n,one\n ,two\n')).toMatchObject({
      why: 'no-texts',
      wanted: 'text',
      proposal: 'note',
    });
    expect(await read('t.csv', 'text,group\na,\nb,\n', { label: 'group' })).toMatchObject({
      why: 'no-labels',
      wanted: 'group',
    });
    expect(setsOf(await read('t.csv', 'text,group\na,\nb,\n'))).toEqual({ t: ['a', 'b'] });
  });

  it('takes the only column for the text, with or without a name', async () => {
    expect(setsOf(await read('t.csv', 'verse\nOne, two.\nThree.\n'))).toEqual({
      t: ['One, two.', 'Three.'],
    });
    expect(setsOf(await read('t.csv', 'One two.\nThree, four.\n', { hasHeader: false }))).toEqual({
      t: ['One two.', 'Three, four.'],
    });
  });

  it('says when there is no row', async () => {
    for (const [name, text] of [
      ['t.csv', ''],
      ['t.csv', 'text,label\n'],
      ['t.jsonl', ''],
      ['t.jsonl', '{broken\n{too'],
      ['t.json', '[]'],
    ]) {
      expect(await read(name, text)).toEqual({ ok: false, why: 'no-rows', name });
    }
    expect(await read('t.json', '{"a": 1}')).toMatchObject({ why: 'not-a-list' });
    expect(await read('t.json', '[{"text": "a"},')).toMatchObject({ why: 'not-a-list' });
  });
});

describe('faults of rows', () => {
  it('are counted with their lines, and the other rows kept', async () => {
    const csv = await read('t.csv', 'text,label\na,x\n,x\nb,\nc,y,z\n"d,x\ne,x\n');
    expect(setsOf(csv)).toEqual({ x: ['a'], y: ['c'] });
    expect(reportOf(csv)).toMatchObject({
      rowCount: 4,
      withoutText: { count: 1, first: [3] },
      withoutLabel: { count: 1, first: [4] },
      odd: { count: 1, first: [5] },
      openQuote: 6,
    });
    const broken = Array.from({ length: 30 }, () => '{"text": ');
    const lines = await read('t.jsonl', ['{"text":"a"}', ...broken, '{"text":"b"}'].join('\n'));
    expect(setsOf(lines)).toEqual({ t: ['a', 'b'] });
    expect(reportOf(lines).broken.count).toBe(30);
    expect(reportOf(lines).broken.first).toEqual(Array.from({ length: 20 }, (_, i) => i + 2));
  });
});

describe('a table whose quotes enclose nothing', () => {
  it('is read whole when a person says so', async () => {
    const text = 'text\tlabel\n"Why?\tx\nshe "said"\ty\n"No."\tx\n';
    expect(reportOf(await read('t.tsv', text, { label: null })).odd.count).toBeGreaterThan(0);
    const plain = await read('t.tsv', text, { isQuoted: false });
    expect(setsOf(plain)).toEqual({ x: ['"Why?', '"No."'], y: ['she "said"'] });
    expect(reportOf(plain)).toMatchObject({ odd: { count: 0 }, openQuote: null });
  });
});

describe('many labels and many rows', () => {
  const rows = Array.from({ length: 6000 }, (_, i) => ({
    text: `Text ${i}`,
    // Label k has about 6000 k / 66 texts.
    label: `group ${Math.floor((Math.sqrt(8 * (i % 66) + 1) - 1) / 2)}`,
  }));

  it('propose the eight largest and list all', async () => {
    const result = await read('t.jsonl', jsonl(rows));
    const report = reportOf(result);
    expect(report.labels).toHaveLength(11);
    expect(report.labels[0].label).toBe('group 10');
    expect(report.chosen).toEqual([3, 4, 5, 6, 7, 8, 9, 10].map((k) => `group ${k}`));
    expect(report.labels.reduce((sum, { count }) => sum + count, 0)).toBe(6000);
    const wished = await read('t.jsonl', jsonl(rows), { labels: ['group 1', 'none', 'group 0'] });
    expect(Object.keys(setsOf(wished))).toEqual(['group 0', 'group 1']);
  });

  it('give each set at most its limit, spread over the file, and say what was left out', async () => {
    const result = await read('t.jsonl', jsonl(rows), { labels: ['group 10', 'group 0'] });
    const { label, count } = reportOf(result).labels[0];
    expect(reportOf(result).leftOut).toEqual([{ label, kept: SET_TEXT_LIMIT, count }]);
    const texts = setsOf(result)[label];
    expect(texts).toHaveLength(SET_TEXT_LIMIT);
    expect(Number(texts.at(-1)?.slice(5))).toBeGreaterThan(5900);
  });

  it('are only summed beyond ten thousand labels', async () => {
    const all = Array.from({ length: 10_050 }, (_, i) => ({ text: 'a', label: `l${i}` }));
    const report = reportOf(await read('t.jsonl', jsonl(all), { label: 'label' }));
    expect(report.labels).toHaveLength(10_000);
    expect(report.uncounted).toBe(50);
  });
});

describe('encodings and files that are none', () => {
  it('are read and named', async () => {
    const old = Uint8Array.from('text\nGr\xfc\xdfe\n', (letter) => letter.charCodeAt(0));
    const result = await read('t.csv', old);
    expect(setsOf(result)).toEqual({ t: ['Grüße'] });
    expect(reportOf(result)).toMatchObject({ encoding: 'windows-1252', isGuess: true });
    const wide = Uint8Array.from(
      [...'\ufefftext\tlabel\r\nä\tx\r\n'].flatMap((letter) => {
        const unit = letter.charCodeAt(0);
        return [unit & 255, unit >> 8];
      }),
    );
    expect(setsOf(await read('t.csv', wide))).toEqual({ x: ['ä'] });
    expect(await read('t.csv', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0))).toMatchObject({
      why: 'binary',
      name: 't.csv',
    });
  });

  it('are told when they are gone, before and in the middle', async () => {
    const lost = (readsBefore: number): NamedFile => {
      const content = new Blob(['text\na\n']);
      let reads = 0;
      const slice = content.slice.bind(content);
      content.slice = (...range) => {
        const part = slice(...range);
        if (++reads > readsBefore) part.arrayBuffer = () => Promise.reject(new Error('gone'));
        return part;
      };
      return { name: 't.csv', path: 't.csv', content };
    };
    for (const readsBefore of [0, 1, 2, 3]) {
      expect(await readTable(lost(readsBefore))).toMatchObject({ ok: false, why: 'unreadable' });
    }
    expect(setsOf(await readTable(lost(4)))).toEqual({ t: ['a'] });
  });
});

describe('a large table', () => {
  const row = (i: number): string => `"Zeile ${i}: „Grüße“, 😀\nund mehr",set ${i % 3}\r\n`;
  const large = file(
    't.csv',
    'text,label\r\n',
    ...Array.from({ length: 60_000 }, (_, i) => row(i)),
  );

  it('is read in pieces, lets the page work in between, and tells how far it is', async () => {
    expect(large.content.size).toBeGreaterThan(2_500_000);
    let pauses = 0;
    const progress: number[] = [];
    const result = await readTable(
      large,
      {},
      {
        pause: async () => {
          pauses++;
        },
        onProgress: ({ done, total }) => progress.push(done / total),
      },
    );
    expect(reportOf(result)).toMatchObject({ rowCount: 60_000, odd: { count: 0 } });
    expect(setsOf(result)['set 1'][0]).toBe('Zeile 1: „Grüße“, 😀\nund mehr');
    expect(pauses).toBeGreaterThan(3);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.length).toBeGreaterThan(15);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const result = await readTable(
      large,
      {},
      {
        signal: controller.signal,
        onProgress: ({ done, total }) => {
          if (done > total / 4) controller.abort();
        },
      },
    );
    expect(result).toEqual({ ok: false, why: 'cancelled', name: 't.csv' });
  });
});

describe('texts that go through a table and back', () => {
  const text = fc
    .string({
      unit: fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom('"', '\n', ',', '\t', ';', ' ', '👩‍🚀', '""'),
      ),
      minLength: 1,
      maxLength: 30,
    })
    .map((each) => each.replace(/\r/g, ''))
    .filter((each) => each.trim() !== '');
  const label = fc.constantFrom('web', 'code', 'a "b", c', 'zwei\nZeilen');
  const rows = fc.array(fc.record({ text, label }), { minLength: 1, maxLength: 20 });
  const bySet = (all: readonly { text: string; label: string }[]): Record<string, string[]> => {
    const names = new Set(all.map(({ label: name }) => name));
    return Object.fromEntries(
      [...names].map((name) => [
        name,
        all.filter((row) => row.label === name).map((row) => row.text),
      ]),
    );
  };

  it('are the same from CSV, TSV and JSONL', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (all) => {
        const table = all.map(({ text: each, label: name }) => [each, name]);
        for (const [name, delimiter] of [
          ['t.csv', ','],
          ['t.tsv', '\t'],
        ] as const) {
          const csv = Papa.unparse([['text', 'label'], ...table], { delimiter });
          expect(setsOf(await read(name, csv))).toEqual(bySet(all));
        }
        expect(setsOf(await read('t.jsonl', jsonl(all)))).toEqual(bySet(all));
      }),
    );
  });

  it('never throw, whatever the bytes are', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc
        .string({
          unit: fc.constantFrom('{', '}', '"', 'text', ':', ',', '\n', '[', ']', 'a', '\r'),
        })
        .map((each) => new TextEncoder().encode(each)),
    );
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.constantFrom('t.csv', 't.tsv', 't.json', 't.jsonl'),
        async (each, name) => {
          const result = await read(name, Uint8Array.from(each));
          expect(typeof result.ok).toBe('boolean');
        },
      ),
    );
  });
});
