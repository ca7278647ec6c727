import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../text/conversation.ts';
import { addTurn, changeTurn, moveTurn, removeTurn, takeAnswer } from './turn-edits.ts';

const TALK: Conversation = {
  messages: [
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'b' },
    { role: 'user', content: 'c' },
  ],
  addGenerationPrompt: true,
};
const said = ({ messages }: Conversation) => messages.map(({ content }) => content).join('');
const roles = ({ messages }: Conversation) => messages.map(({ role }) => role[0]).join('');

describe('edits of turns', () => {
  it('change one turn and leave the others, and what was there, alone', () => {
    expect(said(changeTurn(TALK, 1, { content: 'x' }))).toBe('axc');
    expect(roles(changeTurn(TALK, 0, { role: 'system' }))).toBe('sau');
    expect(said(TALK)).toBe('abc');
  });
  it('add the turn of the one whose turn it is', () => {
    expect(roles(addTurn(TALK))).toBe('uaua');
    expect(roles(addTurn(addTurn(TALK)))).toBe('uauau');
    expect(roles(addTurn({ messages: [], addGenerationPrompt: false }))).toBe('u');
  });
  it('remove and move, not past the ends', () => {
    expect(said(removeTurn(TALK, 1))).toBe('ac');
    expect(said(moveTurn(TALK, 2, -1))).toBe('acb');
    expect(moveTurn(TALK, 0, -1)).toBe(TALK);
    expect(moveTurn(TALK, 2, 1)).toBe(TALK);
  });
  it('take an answer as the assistant’s turn, which is then no longer to come', () => {
    const taken = takeAnswer(TALK, '\nYes. ');
    expect(taken.messages.at(-1)).toEqual({ role: 'assistant', content: 'Yes.' });
    expect(taken.addGenerationPrompt).toBe(false);
  });
});
