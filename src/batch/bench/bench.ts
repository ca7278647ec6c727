import { type OpenedPage, openSite, startPage } from './browser.ts';
import { type NativeEngine, startNativeEngine } from './native.ts';
import { buildWhenOld, type Site, serveSite } from './site.ts';
import { writeText } from './texts.ts';

export interface BenchOptions {
  /** Fewer repetitions. */
  readonly isQuick: boolean;
  /** Folder of the built site. */
  readonly folder: string;
  readonly port: number | null;
  /** Whether the site is built again when a source is younger. */
  readonly builds: boolean;
}

/** Threads on both sides of every comparison. */
export const THREADS = 2;

/** What measurements share: started when first asked for, ended together. */
export class Bench {
  private readonly results = new Map<string, Promise<unknown>>();
  private readonly endings: (() => Promise<void>)[] = [];

  constructor(private readonly options: BenchOptions) {}

  /** How often a costly thing (a run, an opening) is repeated. */
  get repetitions(): number {
    return this.options.isQuick ? 1 : 3;
  }

  /** How often a cheap thing (a hover) is repeated. */
  get manyRepetitions(): number {
    return this.options.isQuick ? 5 : 20;
  }

  /** Does something once, however many measurements ask for it. */
  once<T>(key: string, work: () => Promise<T>): Promise<T> {
    const known = this.results.get(key) as Promise<T> | undefined;
    if (known) return known;
    const result = work();
    this.results.set(key, result);
    return result;
  }

  site(): Promise<Site> {
    return this.once('site', async () => {
      if (this.options.builds) await buildWhenOld(this.options.folder);
      const site = await serveSite(this.options.folder, this.options.port);
      this.endings.push(() => site.stop());
      return site;
    });
  }

  native(): Promise<NativeEngine> {
    return this.once('native', async () => {
      const native = await startNativeEngine(THREADS);
      this.endings.push(async () => native.engine.dispose());
      return native;
    });
  }

  /** A part of the samples that is exactly `count` tokens. */
  text(count: number): Promise<string> {
    return this.once(`text ${count}`, async () => {
      const { engine } = await this.native();
      return writeText(count, (text) => engine.tokenize(text));
    });
  }

  /** The site with its model ready. */
  readyPage(): Promise<OpenedPage> {
    return this.once('page', async () => {
      const site = await this.site();
      const opened = await startPage();
      this.endings.push(() => opened.close());
      await openSite(opened, site.url, `?device=wasm&threads=${THREADS}`);
      return opened;
    });
  }

  /** A browser of its own that the caller closes; nothing is opened in it yet. */
  async blankPage(): Promise<OpenedPage> {
    const opened = await startPage();
    await opened.page.goto('about:blank');
    return opened;
  }

  async close(): Promise<void> {
    for (const end of this.endings.reverse()) await end();
  }
}
