import type { Bench } from './bench.ts';
import { medianOf } from './engine-rows.ts';
import { atMost, type Measurement } from './measurement.ts';
import type { OpeningTimes } from './probes.ts';

const GROUP = 'Opening the built site';
const MODEL_ORDER = ['loading', 'runtime', 'header', 'weights', 'output', 'ready'];

/** Openings, each in a browser that was never used, until the model is ready and its first run is done. */
function openFresh(bench: Bench): Promise<readonly OpeningTimes[]> {
  return bench.once('openings', async () => {
    const { url } = await bench.site();
    const openings: OpeningTimes[] = [];
    for (let repetition = 0; repetition < bench.repetitions; repetition++) {
      const opened = await bench.blankPage();
      try {
        await opened.page.goto(`${url}?device=wasm`);
        await opened.page.waitForFunction(
          () => {
            const { opening } = window.__bench;
            return opening.stages.ready !== undefined && opening.firstGrid !== null;
          },
          null,
          { timeout: 120_000 },
        );
        openings.push(await opened.page.evaluate(() => window.__bench.opening));
      } finally {
        await opened.close();
      }
    }
    return openings;
  });
}

function describeStages(openings: readonly OpeningTimes[]): string {
  const [{ stages }] = openings;
  return MODEL_ORDER.filter((stage) => stages[stage] !== undefined)
    .map((stage) => `${stage} ${Math.round(stages[stage])} ms`)
    .join(', ');
}

const FRESH = 'fresh profile, from the start of the navigation';

export const OPENING_ROWS: readonly Measurement[] = [
  {
    group: GROUP,
    name: 'first contentful paint',
    unit: 'ms',
    target: atMost(1000),
    note: `${FRESH} until the browser paints the first text`,
    measure: async (bench) =>
      medianOf(
        (await openFresh(bench)).map(({ firstContentfulPaint }) => firstContentfulPaint ?? NaN),
      ),
  },
  {
    group: GROUP,
    name: 'first head grid',
    unit: 'ms',
    target: atMost(1000),
    note: `${FRESH} until the frame in which the head grid has drawn pixels (a recorded run before the model is ready)`,
    measure: async (bench) =>
      medianOf((await openFresh(bench)).map(({ firstGrid }) => firstGrid ?? NaN)),
  },
  {
    group: GROUP,
    name: 'embedded model ready',
    unit: 'ms',
    target: atMost(5000),
    note: `${FRESH} until a text can be run; the file comes from this machine`,
    async measure(bench) {
      const openings = await openFresh(bench);
      return medianOf(
        openings.map(({ stages }) => stages.ready),
        `first opening: ${describeStages(openings)}`,
      );
    },
  },
  {
    group: GROUP,
    name: 'sessions, WASM',
    unit: 'ms',
    target: null,
    note: "of these the part from the file's header until the model is ready: reading, dequantising, and making the sessions",
    measure: async (bench) =>
      medianOf((await openFresh(bench)).map(({ stages }) => stages.ready - stages.header)),
  },
];
