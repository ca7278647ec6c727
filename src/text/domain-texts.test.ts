import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { Tokenizer } from '../engine/tokenizer.ts';

const FOLDER = 'public/domains';
const MODEL = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';
const SHINGLE_WORDS = 8;
/** Of the shorter text's shingles; a set phrase may recur, a sentence may not. */
const SHARED_LIMIT = 0.03;

interface DomainText {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly text: string;
}

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'));

function readTexts(file: string): DomainText[] {
  const lines = readFileSync(join(FOLDER, file), 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as DomainText);
}

const toWords = (text: string): string[] => text.toLowerCase().match(/\S+/g) ?? [];

/** All runs of eight words; a text of fewer is one run. */
function toShingles(text: string): ReadonlySet<string> {
  const words = toWords(text);
  const count = Math.max(1, words.length - SHINGLE_WORDS + 1);
  return new Set(
    Array.from({ length: count }, (_, i) => words.slice(i, i + SHINGLE_WORDS).join(' ')),
  );
}

/** The share of the smaller set that is also in the other, 0..1. */
function computeSharedPart(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  return [...small].filter((shingle) => large.has(shingle)).length / small.size;
}

/** Pairs "id ~ id" of texts that share more than the limit. */
function findNearCopies(texts: readonly DomainText[]): string[] {
  const shingles = texts.map(({ text }) => toShingles(text));
  return texts.flatMap((a, i) =>
    texts
      .slice(i + 1)
      .filter((_, k) => computeSharedPart(shingles[i], shingles[i + 1 + k]) > SHARED_LIMIT)
      .map((b) => `${a.id} ~ ${b.id}`),
  );
}

/** Values that occur more than once. */
const findRepeated = (values: readonly string[]): string[] =>
  values.filter((value, i) => values.indexOf(value) !== i);

describe('the search for near copies', () => {
  const word = (i: number): string => `word${i}`;
  const text = (id: string, words: readonly string[]): DomainText => ({
    id,
    label: 'x',
    title: id,
    text: words.join(' '),
  });
  const first = text(
    'a',
    Array.from({ length: 200 }, (_, i) => word(i)),
  );
  it('finds a text that begins and ends otherwise and is a copy in between', () => {
    const middle = Array.from({ length: 120 }, (_, i) => word(i + 40));
    const copy = text('b', ['Some', 'other', 'words.', ...middle, 'And', 'another', 'end.']);
    expect(findNearCopies([first, copy])).toEqual(['a ~ b']);
  });
  it('finds a text that is written with other capitals and lines', () => {
    const copy = { ...first, id: 'b', text: first.text.toUpperCase().replaceAll(' ', '\n') };
    expect(findNearCopies([first, copy])).toEqual(['a ~ b']);
  });
  it('finds nothing in two texts that share one set phrase', () => {
    const phrase = Array.from({ length: 9 }, (_, i) => word(i));
    const other = text('b', [...phrase, ...Array.from({ length: 190 }, (_, i) => word(i + 500))]);
    expect(findNearCopies([first, other])).toEqual([]);
  });
});

describe('the built-in texts', () => {
  it('are there for each of the four domains', () => {
    expect([...files].sort()).toEqual([
      'code.jsonl',
      'conversation.jsonl',
      'mathematics.jsonl',
      'web.jsonl',
    ]);
  });

  const all = files.flatMap(readTexts);
  it('have ids of their own', () => {
    expect(findRepeated(all.map(({ id }) => id))).toEqual([]);
  });
  it('have titles of their own', () => {
    expect(findRepeated(all.map(({ title }) => title))).toEqual([]);
  });
  it('begin differently', () => {
    expect(findRepeated(all.map(({ text }) => toWords(text).slice(0, 5).join(' ')))).toEqual([]);
  });
  it('are no near copies of each other', () => {
    expect(findNearCopies(all)).toEqual([]);
  });
});

describe.each(files)('%s', (file) => {
  const label = basename(file, '.jsonl');
  const texts = readTexts(file);
  let lengths: (readonly [string, number])[];
  beforeAll(async () => {
    const model = await openModelPath(MODEL);
    await model.close();
    const tokenizer = new Tokenizer(model.tokenizer);
    lengths = texts.map(({ id, text }) => [id, tokenizer.tokenize(text, false).ids.length]);
  });

  it('is UTF-8 in lines that end with LF', () => {
    const bytes = readFileSync(join(FOLDER, file));
    const written = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    expect(written).not.toMatch(/[\r\uFEFF]/);
    expect(written.endsWith('}\n')).toBe(true);
  });
  it('has at least 20 texts, each with an id, the label of the file, a title and a text', () => {
    expect(texts.length).toBeGreaterThanOrEqual(20);
    for (const each of texts) {
      expect(Object.keys(each)).toEqual(['id', 'label', 'title', 'text']);
      expect(each.id).toMatch(new RegExp(`^${label}-\\d\\d$`));
      expect(each.label).toBe(label);
      expect(each.title.trim()).not.toBe('');
      // Code may begin with white space or end with a line end; no text is only that.
      expect(each.text.trim()).not.toBe('');
      expect(each.text).not.toMatch(/\r/);
    }
  });
  it('has texts of 150 to 400 tokens of the embedded model', () => {
    expect(lengths.filter(([, length]) => length < 150 || length > 400)).toEqual([]);
  });
  it('has at least 12 texts that reach 256 tokens', () => {
    expect(lengths.filter(([, length]) => length >= 256).length).toBeGreaterThanOrEqual(12);
  });
});
