import { createRandom } from '../../lib/random.ts';
import { finish } from '../../lib/sliced-work.ts';
import { compareGroups } from '../../lib/statistics/compare-groups.ts';
import { type Bench, THREADS } from './bench.ts';
import { openSite } from './browser.ts';
import { atMost, type Measurement } from './measurement.ts';

const GROUP = 'Many texts';
const TEXTS = 80;
const TOKENS = 256;
/** Plain runs that the queue's time is compared with. */
const PLAIN_RUNS = 12;

/** What the queue of texts took, in a browser of its own. */
interface QueueTimes {
  /** Seconds for all texts. */
  readonly queue: number;
  /** Seconds for a plain run of such a text, each. */
  readonly plain: readonly number[];
  /** Resident bytes of the page after a fifth of the texts, and the most after that; null without /proc. */
  readonly early: number | null;
  readonly late: number | null;
}

/** Surveys `TEXTS` texts of `TOKENS` tokens in two sets, and runs some of them plainly before. */
function runQueue(bench: Bench): Promise<QueueTimes> {
  return bench.once('queue of texts', async () => {
    const { url } = await bench.site();
    // A little longer than the cut, so that every text is taken whatever stands before it.
    const base = await bench.text(TOKENS + 16);
    const opened = await bench.blankPage();
    try {
      await openSite(opened, url, `?device=wasm&threads=${THREADS}`);
      const plain = await opened.page.evaluate(
        async ({ text, runs, tokens }) => {
          const { engine } = window.__bench.headlight();
          const times: number[] = [];
          for (let run = 0; run < runs; run++) {
            const { ids } = await engine().tokenize(`${run} ${text}`);
            const cut = await engine().tokensOf(ids.slice(0, tokens));
            const began = performance.now();
            const request = { runId: `plain-${run}`, text: cut.text, tokens: cut, keepLayers: [] };
            await engine().run(request, () => undefined);
            times.push((performance.now() - began) / 1000);
          }
          return times;
        },
        { text: base, runs: PLAIN_RUNS, tokens: TOKENS },
      );
      await opened.page.evaluate(
        async ({ text, texts, tokens }) => {
          const { actions } = window.__bench.domains();
          await actions.open();
          const named = (from: number, to: number) =>
            Array.from({ length: to - from }, (_, i) => `${from + i} ${text}`).join('\n---\n');
          actions.setRules({ length: tokens });
          await actions.addPasted(named(0, texts / 2), 'first', 'rules');
          await actions.addPasted(named(texts / 2, texts), 'second', 'rules');
        },
        { text: base, texts: TEXTS, tokens: TOKENS },
      );
      await opened.page.evaluate(() => window.__bench.domains().whenIdle());
      const began = performance.now();
      await opened.page.evaluate(() => {
        window.__bench.domains().actions.start();
      });
      let early: number | null = null;
      let late: number | null = null;
      for (;;) {
        await opened.page.waitForTimeout(1000);
        const { done, total, failed } = await opened.page.evaluate(
          () => window.__bench.domains().store.getState().counts,
        );
        const now = await opened.readMemory();
        if (done >= TEXTS / 5) early ??= now;
        if (early !== null && now !== null) late = Math.max(late ?? 0, now);
        if (failed > 0) throw new Error(`${failed} texts failed`);
        if (total === TEXTS && done === total) break;
      }
      return { queue: (performance.now() - began) / 1000, plain, early, late };
    } finally {
      await opened.close();
    }
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const COLUMNS = 270;
const GROUP_TEXTS = 24;

/** Values of texts for all heads, by chance. */
function createValues(seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: GROUP_TEXTS * COLUMNS }, random);
}

export const MANY_TEXTS_ROWS: readonly Measurement[] = [
  {
    group: GROUP,
    name: `statistics of ${COLUMNS} heads, ${GROUP_TEXTS} against ${GROUP_TEXTS} texts`,
    unit: 'ms',
    target: atMost(2000),
    note: 'bootstrap intervals, effect sizes, 10,800 permutations and adjusted p values; in this process',
    async measure(bench) {
      const [a, b] = [createValues(1), createValues(2)];
      const times = Array.from({ length: bench.repetitions }, (_, seed) => {
        const began = performance.now();
        finish(compareGroups({ a, b, columns: COLUMNS, seed }));
        return performance.now() - began;
      });
      return { kind: 'value', value: median(times), samples: times };
    },
  },
  {
    group: GROUP,
    name: `${TEXTS} texts of ${TOKENS} tokens / plain runs of them`,
    unit: 'x',
    target: atMost(1.15),
    note: `from Run until the last of ${TEXTS} texts is kept, over ${TEXTS} times the median of ${PLAIN_RUNS} plain runs of such texts in the same page`,
    async measure(bench) {
      const { queue, plain } = await runQueue(bench);
      const ratio = queue / (TEXTS * median(plain));
      return {
        kind: 'value',
        value: ratio,
        samples: [ratio],
        detail: `${queue.toFixed(0)} s in all; a plain run ${median(plain).toFixed(2)} s`,
      };
    },
  },
  {
    group: GROUP,
    name: 'memory that further texts add',
    unit: 'MB',
    target: atMost(150),
    note: `resident memory of the page: the most after a fifth of the ${TEXTS} texts, less what it was then`,
    async measure(bench) {
      const { early, late } = await runQueue(bench);
      if (early === null || late === null)
        return { kind: 'not-measured', why: 'this system has no /proc/<pid>/status' };
      const added = (late - early) / 1e6;
      return { kind: 'value', value: added, samples: [added] };
    },
  },
  {
    group: GROUP,
    name: 'all heads tested for the atlas',
    unit: 's',
    target: atMost(120),
    note: 'the whole battery on the embedded model, until its scores are kept',
    async measure(bench) {
      const { page } = await bench.readyPage();
      const seconds = await page.evaluate(async () => {
        const atlas = window.__bench.atlas();
        const began = performance.now();
        atlas.actions.start();
        await atlas.whenIdle();
        return (performance.now() - began) / 1000;
      });
      return { kind: 'value', value: seconds, samples: [seconds] };
    },
  },
];
