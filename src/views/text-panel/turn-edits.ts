import type { Conversation, Turn } from '../../text/conversation.ts';

/** A conversation with one turn changed in part. */
export function changeTurn(
  conversation: Conversation,
  index: number,
  part: Partial<Turn>,
): Conversation {
  const messages = conversation.messages.map((turn, i) =>
    i === index ? { ...turn, ...part } : turn,
  );
  return { ...conversation, messages };
}

/** A conversation with an empty turn more, of the one whose turn it is. */
export function addTurn(conversation: Conversation): Conversation {
  const role = conversation.messages.at(-1)?.role === 'user' ? 'assistant' : 'user';
  return { ...conversation, messages: [...conversation.messages, { role, content: '' }] };
}

export function removeTurn(conversation: Conversation, index: number): Conversation {
  return { ...conversation, messages: conversation.messages.toSpliced(index, 1) };
}

/** Moves a turn up or down by one; at the ends nothing changes. */
export function moveTurn(conversation: Conversation, index: number, step: -1 | 1): Conversation {
  const to = index + step;
  const { messages } = conversation;
  if (to < 0 || to >= messages.length) return conversation;
  return {
    ...conversation,
    messages: messages.with(index, messages[to]).with(to, messages[index]),
  };
}

/** Takes what was written after an opened assistant's turn as that turn. */
export function takeAnswer(conversation: Conversation, written: string): Conversation {
  const answer: Turn = { role: 'assistant', content: written.trim() };
  return {
    ...conversation,
    messages: [...conversation.messages, answer],
    addGenerationPrompt: false,
  };
}
