import type { Page } from 'playwright';
import type { Bench } from './bench.ts';
import { medianOf } from './engine-rows.ts';
import { atMost, type Measurement } from './measurement.ts';

const GROUP = 'Views, 270 heads, 512 tokens';
const DONE = 'script of the page until the canvas is painted, then style and layout';

/** The page with 512 tokens run. */
function longPage(bench: Bench): Promise<Page> {
  return bench.once('long page', async () => {
    const { page } = await bench.readyPage();
    await page.evaluate(
      async (text) => {
        const { actions, whenIdle } = window.__bench.headlight();
        actions.setText(text);
        await whenIdle();
        for (let frame = 0; frame < 10; frame++) await window.__bench.afterFrame();
      },
      await bench.text(512),
    );
    return page;
  });
}

/** Gives the page the same run as if it had just arrived: nothing of it is drawn or counted yet. */
async function timeGrid(bench: Bench): Promise<readonly number[]> {
  const page = await longPage(bench);
  return page.evaluate(async (count) => {
    const { store, runs } = window.__bench.headlight();
    const times: number[] = [];
    for (let repetition = 0; repetition < count; repetition++) {
      const id = store.getState().shownRunId;
      const run = runs.get(id);
      if (run === null) throw new Error('the page shows no run');
      for (let frame = 0; frame < 5; frame++) await window.__bench.afterFrame();
      const layers = run.layers.map((layer) => layer && { ...layer, tiles: { ...layer.tiles } });
      const start = performance.now();
      runs.set({ ...run, layers });
      store.setState((state) => ({ shownRunVersion: state.shownRunVersion + 1 }));
      times.push((await window.__bench.painted('head-grid', start)) - start);
    }
    return times;
  }, bench.manyRepetitions);
}

/** Arrow keys in the head grid; with `goesBack` between two heads whose matrices the page holds. */
async function timeHeadSwitch(bench: Bench, goesBack: boolean): Promise<readonly number[]> {
  const page = await longPage(bench);
  return page.evaluate(
    async ([count, isBack]) => {
      const probes = window.__bench;
      const { store, actions, runs, engine } = probes.headlight();
      const grid = probes.chart('head-grid');
      const times: number[] = [];
      const press = async (key: string): Promise<number> => {
        for (let frame = 0; frame < 5; frame++) await probes.afterFrame();
        const before = store.getState().selection;
        const start = performance.now();
        grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        const { selection, shownRunId } = store.getState();
        if (selection === before || shownRunId === null)
          throw new Error(`${key} in the head grid changed no selection`);
        const { layer, head } = selection;
        let since = start;
        if (runs.peekSlice(shownRunId, layer, head) === null) {
          if (isBack) throw new Error(`the page does not hold layer ${layer} head ${head}`);
          await runs.readSlice(engine(), shownRunId, layer, head);
          since = performance.now();
        }
        return (await probes.painted('attention-heatmap', since)) - start;
      };
      if (isBack) {
        await press('ArrowLeft');
        await press('ArrowRight');
        for (let repetition = 0; repetition < count; repetition++)
          times.push(await press(repetition % 2 === 0 ? 'ArrowLeft' : 'ArrowRight'));
      } else {
        actions.select({ layer: 0, head: 0 });
        for (let repetition = -1; repetition < count; repetition++) {
          const time = await press('ArrowRight');
          if (repetition >= 0) times.push(time);
        }
      }
      return times;
    },
    [bench.manyRepetitions, goesBack] as const,
  );
}

/** Moves of the pointer over a chart to places inside of `area` (shares of its width and height). */
async function timeHover(
  bench: Bench,
  view: string,
  area: { readonly x: readonly [number, number]; readonly y: readonly [number, number] },
): Promise<readonly number[]> {
  const page = await longPage(bench);
  const { times, changes } = await page.evaluate(
    async ([name, [x0, x1], [y0, y1], count]) => {
      const probes = window.__bench;
      const { store, actions } = probes.headlight();
      const chart = probes.chart(name);
      chart.scrollIntoView({ block: 'center' });
      const measured: number[] = [];
      let changed = 0;
      for (let repetition = -2; repetition < count; repetition++) {
        for (let frame = 0; frame < 10; frame++) await probes.afterFrame();
        const bounds = chart.getBoundingClientRect();
        // Places that lie apart from each other: multiples of the golden section, and of another.
        const x = x0 + (x1 - x0) * (((repetition + 3) * 0.618_034) % 1);
        const y = y0 + (y1 - y0) * (((repetition + 3) * 0.414_214) % 1);
        const before = store.getState().preview;
        const start = performance.now();
        chart.dispatchEvent(
          new PointerEvent('pointermove', {
            bubbles: true,
            clientX: bounds.left + x * bounds.width,
            clientY: bounds.top + y * bounds.height,
            pointerType: 'mouse',
          }),
        );
        const time = await probes.overlaid(name, start);
        // Between two heads there is nothing to point at.
        if (repetition < 0 || time === null) continue;
        measured.push(time - start);
        // The other views follow once the pointer rests.
        await new Promise((resolve) => setTimeout(resolve, 90));
        if (store.getState().preview !== before) changed++;
      }
      actions.preview(null);
      return { times: measured, changes: changed };
    },
    [view, area.x, area.y, bench.manyRepetitions] as const,
  );
  if (changes < bench.manyRepetitions * 0.6)
    throw new Error(`only ${changes} of ${bench.manyRepetitions} moves previewed something`);
  return times;
}

async function countNodes(bench: Bench): Promise<number> {
  const page = await longPage(bench);
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    let count = 1;
    while (walker.nextNode() !== null) count++;
    return count;
  });
}

export const VIEW_ROWS: readonly Measurement[] = [
  {
    group: GROUP,
    name: 'head grid drawn after the data',
    unit: 'ms',
    target: atMost(100),
    note: `all 30 layers' summaries arrive at once and nothing of them is drawn or counted yet: from then ${DONE}; the other views take part`,
    measure: async (bench) => medianOf(await timeGrid(bench)),
  },
  {
    group: GROUP,
    name: 'head switch, new head',
    unit: 'ms',
    target: atMost(16),
    note: `an arrow key in the head grid: the exact matrix is fetched from the worker and painted as heatmap, the other views follow in tasks of their own; ${DONE}`,
    measure: async (bench) => medianOf(await timeHeadSwitch(bench, false)),
  },
  {
    group: GROUP,
    name: 'head switch, back to a head',
    unit: 'ms',
    target: atMost(16),
    note: 'the same between two heads whose matrices the page holds',
    measure: async (bench) => medianOf(await timeHeadSwitch(bench, true)),
  },
  {
    group: GROUP,
    name: 'hover in the heatmap',
    unit: 'ms',
    target: atMost(8),
    note: `the pointer moves to another cell: its note with the exact weight; the other views follow when the pointer rests; ${DONE}`,
    measure: async (bench) =>
      medianOf(await timeHover(bench, 'attention-heatmap', { x: [0.2, 0.45], y: [0.55, 0.8] })),
  },
  {
    group: GROUP,
    name: 'hover in the head grid',
    unit: 'ms',
    target: atMost(8),
    note: `the pointer moves to another head: its note with its numbers; the other views follow when the pointer rests; ${DONE}`,
    measure: async (bench) =>
      medianOf(await timeHover(bench, 'head-grid', { x: [0.08, 0.95], y: [0.05, 0.9] })),
  },
  {
    group: GROUP,
    name: 'nodes of the document',
    unit: 'nodes',
    target: atMost(3000),
    note: 'elements and texts, with 512 tokens in the token strip',
    measure: async (bench) => medianOf([await countNodes(bench)]),
  },
];
