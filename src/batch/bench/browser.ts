import { readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright';
import { findBrowser } from '../../testing/find-browser.ts';
import { installProbes, type Probes } from './probes.ts';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
declare global {
  interface Window {
    /** Only in pages that the benchmark opened. */
    readonly __bench: Probes;
  }
}

/** A page of a browser with a fresh profile, with the benchmark's probes in it. */
export interface OpenedPage {
  readonly page: Page;
  readonly browser: Browser;
  /** Peak resident memory of the page's process, bytes; null where the system does not tell. */
  readPeakMemory(): Promise<number | null>;
  /** Resident memory of the page's process now, bytes; null where the system does not tell. */
  readMemory(): Promise<number | null>;
  close(): Promise<void>;
}

/** Starts a browser; the page is blank until `open` is called. */
export async function startPage(): Promise<OpenedPage> {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ARGUMENTS,
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 720 },
      deviceScaleFactor: 1,
    });
    // The compiler of this script wraps named functions with a call that the page does not have.
    await page.addInitScript('globalThis.__name ??= (target) => target;');
    await page.addInitScript(installProbes);
    return {
      page,
      browser,
      readPeakMemory: () => readStatus(browser, 'VmHWM'),
      readMemory: () => readStatus(browser, 'VmRSS'),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** Opens the built site and waits for the embedded model and its first run. */
export async function openSite(opened: OpenedPage, url: string, query: string): Promise<void> {
  await opened.page.goto(`${url}${query}`);
  await opened.page.waitForFunction(
    () => window.__bench.headlight()?.store.getState().model.status === 'ready',
    null,
    { timeout: 120_000 },
  );
  await opened.page.evaluate(() => window.__bench.headlight().whenIdle());
}

/** The largest renderer's memory: the page with its workers and their shared memory. */
async function readStatus(browser: Browser, field: 'VmHWM' | 'VmRSS'): Promise<number | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => {
      try {
        const status = readFileSync(`/proc/${id}/status`, 'utf8');
        return 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
      } catch {
        return Number.NaN;
      }
    })
    .filter((bytes) => Number.isFinite(bytes));
  return peaks.length === 0 ? null : Math.max(...peaks);
}
