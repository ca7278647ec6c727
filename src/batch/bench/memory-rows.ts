import type { Precision } from '../../model/weight-form.ts';
import { type Bench, THREADS } from './bench.ts';
import { openSite } from './browser.ts';
import { type LargeFileType, writeLargeFile } from './large-file.ts';
import { atMost, type Measurement, type Outcome } from './measurement.ts';

async function measurePeak(bench: Bench, precision: Precision): Promise<Outcome> {
  const { url } = await bench.site();
  const text = await bench.text(512);
  const opened = await bench.blankPage();
  try {
    await openSite(opened, url, `?device=wasm&threads=${THREADS}&precision=${precision}`);
    const loaded = await opened.readPeakMemory();
    await opened.page.evaluate(async (content) => {
      const { actions, whenIdle } = window.__bench.headlight();
      actions.setText(content);
      await whenIdle();
      for (let frame = 0; frame < 10; frame++) await window.__bench.afterFrame();
    }, text);
    const run = await opened.readPeakMemory();
    if (run === null || loaded === null)
      return { kind: 'not-measured', why: 'this system has no /proc/<pid>/status' };
    return {
      kind: 'value',
      value: run / 1e6,
      samples: [run / 1e6],
      detail: `${Math.round(loaded / 1e6)} MB when the model was ready and the first text had run`,
    };
  } finally {
    await opened.close();
  }
}

/** A small model in the embedded one's place: what the page takes by itself. */
const SMALL_MODEL = 'src/testing/golden/quantised/Q4_0.gguf';
const LARGE_FILE = 500e6;
/** What reading a file may take beside the file's own size, MB. */
const BESIDE = 400;

/** Opens a large file from disk as a person does, and runs a short text; what that adds to the page's peak. */
async function measureReading(bench: Bench, type: LargeFileType): Promise<Outcome> {
  const { url } = await bench.site();
  const file = await writeLargeFile(type, LARGE_FILE);
  const opened = await bench.blankPage();
  try {
    await opened.page.route('**/models/*.gguf', (route) => route.fulfill({ path: SMALL_MODEL }));
    await openSite(opened, url, `?device=wasm&threads=${THREADS}`);
    const own = await opened.readPeakMemory();
    await opened.page.locator('.chip.model').click();
    await opened.page.locator('[data-input=model-files]').setInputFiles(file.path);
    await opened.page.waitForFunction(
      () => {
        const { model } = window.__bench.headlight().store.getState();
        return model.status === 'ready' && model.facts.fileName.startsWith('large');
      },
      null,
      { timeout: 300_000 },
    );
    await opened.page.evaluate(() => window.__bench.headlight().whenIdle());
    const peak = await opened.readPeakMemory();
    const { precision } = await opened.page.evaluate(() => {
      const { model } = window.__bench.headlight().store.getState();
      if (model.status !== 'ready') throw new Error('the model is not ready');
      return { precision: model.facts.precision };
    });
    if (own === null || peak === null)
      return { kind: 'not-measured', why: 'this system has no /proc/<pid>/status' };
    const added = (peak - own) / 1e6;
    return {
      kind: 'value',
      value: added,
      samples: [added],
      detail: `${Math.round(file.bytes / 1e6)} MB of ${type}, ${precision}; the page by itself ${Math.round(own / 1e6)} MB`,
    };
  } finally {
    await opened.close();
    await file.remove();
  }
}

export const MEMORY_ROWS: readonly Measurement[] = [
  {
    group: 'Memory',
    name: 'page, peak, after 512 tokens',
    unit: 'MB',
    target: atMost(1600),
    note: "largest resident memory (VmHWM) that the page's process with its workers ever had: fresh browser, loading the model, one run of 512 tokens; shared libraries are counted in",
    measure: (bench) => measurePeak(bench, 'dequantised'),
  },
  {
    group: 'Memory',
    name: 'page, peak, after 512 tokens, weights kept packed',
    unit: 'MB',
    target: atMost(900),
    note: 'as the row before, with quantised weights held as in the file',
    measure: (bench) => measurePeak(bench, 'packed'),
  },
  ...(['Q4_0', 'F16', 'F32'] as const).map(
    (type): Measurement => ({
      group: 'Memory',
      name: `a file of 500 MB (${type}) opened and run, above the page itself`,
      unit: 'MB',
      target: atMost(LARGE_FILE / 1e6 + BESIDE),
      note: 'peak of the page after opening the file from disk and running the text at hand, less its peak with a model of 0.5 MB',
      measure: (bench) => measureReading(bench, type),
    }),
  ),
];
