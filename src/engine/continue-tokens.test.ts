import { beforeAll, describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { continueTokens } from './continue-tokens.ts';
import { Tokenizer } from './tokenizer.ts';

describe('continueTokens', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    const file = await openModelPath('public/models/SmolLM2-135M-Instruct.Q4_1.gguf');
    tokenizer = new Tokenizer(file.tokenizer);
    await file.close();
  });
  const spans = (tokens: ReturnType<typeof continueTokens>) =>
    Array.from(tokens.starts, (start, i) => [start, tokens.ends[i]]);

  it.each(['', 'Hello', 'a\ud800b', 'שלום 😀👩‍👩‍👧 ½Ⅷ \u0000é'])(
    'places the tokens of any text after %j',
    (start) => {
      const prompt = tokenizer.tokenize(start);
      const rest = tokenizer.tokenize(' naïve 😀 日本語 👩‍👩‍👧 end\r\n');
      const made = continueTokens(prompt, [...rest.ids], tokenizer);
      expect(made.text).toBe(start + rest.text);
      expect(spans(made)).toEqual([
        ...Array.from(prompt.starts, (from, i) => [from, prompt.ends[i]]),
        ...Array.from(rest.starts, (from, i) => [start.length + from, start.length + rest.ends[i]]),
      ]);
      expect(made.pieces).toEqual([...prompt.pieces, ...rest.pieces]);
    },
  );

  it('shows half a character as U+FFFD until it is complete', () => {
    const prompt = tokenizer.tokenize('x');
    const ids = [...tokenizer.tokenize('😀').ids];
    expect(ids.length).toBeGreaterThan(1);
    const half = continueTokens(prompt, ids.slice(0, 1), tokenizer);
    expect(half.text).toBe('x\ufffd');
    expect(spans(half).at(-1)).toEqual([1, 2]);
    const whole = continueTokens(prompt, ids, tokenizer);
    expect(whole.text).toBe('x😀');
    expect(spans(whole).slice(1)).toEqual(ids.map(() => [1, 3]));
  });

  it('keeps its place after bytes that form no character', () => {
    const [half] = tokenizer.tokenize('😀').ids;
    const [letter] = tokenizer.tokenize('z').ids;
    const made = continueTokens(tokenizer.tokenize('x'), [half, letter, letter], tokenizer);
    expect(made.text).toBe('x\ufffdzz');
    expect(spans(made).at(-1)).toEqual([3, 4]);
  });

  it('does not choke on nothing', () => {
    expect(continueTokens(tokenizer.tokenize(''), [], tokenizer)).toMatchObject({ text: '' });
  });

  it('knows control tokens', () => {
    const { ids } = tokenizer.tokenize('<|im_end|>');
    expect(continueTokens(tokenizer.tokenize('a'), [...ids], tokenizer).special).toEqual([
      false,
      true,
    ]);
  });
});
