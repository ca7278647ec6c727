import { readFileSync } from 'node:fs';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { Tokenizer } from './tokenizer.ts';

const FOLDER = 'src/testing/golden/architectures';
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Texts of letters, spaces, digits, marks and characters of several code units. Without "½": there
 * transformers.js differs from the reference implementation, which the last test follows.
 */
const texts = fc
  .array(
    fc.constantFrom(
      'The',
      ' fox',
      'é',
      'e\u0301',
      ' ',
      '  ',
      '\n',
      '12',
      '😀',
      '한',
      "'s",
      '.',
      '\u0000',
      'ﬁ',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe.each(['llama', 'qwen2', 'gptneox', 'gemma2', 'phi3', 'gpt2'])(
  'the tokenizer of %s',
  (name) => {
    it('cuts any text as transformers.js does, from either format, and its spans cover the text', async () => {
      const folder = `${FOLDER}/${name}`;
      const theirs = new PreTrainedTokenizer(
        readJson(`${folder}/tokenizer.json`),
        readJson(`${folder}/tokenizer_config.json`),
      );
      for (const path of [folder, `${folder}/model.gguf`]) {
        const file = await openModelPath(path);
        const ours = new Tokenizer(file.tokenizer);
        await file.close();
        fc.assert(
          fc.property(texts, (text) => {
            const tokens = ours.tokenize(text, false);
            expect(Array.from(tokens.ids)).toEqual(
              theirs.encode(text, { add_special_tokens: false }),
            );
            let end = 0;
            tokens.starts.forEach((start, i) => {
              expect(start).toBeLessThanOrEqual(end);
              expect(tokens.ends[i]).toBeGreaterThanOrEqual(start);
              end = Math.max(end, tokens.ends[i]);
            });
            expect(end).toBe(text.length);
          }),
          { numRuns: 150, seed: 20_261_124 },
        );
      }
    });
  },
);

it('cuts at every numeral, not only at decimal digits, from either format', async () => {
  const cut = async (path: string) => {
    const file = await openModelPath(path);
    const tokens = new Tokenizer(file.tokenizer).tokenize('  ½ a12', false);
    await file.close();
    return tokens;
  };
  const json = await cut(`${FOLDER}/llama`);
  expect(await cut(`${FOLDER}/llama/model.gguf`)).toEqual(json);
  // "½" by itself: the spaces before it are one piece, its bytes two, and each digit is one.
  expect(Array.from(json.starts)).toEqual([0, 2, 2, 3, 5, 6]);
  expect(json.pieces.at(-1)).toBe('2');
});
