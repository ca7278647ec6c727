import type { Page } from 'playwright';
import { medianOf } from './engine-rows.ts';
import type { Measurement } from './measurement.ts';

const GENERATED = 24;

/** Tokens a second while a text is continued greedily; the first token, with the text's own run, left out. */
function timeGeneration(page: Page, text: string): Promise<number> {
  return page.evaluate(
    async ([content, tokenCount]) => {
      const times: number[] = [];
      await window.__bench
        .headlight()
        .engine()
        .generate(
          {
            runId: 'bench-generation',
            text: content,
            tokenCount,
            temperature: 0,
            topP: 1,
            seed: 1,
            keepsEndToken: true,
          },
          () => times.push(performance.now()),
        );
      if (times.length !== tokenCount) throw new Error(`${times.length} tokens were generated`);
      return (1000 * (times.length - 1)) / (times[times.length - 1] - times[0]);
    },
    [text, GENERATED] as const,
  );
}

const row = (count: number): Measurement => ({
  group: 'Generation',
  name: `after ${count} tokens`,
  unit: 'tokens/s',
  target: null,
  note: `${GENERATED} tokens, greedy, with every head's new row; the first token is left out because the text runs before it`,
  async measure(bench) {
    const text = await bench.text(count);
    const { page } = await bench.readyPage();
    const samples: number[] = [];
    for (let repetition = 0; repetition < bench.repetitions; repetition++)
      samples.push(await timeGeneration(page, text));
    return medianOf(samples);
  },
});

export const GENERATION_ROWS: readonly Measurement[] = [row(64), row(500)];
