import { beforeAll, describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import type { Vocabulary } from '../model/gguf/read-vocabulary.ts';
import { readGoldenJson } from '../testing/golden.ts';
import { deriveMerges } from './gguf-tokenizer.ts';
import { Tokenizer } from './tokenizer.ts';

const FOLDER = 'src/testing/golden/architectures';
const { rules } = readGoldenJson<{
  rules: { name: string; rows: { text: string; ids: number[] }[] }[];
}>('tokenizer-variants.json');

async function readVocabularyOf(name: string): Promise<Vocabulary> {
  const file = await openModelPath(`${FOLDER}/${name}/model.gguf`);
  await file.close();
  if (file.tokenizer.kind !== 'gguf') throw new Error('it has no vocabulary');
  return file.tokenizer.vocabulary;
}
const tokenizerOf = (vocabulary: Vocabulary, change: Partial<Vocabulary>) =>
  new Tokenizer({ kind: 'gguf', vocabulary: { ...vocabulary, ...change } });

describe('a byte-level vocabulary', () => {
  let vocabulary: Vocabulary;
  beforeAll(async () => {
    vocabulary = await readVocabularyOf('llama');
  });
  it.each(rules.map(({ name, rows }) => [name, rows] as const))(
    'cut by the rule %s gives the ids of the reference',
    (preTokenizer, rows) => {
      const tokenizer = tokenizerOf(vocabulary, { preTokenizer });
      for (const { text, ids } of rows) {
        expect([text, Array.from(tokenizer.tokenize(text, false).ids)]).toEqual([text, ids]);
      }
    },
  );
  it.each(['', 'klingon', 'constructor', '__proto__'])(
    'without the rule "%s" is refused',
    (name) => {
      expect(() => tokenizerOf(vocabulary, { preTokenizer: name })).toThrow(
        `with the cuts "${name}"; known are`,
      );
    },
  );
});

describe('a SentencePiece vocabulary', () => {
  let vocabulary: Vocabulary;
  beforeAll(async () => {
    vocabulary = await readVocabularyOf('phi3');
  });
  const pieces = (tokenizer: Tokenizer, text: string) => tokenizer.tokenize(text, false).pieces;

  it('puts a space before a text, and after each control token, unless the file says no', () => {
    expect(pieces(tokenizerOf(vocabulary, {}), 'The')[0]).toBe('▁The');
    expect(pieces(tokenizerOf(vocabulary, { addsSpacePrefix: false }), 'The')[0]).not.toMatch(/▁/);
    expect(pieces(tokenizerOf(vocabulary, {}), '<s>The')).toContain('▁The');
  });
  it('of Phi-3 takes the white space after a control token with it', () => {
    const text = '<|end|> \nThe fox';
    const tokens = tokenizerOf(vocabulary, { stripsAfterControl: true }).tokenize(text, false);
    expect(tokens.pieces.slice(0, 2)).toEqual(['<|end|>', '▁The']);
    expect(Array.from(tokens.starts.slice(0, 2))).toEqual([0, 9]);
    expect(tokens.ends.at(-1)).toBe(text.length);
    const plain = tokenizerOf(vocabulary, { stripsAfterControl: false }).tokenize(text, false);
    expect(plain.pieces.length).toBeGreaterThan(tokens.pieces.length);
  });
  it('that would remove spaces is refused', () => {
    expect(() => tokenizerOf(vocabulary, { removesExtraSpaces: true })).toThrow(/removes spaces/);
  });
  it('merges best score first, with nothing made of pieces that are not there', () => {
    const own = ['a', 'b', 'c', 'ab', 'bc', 'abc', 'xyz'];
    expect(deriveMerges(own, [0, 0, 0, -2, -1, -3, 0])).toEqual([
      ['b', 'c'],
      ['a', 'b'],
      ['ab', 'c'],
      ['a', 'bc'],
    ]);
  });
  it('with one piece of a million characters is taken apart at once', () => {
    const start = performance.now();
    deriveMerges(['a', 'b', 'a'.repeat(1_000_000)], [0, 0, 0]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
