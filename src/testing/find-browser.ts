import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** An installed Chromium or Chrome: HEADLIGHT_CHROMIUM, one on the PATH, or at a usual place. */
function findInstalled(): string | null {
  const named = process.env.HEADLIGHT_CHROMIUM;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...PLACES].find((path) => existsSync(path)) ?? null;
}

function attempt(command: string, args: readonly string[]): boolean {
  return spawnSync(command, [...args], { stdio: 'inherit' }).status === 0;
}

/**
 * Path of a Chromium for the browser tests: an installed one, else Playwright's own, else the system's
 * package manager's. Throws with what to do when there is none.
 */
export function findBrowser(): string {
  const installed = findInstalled();
  if (installed) return installed;
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  console.log('No Chromium found; asking Playwright for one …');
  const cli = join('node_modules', 'playwright', 'cli.js');
  if (attempt(process.execPath, [cli, 'install', 'chromium']) && existsSync(own)) return own;
  console.log('Playwright could not fetch one; asking the package manager …');
  if (process.platform === 'linux' && attempt('sh', ['-c', 'command -v apt-get >/dev/null'])) {
    const prefix = process.getuid?.() === 0 ? '' : 'sudo -n ';
    attempt('sh', ['-c', `${prefix}apt-get update && ${prefix}apt-get install -y chromium`]);
  }
  const found = findInstalled();
  if (found) return found;
  throw new Error(
    'No Chromium or Chrome was found. Install one, or name it in HEADLIGHT_CHROMIUM.',
  );
}

/** The browser's version, for the log. */
export function browserVersion(path: string): string {
  return execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
}
