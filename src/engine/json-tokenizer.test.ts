import { describe, expect, it } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import { readGoldenJson } from '../testing/golden.ts';
import { Tokenizer } from './tokenizer.ts';

interface Change {
  readonly model?: object;
  /** Added tokens beside those of the file. */
  readonly plus?: readonly object[];
  readonly [key: string]: unknown;
}
interface Case {
  readonly name: string;
  readonly base: string;
  readonly change: Change;
  readonly rows: readonly { text: string; ids: number[]; offsets: [number, number][] }[];
}
const { cases } = readGoldenJson<{ cases: Case[] }>('tokenizer-variants.json');
const ids = { begin: null, ends: [] };

/** A tokenizer of the reference folders with parts of its tokenizer.json changed. */
function tokenizerOf(base: string, { model, plus, ...change }: Change): Tokenizer {
  const file = readGoldenJson<{ model: object; added_tokens: object[] }>(
    `architectures/${base}/tokenizer.json`,
  );
  const tokenizer = {
    ...file,
    ...change,
    model: { ...file.model, ...model },
    added_tokens: [...file.added_tokens, ...(plus ?? [])],
  };
  return new Tokenizer({ kind: 'json', fileName: base, tokenizer, config: {}, ids });
}

describe('a tokenizer.json', () => {
  it.each(cases.map((each) => [each.name, each] as const))(
    'of the form %s cuts and places as the reference does',
    (_, { base, change, rows }) => {
      const tokenizer = tokenizerOf(base, change);
      for (const { text, ids: wanted, offsets } of rows) {
        const tokens = tokenizer.tokenize(text, false);
        expect([text, Array.from(tokens.ids)]).toEqual([text, wanted]);
        const spans = Array.from(tokens.starts, (start, i) => [start, tokens.ends[i]]);
        expect([text, spans]).toEqual([text, offsets]);
      }
    },
  );

  it('of the form of GPT-2’s first files, without a kind and with empty marks, is BPE', () => {
    const empty = { type: undefined, continuing_subword_prefix: '', end_of_word_suffix: '' };
    const tokenizer = tokenizerOf('gpt2', { model: empty });
    const plain = tokenizerOf('gpt2', {});
    expect(tokenizer.tokenize('The fox').ids).toEqual(plain.tokenize('The fox').ids);
  });
});

describe('a tokenizer.json of a kind that is not read', () => {
  const split = (Regex: string, behavior = 'Isolated', invert = false) => ({
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex }, behavior, invert },
        { type: 'ByteLevel', add_prefix_space: false, use_regex: false },
      ],
    },
  });
  it.each<[Change, RegExp]>([
    [{ model: { type: 'Unigram' } }, /"Unigram"/],
    [{ model: { type: 'WordPiece' } }, /"WordPiece"/],
    [{ model: { end_of_word_suffix: '</w>' } }, /end_of_word_suffix "<\/w>"/],
    [{ normalizer: { type: 'Lowercase' } }, /normalises by "Lowercase"/],
    [{ normalizer: { type: 'Strip' } }, /normalises by "Strip"/],
    [{ normalizer: { type: 'Sequence', normalizers: [{ type: 'NFKC' }] } }, /"NFKC"/],
    [{ normalizer: { type: 'Prepend', prepend: 'x' } }, /"Prepend"/],
    [{ pre_tokenizer: { type: 'Whitespace' } }, /cuts by "Whitespace"/],
    [{ pre_tokenizer: { type: 'constructor' } }, /cuts by "constructor"/],
    [split('x', 'Removed'), /cuts "Removed"/],
    [split('x', 'MergedWithNext', true), /"MergedWithNext, inverted"/],
    [split('(a+)+$'), /may never end: an endless repetition/],
    [split('[a'), /cannot be built/],
    [split('(?<'), /cannot be built/],
    [{ pre_tokenizer: { type: 'Metaspace', replacement: '_' } }, /writes spaces as "_"/],
    [
      { plus: [{ id: 400, content: '<x>', single_word: true }] },
      /found as a whole word only \(<x>\)/,
    ],
  ])('for %j is refused by name', (change, message) => {
    const build = () => tokenizerOf('llama', change);
    expect(build).toThrow(HeadlightError);
    expect(build).toThrow(message);
  });

  it.each<[Change, RegExp]>([
    [{ model: { merges: [['zz', 'y']] } }, /merges \["zz","y"\], which its vocabulary/],
    [{ model: { merges: ['a b c'] } }, /merges "a b c"/],
    [{ model: { merges: [5] } }, /merges 5/],
    [{ model: { vocab: { a: -1 }, merges: [] } }, /the id -1/],
    [{ model: { vocab: { a: 0.5 }, merges: [] } }, /the id 0.5/],
    [{ model: { vocab: { a: 1e12 }, merges: [] } }, /the id 1000000000000/],
    [{ plus: [{ id: '400', content: '<x>' }] }, /the id 400/],
    [{ plus: [{ content: '<x>' }] }, /the id undefined/],
    [{ plus: [{ id: 400, content: 5 }] }, /the id 400/],
  ])('or contradicts itself as %j is refused', (change, message) => {
    expect(() => tokenizerOf('llama', change)).toThrow(message);
  });
});
