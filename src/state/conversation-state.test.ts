import { describe, expect, it } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import type { CallName } from '../protocol/messages.ts';
import { FakeEngine } from '../testing/fake-engine.ts';
import type { Conversation, Turn } from '../text/conversation.ts';
import type { SavedText } from './app-state.ts';
import { createHeadlightStore } from './store.ts';
import { fromFragment, toFragment } from './url-state.ts';

/** A store on a fake engine whose template writes "role: content" lines; renderings can be held. */
function createScene(conversation: Conversation | null = null, saved: readonly SavedText[] = []) {
  const held: (() => void)[] = [];
  const scene = { isHolding: false, failure: null as HeadlightError | null, rendered: 0 };
  class HeldEngine extends FakeEngine {
    override async renderChat(messages: readonly Turn[]): Promise<string> {
      scene.rendered++;
      const { failure } = scene;
      if (failure) throw failure;
      if (scene.isHolding) await new Promise<void>((resolve) => held.push(resolve));
      return super.renderChat(messages);
    }
  }
  const begun: string[] = [];
  const engine = new HeldEngine({ onCall: (call: CallName) => void begun.push(call) });
  const headlight = createHeadlightStore(
    {
      createEngine: () => engine,
      model: { origin: { kind: 'embedded' }, request: { fileName: 'x', sources: [] } },
      loadTexts: () => saved,
      saveTexts: () => undefined,
      saveTheme: () => undefined,
    },
    {
      text: conversation === null ? 'the cat' : 'a transcript',
      sampleId: null,
      conversation,
      selection: {},
      display: {},
      theme: 'system',
    },
  );
  return {
    ...headlight,
    scene,
    ran: () => engine.begun.map(({ text }) => text),
    state: () => headlight.store.getState(),
    letGo: () => held.splice(0).forEach((resolve) => void resolve()),
    async load() {
      headlight.actions.loadModel();
      await headlight.whenIdle();
    },
  };
}
const talk = (...said: readonly string[]): Conversation => ({
  messages: said.map((content, i) => ({ role: i % 2 === 0 ? 'user' : 'assistant', content })),
  addGenerationPrompt: false,
});

describe('a conversation', () => {
  it('becomes the text through the model’s template, and is run', async () => {
    const { actions, whenIdle, state, ran, load } = createScene();
    await load();
    actions.setConversation(talk('hi', 'yo'));
    await whenIdle();
    expect(state().text).toBe('user: hi\nassistant: yo');
    expect(state().conversation).toEqual(talk('hi', 'yo'));
    expect(state().run.status).toBe('ready');
    expect(ran()).toEqual(['the cat', 'user: hi\nassistant: yo']);
  });

  it('that a link opens waits for the model; nothing else is run first', async () => {
    const { state, ran, load } = createScene(talk('hi'));
    await load();
    expect(state().text).toBe('user: hi');
    expect(ran()).toEqual(['user: hi']);
  });

  it('edited while it is rendered gives the latest text only', async () => {
    const { actions, whenIdle, state, ran, load, scene, letGo } = createScene();
    await load();
    scene.isHolding = true;
    actions.setConversation(talk('first'));
    actions.setConversation(talk('second'));
    expect(scene.rendered).toBe(2);
    expect(state().text).toBe('the cat');
    letGo();
    await whenIdle();
    expect(state().text).toBe('user: second');
    expect(ran()).toEqual(['the cat', 'user: second']);
  });

  it('gives way to a text that is typed while it is rendered', async () => {
    const { actions, whenIdle, state, load, scene, letGo } = createScene();
    await load();
    scene.isHolding = true;
    actions.setConversation(talk('first'));
    actions.setText('typed');
    letGo();
    await whenIdle();
    expect(state().text).toBe('typed');
    expect(state().conversation).toBeNull();
  });

  it('without turns is an empty text, and is not asked of the template', async () => {
    const { actions, whenIdle, state, load, scene } = createScene();
    await load();
    actions.setConversation(talk());
    await whenIdle();
    expect(state().text).toBe('');
    expect(state().run.status).toBe('idle');
    expect(scene.rendered).toBe(0);
  });

  it('that cannot be rendered says why, is kept, and can be tried again', async () => {
    const { actions, whenIdle, state, load, scene } = createScene();
    await load();
    scene.failure = new HeadlightError('argument-invalid', 'No template.');
    actions.setConversation(talk('hi'));
    await whenIdle();
    expect(state().run).toMatchObject({ status: 'failed', error: { message: 'No template.' } });
    expect(state().conversation).toEqual(talk('hi'));
    scene.failure = null;
    actions.runAgain();
    await whenIdle();
    expect(state().text).toBe('user: hi');
    expect(state().run.status).toBe('ready');
  });

  it('stays when the model’s continuation is taken out again', async () => {
    const { actions, whenIdle, state, load } = createScene();
    await load();
    actions.setConversation(talk('cat'));
    await whenIdle();
    actions.generate({ tokenCount: 2, temperature: 0, topP: 1, seed: 1 });
    await whenIdle();
    expect(state().text.startsWith('user: cat ')).toBe(true);
    actions.removeContinuation();
    await whenIdle();
    expect(state().text).toBe('user: cat');
    expect(state().conversation).toEqual(talk('cat'));
  });

  it('is opened from the list as turns, an ordinary text as a text; all can be deleted', async () => {
    const saved = [
      { id: '1', text: 'user: hi', savedAt: 1, conversation: talk('hi') },
      { id: '2', text: 'plain', savedAt: 0 },
    ];
    const { actions, whenIdle, state, load } = createScene(null, saved);
    await load();
    actions.openSavedText('1');
    await whenIdle();
    expect([state().text, state().conversation]).toEqual(['user: hi', talk('hi')]);
    actions.openSavedText('2');
    await whenIdle();
    expect([state().text, state().conversation]).toEqual(['plain', null]);
    actions.deleteSavedTexts();
    expect(state().savedTexts).toEqual([]);
  });
});

describe('a link with turns', () => {
  const base = {
    selection: { layer: 0, head: 0, query: null, key: null },
    display: createScene().store.getState().display,
    sampleId: null,
  };
  it('restores them instead of the rendered text', () => {
    const conversation = { ...talk('a & b', 'שלום'), addGenerationPrompt: true };
    const fragment = toFragment({ ...base, text: 'user: a & b', conversation });
    expect(fragment).not.toContain('text=');
    expect(fromFragment(fragment).state).toMatchObject({ conversation, text: null });
  });
  it('holds them only with the text, and says when they cannot be read', () => {
    expect(toFragment({ ...base, text: null, conversation: talk('a') })).toBe('v=1&head=0.0');
    for (const chat of ['{', '{"messages":7}'])
      expect(fromFragment(`#v=1&chat=${encodeURIComponent(chat)}`)).toMatchObject({
        state: { conversation: null },
        problems: [`chat=${chat}`],
      });
  });
});
