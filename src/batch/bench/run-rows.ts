import type { Page } from 'playwright';
import type { Bench } from './bench.ts';
import { medianOf } from './engine-rows.ts';
import { atMost, exactly, type Measurement } from './measurement.ts';
import type { LongTask } from './probes.ts';

const GROUP = 'A run on the page, 512 tokens, 2 threads';

/** A run as the page went through it; times from its start, milliseconds. */
interface ObservedRun {
  readonly firstLayer: number;
  /** The frame with the first layer's thumbnails. */
  readonly firstOnScreen: number;
  readonly lastLayer: number;
  readonly predicted: number;
  readonly longTasks: readonly LongTask[];
  readonly longScripts: readonly string[];
}

/** Puts a text into the page and watches its run until everything is there. */
function observeRun(page: Page, text: string): Promise<ObservedRun> {
  return page.evaluate(async (content) => {
    const probes = window.__bench;
    const { store, actions, runs, whenIdle } = probes.headlight();
    await whenIdle();
    for (let frame = 0; frame < 10; frame++) await probes.afterFrame();
    probes.longScripts.length = 0;
    let start = Number.NaN;
    let firstLayer = Number.NaN;
    let lastLayer = Number.NaN;
    let shown: Promise<number> | null = null;
    const before = store.getState().shownRunId;
    const unsubscribe = store.subscribe(({ run, shownRunId }) => {
      if (run.status === 'running' && Number.isNaN(start)) start = performance.now();
      if (shownRunId === before || Number.isNaN(start)) return;
      const layers = runs.get(shownRunId)?.layers ?? [];
      const done = layers.filter((layer) => layer !== null).length;
      if (done > 0 && shown === null) {
        firstLayer = performance.now();
        shown = probes.shown('head-grid', firstLayer);
      }
      if (done === layers.length && Number.isNaN(lastLayer)) lastLayer = performance.now();
    });
    actions.setText(content);
    await whenIdle();
    unsubscribe();
    const { run } = store.getState();
    if (run.status === 'failed') throw run.error;
    const predicted = performance.now();
    for (let frame = 0; frame < 10; frame++) await probes.afterFrame();
    if (shown === null) throw new Error('the run showed no layer');
    return {
      firstLayer: firstLayer - start,
      firstOnScreen: (await shown) - start,
      lastLayer: lastLayer - start,
      predicted: predicted - start,
      longTasks: probes.longTasks
        .filter((task) => task.start + task.duration >= start)
        .map((task) => ({ start: task.start - start, duration: task.duration })),
      longScripts: [...probes.longScripts],
    };
  }, text);
}

/** Whole runs, each followed by one word more, after one of both that is not counted. */
function observeRuns(bench: Bench) {
  return bench.once('observed runs', async () => {
    const text = await bench.text(512);
    const { page } = await bench.readyPage();
    const whole: ObservedRun[] = [];
    const edits: ObservedRun[] = [];
    for (let repetition = -1; repetition < bench.repetitions; repetition++) {
      await observeRun(page, `§ ${repetition}`);
      const run = await observeRun(page, text);
      const edit = await observeRun(page, `${text} again`);
      if (repetition < 0) continue;
      whole.push(run);
      edits.push(edit);
    }
    return { whole, edits };
  });
}

/** What the page's thread did in its long tasks, the costliest first. */
function describeLongTasks(runs: readonly ObservedRun[]): string {
  const tasks = runs.flatMap(({ longTasks }) => longTasks);
  if (tasks.length === 0) return 'no task over 50 ms';
  const when = tasks
    .map(({ start, duration }) => `${Math.round(duration)} ms at ${Math.round(start)}`)
    .join(', ');
  const cost = (script: string): number => Number(/(\d+) ms, forced/.exec(script)?.[1] ?? 0);
  const scripts = [...new Set(runs.flatMap(({ longScripts }) => longScripts))]
    .sort((a, b) => cost(b) - cost(a))
    .slice(0, 4);
  return `tasks: ${when}${scripts.length > 0 ? `; scripts: ${scripts.join('; ')}` : ''}`;
}

export const RUN_ROWS: readonly Measurement[] = [
  {
    group: GROUP,
    name: 'whole run with its views',
    unit: 'ms',
    target: null,
    note: "from the start of the run until the last layer's summary is on the page, while the views draw each layer",
    measure: async (bench) =>
      medianOf((await observeRuns(bench)).whole.map((run) => run.lastLayer)),
  },
  {
    group: GROUP,
    name: 'predictions after it',
    unit: 'ms',
    target: null,
    note: 'from the last layer until the next tokens and the surprise of every token are there',
    measure: async (bench) =>
      medianOf((await observeRuns(bench)).whole.map((run) => run.predicted - run.lastLayer)),
  },
  {
    group: GROUP,
    name: "first layer's thumbnails on screen",
    unit: '% of the run',
    target: atMost(10),
    note: 'the frame in which the head grid shows the first layer, as a share of the whole run',
    async measure(bench) {
      const { whole } = await observeRuns(bench);
      const times = whole.map((run) => Math.round(run.firstOnScreen)).join(', ');
      return medianOf(
        whole.map((run) => (100 * run.firstOnScreen) / run.lastLayer),
        `after ${times} ms`,
      );
    },
  },
  {
    group: GROUP,
    name: 'a word added at the end / whole run',
    unit: 'x',
    target: atMost(0.12),
    note: 'the run that follows the added word, until its last layer, divided by the whole run before it in the same session; the pause that the page leaves for typing is in neither',
    async measure(bench) {
      const { whole, edits } = await observeRuns(bench);
      return medianOf(
        edits.map((edit, index) => edit.lastLayer / whole[index].lastLayer),
        `${edits.map((edit) => Math.round(edit.lastLayer)).join(', ')} ms`,
      );
    },
  },
  {
    group: GROUP,
    name: 'tasks over 50 ms on the page',
    unit: 'count',
    target: exactly(0),
    note: "long tasks of the page's thread during one run with its predictions, after a run that warmed it up; the most of all repetitions",
    async measure(bench) {
      const { whole } = await observeRuns(bench);
      const samples = whole.map(({ longTasks }) => longTasks.length);
      return {
        kind: 'value',
        value: Math.max(...samples),
        samples,
        detail: describeLongTasks(whole),
      };
    },
  },
  {
    group: GROUP,
    name: 'longest task on the page',
    unit: 'ms',
    target: atMost(50),
    note: 'the longest of these; the browser tells none under 50 ms, which is written as 0',
    async measure(bench) {
      const { whole } = await observeRuns(bench);
      const samples = whole.map(({ longTasks }) =>
        Math.max(0, ...longTasks.map(({ duration }) => duration)),
      );
      return { kind: 'value', value: Math.max(...samples), samples };
    },
  },
];
