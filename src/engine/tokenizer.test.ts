import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { Tokenizer } from './tokenizer.ts';

interface Row {
  readonly text: string;
  readonly ids: number[];
  readonly tokens: string[];
  readonly offsets: [number, number][];
  readonly decoded: string;
}
const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`../testing/golden/${name}`, import.meta.url), 'utf8'));
const { rows } = golden('tokens.json') as { rows: Row[] };

describe('the tokenizer of the embedded model', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    const file = await openModelPath('public/models/SmolLM2-135M-Instruct.Q4_1.gguf');
    tokenizer = new Tokenizer(file.tokenizer);
    await file.close();
  });

  it('has all 70 reference rows to check', () => expect(rows).toHaveLength(70));

  it.each(rows.map((row) => [JSON.stringify(row.text).slice(0, 40), row] as const))(
    'cuts %s like the reference',
    (_, row) => {
      const tokens = tokenizer.tokenize(row.text);
      expect(Array.from(tokens.ids)).toEqual(row.ids);
      expect(tokens.pieces).toEqual(row.tokens);
      expect(Array.from(tokens.starts, (start, i) => [start, tokens.ends[i]])).toEqual(row.offsets);
      expect(tokenizer.decode(row.ids)).toBe(row.decoded);
    },
  );

  it('counts a lone surrogate as one code unit', () => {
    const tokens = tokenizer.tokenize('a\ud800b');
    expect(tokens.ends.at(-1)).toBe(3);
    expect(tokens.starts[0]).toBe(0);
  });

  it('adds a begin token only when asked, with an empty span', () => {
    const tokens = tokenizer.tokenize('a', true);
    expect(Array.from(tokens.ids)).toEqual([1, 81]);
    expect([tokens.starts[0], tokens.ends[0], tokens.starts[1], tokens.ends[1]]).toEqual([
      0, 0, 0, 1,
    ]);
  });

  it('refuses ids that are not in the vocabulary', () => {
    expect(() => tokenizer.fromIds(Int32Array.of(5, 49152))).toThrow(/49152/);
  });

  it('renders conversations like the reference', () => {
    for (const chat of golden('generation.json').chat) {
      const text = tokenizer.renderChat(chat.messages, chat.add_generation_prompt);
      expect(text).toBe(chat.text);
      expect(Array.from(tokenizer.tokenize(text).ids)).toEqual(chat.ids);
    }
  });
});
