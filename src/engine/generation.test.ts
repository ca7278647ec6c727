import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPathRequest, toPathRequest } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import type { GeneratedToken } from '../protocol/engine.ts';
import { PREDICTIONS } from '../protocol/run.ts';
import { findDifference } from '../testing/close-to.ts';
import { readGoldenJson } from '../testing/golden.ts';
import { InProcessEngine } from './in-process-engine.ts';

interface Reference {
  readonly greedy: Readonly<
    Record<
      string,
      {
        readonly prompt: number[];
        readonly new: number[];
        readonly text: string;
        readonly log_probabilities: number[];
      }
    >
  >;
}
const { greedy } = readGoldenJson<Reference>('generation.json');
const MODEL = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';
/** Two candidates closer than this may change places between implementations. */
const MARGIN = 0.02;

describe('generation', () => {
  const engine = new InProcessEngine({
    startRuntime: async () => startNodeRuntime(1),
    openSources: openPathRequest,
    pause: async () => undefined,
  });
  beforeAll(async () => {
    await engine.loadModel(toPathRequest(MODEL), () => undefined);
  });
  afterAll(() => engine.dispose());

  const base = { runId: 'made', temperature: 0, topP: 1, seed: 1 };
  const generate = async (request: Partial<Parameters<typeof engine.generate>[0]>) => {
    const made: GeneratedToken[] = [];
    const end = await engine.generate(
      { ...base, text: '', tokenCount: 8, ...request },
      (token) => void made.push(token),
    );
    return { made, ...end };
  };

  it.each(Object.entries(greedy))('goes on like the reference after "%s"', async (_, wanted) => {
    const text = await textOf(wanted.prompt);
    expect(Array.from((await engine.tokenize(text)).ids)).toEqual(wanted.prompt);
    const { made } = await generate({
      text,
      tokenCount: wanted.new.length,
    });
    const last = made[made.length - 1].tokens;
    let best: Float32Array = new Float32Array();
    await engine.run({ runId: 'check', text: last.text, tokens: last, keepLayers: [] }, (event) => {
      if (event.kind === 'predictions') best = event.predictions.logProbabilities;
    });
    let compared = 0;
    for (const [i, token] of made.entries()) {
      const at = (wanted.prompt.length + i - 1) * PREDICTIONS;
      if (token.id !== wanted.new[i]) {
        expect(best[at] - best[at + 1], `token ${i}`).toBeLessThanOrEqual(MARGIN);
        break;
      }
      expect(
        findDifference([Math.log(token.probability)], [wanted.log_probabilities[i]], {
          atol: 5e-3,
        }),
      ).toBeNull();
      compared++;
    }
    expect(compared).toBeGreaterThan(5);
  });

  /** The beginning of a reference text that has these ids. */
  async function textOf(ids: readonly number[]): Promise<string> {
    const texts = Object.values(readGoldenJson<Record<string, string>>('texts.json'));
    for (const text of texts) {
      const tokens = await engine.tokenize(text);
      if (ids.every((id, i) => tokens.ids[i] === id))
        return text.slice(0, tokens.ends[ids.length - 1]);
    }
    throw new Error('no reference text begins with these ids');
  }

  it('keeps the text and its tokens as they are, and adds tokens after them', async () => {
    const text = 'One \ud800 two,  three\r\n';
    const before = await engine.tokenize(text);
    const { made } = await generate({ text, tokenCount: 3 });
    const { tokens } = made[2];
    expect(tokens.text.startsWith(text)).toBe(true);
    expect(Array.from(tokens.ids)).toEqual([...before.ids, ...made.map(({ id }) => id)]);
    expect(Array.from(tokens.ends.slice(0, before.ends.length))).toEqual(Array.from(before.ends));
    expect(tokens.ends.at(-1)).toBe(tokens.text.length);
  });

  it('leaves what a fresh run of the same tokens gives, row by row', async () => {
    const { made } = await generate({
      text: 'The red fox saw the blue bird. The red',
      tokenCount: 5,
    });
    const { runId, tokens } = made[4];
    const grown = await engine.readSlice(runId, 18, 6);
    const early = await engine.readSlice(made[1].runId, 18, 6);
    expect(early.size).toBe(tokens.ids.length - 3);
    expect(Array.from(early.packed)).toEqual(
      Array.from(grown.packed.slice(0, early.packed.length)),
    );
    await engine.run({ runId: 'other', text: 'Something else.', keepLayers: [] }, () => undefined);
    await expect(engine.readSlice(runId, 18, 6)).rejects.toMatchObject({ code: 'run-let-go' });
    const request = { runId: 'fresh', text: tokens.text, tokens, keepLayers: [] };
    const layers: (typeof made)[0]['layers'][number][] = [];
    await engine.run(request, (event) => {
      if (event.kind === 'layer') layers.push(event.summary);
    });
    const fresh = await engine.readSlice('fresh', 18, 6);
    expect(findDifference(grown.packed, fresh.packed, { atol: 1e-5 })).toBeNull();
    for (const [l, layer] of layers.entries())
      expect(findDifference(made[4].layers[l].entropy, layer.entropy, { atol: 1e-4 })).toBeNull();
  });

  it('stops after the token that completes a stop text, at the count, and when it is told to', async () => {
    const text = 'Count: one, two, three, four,';
    const whole = await generate({ text, tokenCount: 6 });
    expect(whole).toMatchObject({ stopped: 'count' });
    const words = whole.made.map((token) => token.text);
    const stop = words[3].trim();
    const first = words.findIndex((_, i) =>
      words
        .slice(0, i + 1)
        .join('')
        .includes(stop),
    );
    const stopped = await generate({ text, tokenCount: 6, stopTexts: ['', stop] });
    expect(stopped.stopped).toBe('stop-text');
    expect(stopped.made).toHaveLength(first + 1);
    // A stop text that is in the prompt alone does not count.
    expect((await generate({ text, tokenCount: 1, stopTexts: ['Count'] })).stopped).toBe('count');
    const controller = new AbortController();
    const made: string[] = [];
    await expect(
      engine.generate(
        { ...base, text, tokenCount: 50 },
        (token) => {
          made.push(token.text);
          if (made.length === 2) controller.abort();
        },
        controller.signal,
      ),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(made).toEqual(words.slice(0, 2));
  });

  it('ends at the model’s end token, which stays out of the text unless it is asked for', async () => {
    const prompt = await engine.renderChat([{ role: 'user', content: 'Say only: yes' }], {
      addGenerationPrompt: true,
    });
    const ended = await generate({ text: prompt, tokenCount: 100 });
    expect(ended.stopped).toBe('end-token');
    const kept = await generate({
      text: prompt,
      tokenCount: ended.made.length + 1,
      keepsEndToken: true,
    });
    expect(kept.made.at(-1)).toMatchObject({ text: '<|im_end|>' });
  });

  it('chooses alike with one seed, and differently with others', async () => {
    const sample = async (seed: number) =>
      (await generate({ text: 'My favourite', tokenCount: 4, temperature: 1.5, seed })).made
        .map(({ id }) => id)
        .join(' ');
    const first = await sample(7);
    expect(await sample(7)).toBe(first);
    expect(new Set([first, await sample(8), await sample(9)]).size).toBeGreaterThan(1);
  });
});
