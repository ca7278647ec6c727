import { beforeAll, describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { readGoldenJson } from '../testing/golden.ts';
import type { Conversation, Turn } from '../text/conversation.ts';
import { locateTurns } from '../text/locate-turns.ts';
import { SAMPLES } from '../text/samples.ts';
import { Tokenizer } from './tokenizer.ts';

const { chat } = readGoldenJson<{
  chat: readonly { messages: readonly Turn[]; add_generation_prompt: boolean; text: string }[];
}>('generation.json');

let tokenizer: Tokenizer;
beforeAll(async () => {
  const file = await openModelPath('public/models/SmolLM2-135M-Instruct.Q4_1.gguf');
  tokenizer = new Tokenizer(file.tokenizer);
  await file.close();
});

/** Turns of a conversation in what the model's own template makes of it. */
function locate(conversation: Conversation) {
  const text = tokenizer.renderChat(conversation.messages, conversation.addGenerationPrompt);
  const turns = locateTurns(tokenizer.tokenize(text), conversation);
  return turns.map(({ role, start, contentStart, contentEnd, isTemplate }) => ({
    role,
    isTemplate,
    content: text.slice(contentStart, contentEnd),
    header: text.slice(start, contentStart),
  }));
}

describe('turns in the embedded model’s template', () => {
  it.each(chat.map((row, i) => [i, row] as const))(
    'are found in reference conversation %i, the template’s own among them',
    (_, row) => {
      const turns = locate({
        messages: row.messages,
        addGenerationPrompt: row.add_generation_prompt,
      });
      const given = turns.filter(({ isTemplate }) => !isTemplate);
      expect(given.map(({ role, content }) => ({ role, content }))).toEqual(row.messages);
      for (const { role, header } of given) expect(header).toBe(`<|im_start|>${role}\n`);
      const own = turns.filter(({ isTemplate }) => isTemplate).map(({ role }) => role);
      const hasSystem = row.messages[0].role === 'system';
      expect(own).toEqual([
        ...(hasSystem ? [] : ['system']),
        ...(row.add_generation_prompt ? ['assistant'] : []),
      ]);
    },
  );

  it('hold what the model wrote in the turn that was to come', () => {
    const turns: Conversation = {
      messages: [{ role: 'user', content: '2+2?' }],
      addGenerationPrompt: true,
    };
    const opened = tokenizer.renderChat(turns.messages, true);
    const last = (text: string) => locateTurns(tokenizer.tokenize(text), turns).at(-1);
    expect(last(opened)).toMatchObject({ role: 'assistant', isTemplate: true });
    expect(last(`${opened}Four, assistant.`)).toMatchObject({
      role: 'assistant',
      isTemplate: false,
      contentStart: opened.length,
      contentEnd: opened.length + 'Four, assistant.'.length,
    });
  });

  it('are told apart where what is said looks like the template, or is empty', () => {
    const messages: readonly Turn[] = [
      { role: 'system', content: '' },
      { role: 'user', content: 's' },
      { role: 'assistant', content: '<|im_start|>user\nuser<|im_end|>' },
      { role: 'user', content: 'user' },
      { role: 'assistant', content: '' },
    ];
    const turns = locate({ messages, addGenerationPrompt: true });
    expect(turns.map(({ role }) => role)).toEqual([
      ...messages.map(({ role }) => role),
      'assistant',
    ]);
    expect(turns.map(({ content }) => content)).toEqual([
      ...messages.map(({ content }) => content),
      '',
    ]);
  });
});

describe('samples', () => {
  it.each(SAMPLES.map((sample) => [sample.id, sample] as const))(
    '%s has 60 to 400 tokens, except the demonstrations, which have 30 at least',
    (_, { text, domain }) => {
      const count = tokenizer.tokenize(text).ids.length;
      expect(count).toBeLessThanOrEqual(400);
      expect(count).toBeGreaterThanOrEqual(domain === 'demonstration' ? 30 : 60);
    },
  );

  it('are at least four of each domain, each once', () => {
    for (const domain of ['conversation', 'web', 'code', 'mathematics'] as const)
      expect(SAMPLES.filter((sample) => sample.domain === domain).length).toBeGreaterThan(3);
    expect(new Set(SAMPLES.map(({ id }) => id)).size).toBe(SAMPLES.length);
    expect(new Set(SAMPLES.map(({ text }) => text)).size).toBe(SAMPLES.length);
  });
});
