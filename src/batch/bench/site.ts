import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const VITE = join('node_modules', 'vite', 'bin', 'vite.js');
/** What the built site is made from. */
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];

/** The built site, served as people get it. */
export interface Site {
  readonly url: string;
  readonly folder: string;
  stop(): Promise<void>;
}

/** The latest change below a path, milliseconds since 1970. Tests and command lines are not in the site. */
function newestChange(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs;
  return readdirSync(path)
    .filter((name) => !['batch', 'testing'].includes(name))
    .reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), 0);
}

async function run(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`vite ${args.slice(1).join(' ')} ended with ${code}`);
}

/** Builds the site when a source is younger than it. */
export async function buildWhenOld(folder: string): Promise<void> {
  const page = join(folder, 'index.html');
  const built = existsSync(page) ? statSync(page).mtimeMs : 0;
  if (SOURCES.every((source) => newestChange(source) <= built)) return;
  await run([VITE, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn']);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

async function waitUntilServed(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`vite preview ended with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}

/** Serves the built site on `port`, or on a free one. */
export async function serveSite(folder: string, wantedPort: number | null): Promise<Site> {
  const port = wantedPort ?? (await findFreePort());
  const url = `http://localhost:${port}/`;
  const child = spawn(
    process.execPath,
    [VITE, 'preview', '--outDir', folder, '--port', String(port), '--strictPort'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  };
  await waitUntilServed(url, child).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url, folder, stop };
}
