import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readCsvRows } from './csv-rows.ts';
import { readJsonArray, readJsonLines } from './json-rows.ts';
import type { RowBatch } from './table-rows.ts';
import type { TextStream } from './text-stream.ts';

/** A text that comes in pieces, cut at the given places. */
function inPieces(text: string, cuts: readonly number[] = []): TextStream {
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length];
  places.sort((a, b) => a - b);
  return {
    encoding: 'utf-8',
    isGuess: false,
    byteCount: places.length - 1,
    async *read() {
      for (let i = 1; i < places.length; i++) {
        yield { text: text.slice(places[i - 1], places[i]), bytesRead: i };
      }
    },
  };
}

async function gather(batches: AsyncGenerator<RowBatch>) {
  const all: RowBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return {
    rows: all.flatMap(({ rows }) =>
      rows.map(({ line, cells }) => [line, Object.fromEntries(cells)]),
    ),
    columns: all.flatMap(({ columns }) => columns),
    broken: all.flatMap(({ broken }) => broken),
    odd: all.flatMap(({ odd }) => odd),
    openQuote: all.at(-1)?.openQuote ?? null,
  };
}

const csv = (text: string, options = {}, cuts: readonly number[] = []) =>
  gather(readCsvRows(inPieces(text, cuts), { hasHeader: true, ...options }));
const lines = (text: string, cuts: readonly number[] = []) =>
  gather(readJsonLines(inPieces(text, cuts)));

describe('readCsvRows', () => {
  it('reads quotes, line feeds within cells, empty rows and the lines on which rows begin', async () => {
    const read = await csv('text,label\n"a ""b""\n\nc",web\n\n , \nd,code\n');
    expect(read.rows).toEqual([
      [2, { text: 'a "b"\n\nc', label: 'web' }],
      [6, { text: ' ', label: ' ' }],
      [7, { text: 'd', label: 'code' }],
    ]);
    expect(read).toMatchObject({ columns: ['text', 'label'], odd: [], openQuote: null });
  });

  it('finds what parts the cells, and that nothing does', async () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const read = await csv(`text${delimiter}label\na b${delimiter}x\nc${delimiter}y\n`);
      expect(read.columns).toEqual(['text', 'label']);
    }
    const prose = await csv('text\nWell, no.\nYes, or; no, maybe.\n');
    expect(prose.rows).toEqual([
      [2, { text: 'Well, no.' }],
      [3, { text: 'Yes, or; no, maybe.' }],
    ]);
  });

  it('names columns once each, nameless ones by their place', async () => {
    const read = await csv('text,, text,"label "\na,b,c,d\n');
    expect(read.columns).toEqual(['text', '2', 'text (2)', 'label']);
    expect(read.rows).toEqual([[2, { text: 'a', 2: 'b', 'text (2)': 'c', label: 'd' }]]);
    expect((await csv('a,b\n', { hasHeader: false })).rows).toEqual([[1, { 1: 'a', 2: 'b' }]]);
  });

  it('keeps rows with too many or too few cells and tells their lines', async () => {
    const read = await csv('text,label\na\nb,x,more\nc,y\n', { delimiter: ',' });
    expect(read.rows.map(([, cells]) => cells)).toEqual([
      { text: 'a', label: '' },
      { text: 'b', label: 'x' },
      { text: 'c', label: 'y' },
    ]);
    expect(read.odd).toEqual([2, 3]);
  });

  it('stops at a quote that never closes, and says where it opens', async () => {
    const read = await csv('text,label\na,x\n"b,y\nc,z\n');
    expect(read.rows).toEqual([[2, { text: 'a', label: 'x' }]]);
    expect(read.openQuote).toBe(3);
  });

  it('gives up a quote after eight million characters instead of holding the whole file', async () => {
    const read = await csv(`text,label\na,x\n"${'b,y\n'.repeat(2_500_000)}`, {}, [9_000_000]);
    expect(read.rows).toHaveLength(1);
    expect(read.openQuote).toBe(3);
  });

  it('reads the same in whatever pieces the text comes', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '"', ',', '\n', ' ', '😀', ';'),
      maxLength: 8,
    });
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, fc.array(fc.nat(), { maxLength: 6 }), async (rows, cuts) => {
        const text = Papa.unparse([['text', 'label'], ...rows], { newline: '\n' });
        const whole = await csv(text, { delimiter: ',' });
        expect(await csv(text, { delimiter: ',' }, cuts)).toEqual(whole);
      }),
    );
  });
});

describe('readJsonLines', () => {
  it('keeps good lines and counts broken ones', async () => {
    const read = await lines(
      '{"text":"a","n":1}\n\n{"text":\nnull\n[1]\n"bare"\n{"text":null,"b":{}}',
    );
    expect(read.rows).toEqual([
      [1, { text: 'a', n: '1' }],
      [6, { text: 'bare' }],
      [7, {}],
    ]);
    expect(read.broken).toEqual([3, 4, 5]);
    expect(read.columns).toEqual(['text', 'n']);
  });

  it('reads turns as a transcript, under both usual names', async () => {
    const read = await lines(
      '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}\n' +
        '{"conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Hello"}]}\n' +
        '{"messages":[{"role":"wizard","content":"Hi"}]}',
    );
    expect(read.rows.map(([, cells]) => cells)).toEqual([
      { messages: 'User: Hi\nAssistant: Hello' },
      { conversations: 'User: Hi\nAssistant: Hello' },
      {},
    ]);
  });

  it('takes names of columns that objects have of their own for what they are', async () => {
    const read = await lines('{"__proto__":"a","constructor":"b","text":"c"}');
    expect(read.columns).toEqual(['__proto__', 'constructor', 'text']);
  });

  it('drops a line without end as broken and goes on after it', async () => {
    const text = `{"text":"a"}\n"${'x'.repeat(50)}"\n{"text":"b"}`;
    const read = await gather(readJsonLines(inPieces(text, [20, 30, 55]), 40));
    expect(read.rows.map(([line]) => line)).toEqual([1, 3]);
    expect(read.broken).toEqual([2]);
  });

  it('reads the same in whatever pieces the text comes', async () => {
    const line = fc.oneof(
      fc.json({ maxDepth: 2 }),
      fc.record({ text: fc.string({ unit: 'grapheme' }) }).map((each) => JSON.stringify(each)),
      fc.constantFrom('', ' ', '{', '"a'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat(), { maxLength: 6 }), async (all, cuts) => {
        const text = all.join('\n');
        expect(await lines(text, cuts)).toEqual(await lines(text));
      }),
    );
  });
});

describe('readJsonArray', () => {
  const rowsOf = (value: unknown) =>
    readJsonArray(JSON.stringify(value), 0)?.rows.map(({ cells }) => Object.fromEntries(cells));

  it('takes a list of objects or texts, a list within an object, or one object', () => {
    expect(rowsOf([{ text: 'a' }, 'b'])).toEqual([{ text: 'a' }, { text: 'b' }]);
    expect(rowsOf({ version: 2, data: [{ body: 'a' }] })).toEqual([{ body: 'a' }]);
    expect(rowsOf({ text: 'a', tags: [{ name: 'x' }] })).toEqual([{ text: 'a' }]);
    expect(rowsOf([])).toEqual([]);
  });

  it('tells elements without cells, and what is no list', () => {
    expect(readJsonArray('["a", 3, null]', 0)?.broken).toEqual([2, 3]);
    for (const text of ['', '{', '3', '{"a":1}', '{"a":[{}],"b":[{}]}', '{"a":[1,2]}']) {
      expect(readJsonArray(text, 0)).toBeNull();
    }
  });
});
