import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Tokenizer } from './tokenizer.ts';

const readJson = (name: string) =>
  JSON.parse(readFileSync(`src/testing/golden/architectures/${name}`, 'utf8'));

/** A tokenizer of the reference folders with parts of its files changed. */
function tokenizerOf(name: string, tokenizer: object = {}, config: object = {}): Tokenizer {
  return new Tokenizer({
    kind: 'json',
    fileName: name,
    tokenizer: { ...readJson(`${name}/tokenizer.json`), ...tokenizer },
    config: { ...readJson(`${name}/tokenizer_config.json`), ...config },
    ids: { begin: null, ends: [] },
  });
}

describe('the begin token', () => {
  it('is put before a text once, also when the text writes it', () => {
    const tokenizer = tokenizerOf('phi3');
    const begin = tokenizer.parts.beginId;
    expect(tokenizer.tokenize('The fox').ids[0]).toBe(begin);
    const written = Array.from(tokenizer.tokenize('<s>The fox').ids);
    expect(written.filter((id) => id === begin)).toHaveLength(1);
  });
  it('is added by a post-processor that writes it where the config does not say', () => {
    const single = [
      { SpecialToken: { id: '<s>', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
    ];
    const processor = { post_processor: { type: 'TemplateProcessing', single } };
    const silent = { add_bos_token: undefined };
    expect(tokenizerOf('phi3', processor, silent).parts.addsBeginToken).toBe(true);
    expect(tokenizerOf('phi3', {}, silent).parts.addsBeginToken).toBe(false);
    expect(tokenizerOf('phi3', processor, { add_bos_token: false }).parts.addsBeginToken).toBe(
      false,
    );
  });
});

it('is the one that the post-processor writes where no config names one', () => {
  const single = [
    { SpecialToken: { id: '<s>', type_id: 0 } },
    { Sequence: { id: 'A', type_id: 0 } },
  ];
  const post_processor = {
    type: 'Sequence',
    processors: [{ type: 'ByteLevel' }, { type: 'TemplateProcessing', single }],
  };
  const tokenizer = new Tokenizer({
    kind: 'json',
    fileName: 'phi3',
    tokenizer: { ...readJson('phi3/tokenizer.json'), post_processor },
    config: {},
    ids: { begin: null, ends: [] },
  });
  expect(tokenizer.parts).toMatchObject({ beginText: '<s>', beginId: 1, addsBeginToken: true });
});

it('spells spaces of added pieces as spaces', () => {
  const { added_tokens: added, model } = readJson('gemma2/tokenizer.json');
  const id = 395;
  const piece = '▁▁▁';
  const vocab = Object.fromEntries(
    Object.entries(model.vocab as Record<string, number>).filter(([, each]) => each !== id),
  );
  const tokenizer = tokenizerOf('gemma2', {
    model: { ...model, vocab: { ...vocab, [piece]: id } },
    added_tokens: [...added, { id, content: piece, special: false, normalized: true }],
  });
  expect(new TextDecoder().decode(tokenizer.bytesOf(id))).toBe('   ');
});

it('names what a template refuses', () => {
  const chat_template = "{{ raise_exception('roles must alternate') }}";
  const tokenizer = tokenizerOf('llama', {}, { chat_template });
  expect(() => tokenizer.renderChat([], false)).toThrow(/refuses this conversation: .*alternate/);
});
