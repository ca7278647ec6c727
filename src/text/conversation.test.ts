import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isSameConversation,
  parseConversation,
  ROLES,
  toConversation,
  toTranscript,
} from './conversation.ts';

describe('toConversation', () => {
  it('makes turns of speakers, user first, and remembers their names', () => {
    const turns = toConversation('Anna: Hello\nMarek: Good day\nAnna: How are you?');
    expect(turns).toEqual({
      messages: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Good day' },
        { role: 'user', content: 'How are you?' },
      ],
      addGenerationPrompt: false,
      names: { user: 'Anna', assistant: 'Marek' },
    });
  });

  it('keeps further lines in the turn that they belong to', () => {
    expect(toConversation('Q: One\ntwo\n\nthree\nA: Yes').messages).toEqual([
      { role: 'user', content: 'One\ntwo\n\nthree' },
      { role: 'assistant', content: 'Yes' },
    ]);
  });

  it('takes a role that a name says, whatever the order', () => {
    expect(
      toConversation('System: Be brief.\nAssistant: Hello.\nUser: Hi.').messages.map(
        ({ role }) => role,
      ),
    ).toEqual(['system', 'assistant', 'user']);
  });

  it('leaves the names in what is said where more people speak than there are roles', () => {
    const text = 'Ann: a\nBo: b\nCy: c';
    expect(toConversation(text).messages).toEqual([
      { role: 'user', content: 'Ann: a' },
      { role: 'assistant', content: 'Bo: b' },
      { role: 'user', content: 'Cy: c' },
    ]);
    expect(toTranscript(toConversation(text))).toBe(text);
  });

  it('makes one turn of any other text, also of code, addresses and nothing', () => {
    for (const text of ['', 'Just a text.', 'const a: number = 1;\nb: 2', 'Note: one line only']) {
      expect(toConversation(text).messages).toEqual([{ role: 'user', content: text }]);
      expect(toTranscript(toConversation(text))).toBe(text);
    }
  });

  it('names roles where turns were written as such', () => {
    const messages = [{ role: 'user', content: 'Hi' } as const];
    expect(toTranscript({ messages, addGenerationPrompt: false })).toBe('User: Hi');
  });

  it('leads back to the text, for any talk of two or more', () => {
    const said = fc.stringMatching(/^[a-z][a-z ,.?]{0,20}[a-z]$/);
    const speaker = fc.constantFrom('Anna', 'Marek', 'Dr. Weiss', 'Old Tom', 'user');
    fc.assert(
      fc.property(fc.array(fc.tuple(speaker, said), { minLength: 2, maxLength: 8 }), (parts) => {
        const text = parts.map(([name, words]) => `${name}: ${words}`).join('\n');
        expect(toTranscript(toConversation(text))).toBe(text);
      }),
    );
  });
});

describe('parseConversation', () => {
  it('reads back what was written as JSON', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ role: fc.constantFrom(...ROLES), content: fc.string() })),
        fc.boolean(),
        (messages, addGenerationPrompt) => {
          const turns = { messages, addGenerationPrompt };
          const read = parseConversation(JSON.parse(JSON.stringify(turns)));
          expect(read).toEqual(turns);
          expect(isSameConversation(read, turns)).toBe(true);
        },
      ),
    );
  });

  it('refuses what is no conversation', () => {
    for (const value of [
      null,
      7,
      {},
      { messages: 'x' },
      { messages: [{ role: 'tool', content: '' }] },
      { messages: [{ role: 'user', content: 3 }] },
      { messages: [null] },
    ])
      expect(parseConversation(value)).toBeNull();
  });
});
