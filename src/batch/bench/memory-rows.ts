import type { Precision } from '../../model/weight-form.ts';
import { type Bench, THREADS } from './bench.ts';
import { openSite } from './browser.ts';
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
];
