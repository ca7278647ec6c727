import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserVersion, findBrowser } from './find-browser.ts';

/** How many tests passed, failed and were skipped. */
interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const reports = mkdtempSync(join(tmpdir(), 'headlight-tests-'));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
let isGood = true;

function run(script: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...script], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.on('exit', (code) => resolve(code === 0));
    child.on('error', () => resolve(false));
  });
}

/** One step of the test run; a failing one lets the others go on. */
async function step(name: string, work: () => Promise<boolean>): Promise<void> {
  const start = Date.now();
  console.log(`\n== ${name}`);
  const passed = await work().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return false;
  });
  console.log(
    `== ${name}: ${passed ? 'ok' : 'FAILED'}, ${Math.round((Date.now() - start) / 1000)} s`,
  );
  isGood &&= passed;
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

const bin = (path: string): string => join('node_modules', path);

await step('types', () => run([bin('typescript/bin/tsc'), '--noEmit']));
await step('lint and format', () =>
  run([bin('@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', '.']),
);
await step('unit and golden', async () => {
  const file = join(reports, 'unit.json');
  const passed = await run([
    bin('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = readReport(file) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
  } | null;
  total.passed += report?.numPassedTests ?? 0;
  total.failed += report?.numFailedTests ?? 0;
  total.skipped += report?.numPendingTests ?? 0;
  return passed && report !== null && report.numPassedTests > 0;
});
await step('build', () => run([bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn']));
await step('browser', async () => {
  const browser = findBrowser();
  console.log(browserVersion(browser));
  const file = join(reports, 'e2e.json');
  const passed = await run(
    [
      bin('@playwright/test/cli.js'),
      'test',
      '--config',
      'e2e/playwright.config.ts',
      '--reporter=list,json',
    ],
    { HEADLIGHT_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  );
  const report = readReport(file) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  } | null;
  total.passed += (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0);
  total.failed += report?.stats.unexpected ?? 0;
  total.skipped += report?.stats.skipped ?? 0;
  return passed && report !== null && report.stats.expected > 0;
});

rmSync(reports, { recursive: true, force: true });
if (!isGood && total.failed === 0) total.failed = 1;
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = isGood ? 0 : 1;
