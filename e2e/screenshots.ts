import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright';
import { findBrowser } from '../src/testing/find-browser.ts';

/** Takes the pictures of the README from the built, running page: `npm run build && npm run screenshots`. */
const PORT = 4293;
const FOLDER = 'public/screenshots';
const SHOTS = [
  { name: 'read-light', theme: 'light', width: 1440, height: 900 },
  { name: 'read-dark', theme: 'dark', width: 1440, height: 900 },
] as const;
const VIEW = '#v=1&head=18.6&query=33&key=3&firstToken=drop&sample=repeats';

async function waitForServer(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const isThere = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}

const url = `http://localhost:${PORT}/`;
const vite = ['node_modules/vite/bin/vite.js', 'preview', '--port', String(PORT), '--strictPort'];
const server = spawn(process.execPath, vite, { stdio: 'ignore' });
try {
  await waitForServer(url);
  await mkdir(FOLDER, { recursive: true });
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  for (const { name, theme, width, height } of SHOTS) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme });
    await page.addInitScript(() => localStorage.setItem('headlight.welcome', 'true'));
    await page.goto(url + VIEW);
    await page.locator('[data-model=ready]').waitFor({ timeout: 60_000 });
    await page.evaluate(() => (window as unknown as { __idle: () => Promise<void> }).__idle());
    await page.screenshot({ path: `${FOLDER}/${name}.png` });
    console.log(`${FOLDER}/${name}.png`);
    await page.close();
  }
  await browser.close();
} finally {
  server.kill();
}
