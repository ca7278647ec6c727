import type { Page } from 'playwright';
import { type Bench, THREADS } from './bench.ts';
import { atMost, type Measurement, type Outcome } from './measurement.ts';
import { type NativeTiming, timeAttention } from './native.ts';
import { alternate, median } from './statistics.ts';

const GROUP = 'Engine, SmolLM2-135M Q4_1, 2 threads';
const LONG = 512;
/** Of 2 cores; the engine's own JavaScript between the layers uses one. */
const LEAST_CORES = 1.5;

/** Several repetitions as one value. */
export function medianOf(samples: readonly number[], detail?: string): Outcome {
  return { kind: 'value', value: median(samples), samples, ...(detail ? { detail } : {}) };
}

/** `timeAttention` on the page's own engine, in its worker; the page's views take no part. */
export function timeAttentionInPage(page: Page, text: string): Promise<number> {
  return page.evaluate(async (content) => {
    const engine = window.__bench.headlight().engine();
    await engine.run({ runId: 'bench-before', text: '§', keepLayers: [] }, () => undefined);
    const start = performance.now();
    let last = Number.NaN;
    await engine.run({ runId: 'bench', text: content, keepLayers: [] }, (event) => {
      if (event.kind === 'tokens' && event.reusedTokens > 0)
        throw new Error(`${event.reusedTokens} tokens were not run again`);
      if (event.kind === 'layer') last = performance.now();
    });
    return last - start;
  }, text);
}

/** The ratio of undisturbed pairs; not measured when there is none. */
export function toRatio(native: readonly NativeTiming[], wasm: readonly number[]): Outcome {
  const pairs = native.map((run, index) => ({
    isQuiet: run.cores >= LEAST_CORES,
    ratio: wasm[index] / run.milliseconds,
  }));
  const quiet = pairs.filter(({ isQuiet }) => isQuiet).map(({ ratio }) => ratio);
  if (quiet.length > 0) return medianOf(quiet, `${quiet.length} of ${pairs.length} pairs`);
  const ratios = pairs.map(({ ratio }) => ratio.toFixed(2)).join(', ');
  return {
    kind: 'not-measured',
    why: `other programs took the cores in every native run; the ratios ${ratios} say nothing`,
  };
}

/** Native and WASM in turn, after one run of each that is not counted. */
function compare(bench: Bench) {
  return bench.once('native against wasm', async () => {
    const text = await bench.text(LONG);
    const { engine } = await bench.native();
    const { page } = await bench.readyPage();
    await timeAttention(engine, text);
    await timeAttentionInPage(page, text);
    return alternate(
      bench.repetitions,
      () => timeAttention(engine, text),
      () => timeAttentionInPage(page, text),
    );
  });
}

async function timeTokenizing(bench: Bench): Promise<Outcome> {
  const text = await bench.text(LONG);
  const { page } = await bench.readyPage();
  const samples = await page.evaluate(
    async ([content, count]) => {
      const engine = window.__bench.headlight().engine();
      const times: number[] = [];
      for (let repetition = 0; repetition < count; repetition++) {
        // A different beginning each time: nothing can be remembered as a whole.
        const start = performance.now();
        await engine.tokenize(`${repetition} ${content}`);
        times.push(performance.now() - start);
      }
      return times;
    },
    [text, bench.manyRepetitions] as const,
  );
  return medianOf(samples);
}

export const ENGINE_ROWS: readonly Measurement[] = [
  {
    group: GROUP,
    name: 'native, 512 tokens',
    unit: 'ms',
    target: null,
    note: `onnxruntime-node with ${THREADS} threads and the same graphs, in this process: from the call until the last layer's attention with all summaries; in turn with the next row`,
    async measure(bench) {
      const { a } = await compare(bench);
      const cores = a.map((run) => run.cores.toFixed(1)).join(', ');
      return medianOf(
        a.map((run) => run.milliseconds),
        `this process had ${cores} of ${THREADS} cores`,
      );
    },
  },
  {
    group: GROUP,
    name: 'WASM, 512 tokens',
    unit: 'ms',
    target: atMost(3500),
    note: `the page's worker with ${THREADS} threads, measured on the page's side of the worker boundary like the row before`,
    measure: async (bench) => medianOf((await compare(bench)).b),
  },
  {
    group: GROUP,
    name: 'WASM / native',
    unit: 'x',
    target: atMost(5),
    note: `each WASM run divided by the native run just before it; the median of these ratios. Only pairs in which the native run had at least ${LEAST_CORES} cores: its threads lose far more than WASM's when others take the cores, and the ratio would flatter`,
    async measure(bench) {
      const { a, b } = await compare(bench);
      return toRatio(a, b);
    },
  },
  {
    group: GROUP,
    name: 'WASM, 1,024 tokens',
    unit: 'ms',
    target: atMost(9000),
    note: 'as the row for 512 tokens',
    async measure(bench) {
      const text = await bench.text(1024);
      const { page } = await bench.readyPage();
      const samples: number[] = [];
      for (let repetition = 0; repetition < bench.repetitions; repetition++)
        samples.push(await timeAttentionInPage(page, text));
      return medianOf(samples);
    },
  },
  {
    group: GROUP,
    name: 'tokenising 512 tokens',
    unit: 'ms',
    target: null,
    note: 'asked by the page, answered by the worker',
    measure: timeTokenizing,
  },
  {
    group: GROUP,
    name: 'sessions, native',
    unit: 'ms',
    target: null,
    note: 'what onnxruntime takes of loading to make the sessions: one a layer and one for the output',
    async measure(bench) {
      const { sessionMilliseconds, loadMilliseconds } = await bench.native();
      return medianOf(
        [sessionMilliseconds],
        `of ${Math.round(loadMilliseconds)} ms for loading, the rest is reading and dequantising`,
      );
    },
  },
];
