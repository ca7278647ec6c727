import { describe, expect, it, vi } from 'vitest';
import { LatestWins } from '../lib/latest-wins.ts';
import type { Engine, GeneratedToken, GenerationRequest } from '../protocol/engine.ts';
import { FAKE_FACTS, FakeEngine } from '../testing/fake-engine.ts';
import { continueText } from './continue-text.ts';
import { createHeadlightStore } from './store.ts';

const request = { tokenCount: 2, temperature: 0, topP: 1, seed: 1 };

/** A store on a fake engine whose calls can be changed one by one. */
async function createScene(
  change: (plain: Pick<Engine, 'generate' | 'tokenize'>) => Partial<Engine> = () => ({}),
) {
  const fake = new FakeEngine();
  const asked: GenerationRequest[] = [];
  const plain = { generate: fake.generate.bind(fake), tokenize: fake.tokenize.bind(fake) };
  const engine: Engine = Object.assign(fake, {
    generate: (
      wanted: GenerationRequest,
      onToken: (token: GeneratedToken) => void,
      signal?: AbortSignal,
    ) => {
      asked.push(wanted);
      return plain.generate(wanted, onToken, signal);
    },
    ...change(plain),
  });
  const headlight = createHeadlightStore(
    {
      createEngine: () => engine,
      model: { origin: { kind: 'embedded' }, request: { fileName: 'fake.gguf', sources: [] } },
      loadTexts: () => [],
      saveTexts: () => undefined,
      saveTheme: () => undefined,
    },
    { text: 'the', sampleId: null, selection: {}, display: {}, theme: 'system' },
  );
  headlight.actions.loadModel();
  await headlight.whenIdle();
  const go = async (part: Partial<typeof request> & { readonly stopTexts?: string[] } = {}) => {
    headlight.actions.generate({ ...request, ...part });
    await headlight.whenIdle();
  };
  return { ...headlight, fake, asked, go, state: () => headlight.store.getState() };
}

describe('a continuation', () => {
  it('tells the model’s part from the person’s, with probabilities and the end', async () => {
    const { go, state } = await createScene();
    await go();
    expect(state().text).toBe('the cat saw');
    expect(state().continuation).toMatchObject({
      before: 'the',
      probabilities: [0.5, 0.5],
      end: 'count',
    });
    await vi.waitFor(() => expect(state().continuation?.isCutAlike).toBe(true));
  });
  it('is run again as the tokens that were chosen', async () => {
    const { go, fake, state } = await createScene();
    await go();
    expect(fake.begun.at(-1)).toMatchObject({
      text: 'the cat saw',
      tokens: state().continuation?.tokens,
    });
  });
  it('grows when the model goes on, from the very tokens', async () => {
    const { go, asked, state } = await createScene();
    await go();
    const { tokens } = state().continuation ?? {};
    await go({ tokenCount: 1 });
    expect(asked[0].tokens).toBeUndefined();
    expect(asked[1].tokens).toBe(tokens);
    expect(state().continuation).toMatchObject({ before: 'the', probabilities: [0.5, 0.5, 0.5] });
  });
  it('says that a stop text came', async () => {
    const { go, state } = await createScene();
    await go({ tokenCount: 9, stopTexts: ['saw'] });
    expect(state()).toMatchObject({ text: 'the cat saw', continuation: { end: 'stop-text' } });
  });
  it('can be taken back, and is the person’s own after an edit', async () => {
    const { go, actions, state, whenIdle } = await createScene();
    await go();
    actions.removeContinuation();
    expect(state()).toMatchObject({ text: 'the', continuation: null });
    await whenIdle();
    await go();
    actions.setText('the cat saw!');
    expect(state().continuation).toBeNull();
    actions.removeContinuation();
    expect(state().text).toBe('the cat saw!');
    await whenIdle();
  });
  it('knows when cutting its text again gives other tokens', async () => {
    const { go, state } = await createScene((plain) => ({
      tokenize: async (text) => {
        const tokens = await plain.tokenize(text);
        return { ...tokens, ids: tokens.ids.subarray(1) };
      },
    }));
    await go();
    await vi.waitFor(() => expect(state().continuation?.isCutAlike).toBe(false));
  });
  it('is not there when the first token already fails', async () => {
    const { go, state } = await createScene(() => ({
      generate: async () => {
        throw new Error('broken');
      },
    }));
    await go();
    expect(state()).toMatchObject({
      text: 'the',
      continuation: null,
      generation: { status: 'failed' },
    });
  });
});

it('nothing is continued of no text, or without a model', () => {
  const engine = vi.fn();
  for (const part of [{ text: '' }, { model: { status: 'idle' } }]) {
    const state = { text: 'a', model: { status: 'ready', facts: FAKE_FACTS }, ...part };
    continueText(
      {
        store: { getState: () => state, setState: vi.fn() } as unknown as Parameters<
          typeof continueText
        >[0]['store'],
        running: new LatestWins(),
        engine,
        nextRunId: () => 'run',
        show: vi.fn(),
        startRun: vi.fn(),
      },
      request,
    );
  }
  expect(engine).not.toHaveBeenCalled();
});
