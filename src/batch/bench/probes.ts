import type { AtlasStore } from '../../state/atlas/atlas-store.ts';
import type { DomainsStore } from '../../state/domains/domains-store.ts';
import type { HeadlightStore } from '../../state/store.ts';

/** When things happened on the page, milliseconds after its navigation began; null when not yet. */
export interface OpeningTimes {
  firstContentfulPaint: number | null;
  /** The head grid's canvas has drawn pixels in it, and a frame with them was made. */
  firstGrid: number | null;
  /** Each stage of loading the model when it was first told, and `ready`. */
  stages: Record<string, number>;
}

/** A task of the page's thread over 50 ms. */
export interface LongTask {
  readonly start: number;
  readonly duration: number;
}

/** What the benchmark puts into the page before the page's own scripts. */
export interface Probes {
  readonly opening: OpeningTimes;
  readonly longTasks: LongTask[];
  /** Functions that ran longest within frames over 50 ms: "name (file:position) 34 ms". */
  readonly longScripts: string[];
  /** The page's own store, once it is there. */
  headlight(): HeadlightStore;
  domains(): DomainsStore;
  atlas(): AtlasStore;
  /** Resolves with the time when the next frame is made: its scripts, style, layout and paint done. */
  afterFrame(): Promise<number>;
  /** When the main canvas of a view was last painted; 0 for never. */
  paintedAt(view: string): number;
  /** The chart of a view; throws when it is not on the page. */
  chart(view: string): HTMLElement;
  /** Resolves with the time of the frame in which a view, painted at `since` or later, is shown. */
  shown(view: string, since: number): Promise<number>;
  /**
   * Resolves when a view's canvas was painted at `since` or later and style and layout of the page are
   * done, with that time.
   */
  painted(view: string, since: number): Promise<number>;
  /** The same for what follows the pointer; null when nothing of it was painted soon. */
  overlaid(view: string, since: number): Promise<number | null>;
}

/** Runs in the page as an init script: must be whole in itself. */
export function installProbes(): void {
  const opening: OpeningTimes = { firstContentfulPaint: null, firstGrid: null, stages: {} };
  const longTasks: LongTask[] = [];
  const longScripts: string[] = [];
  const painted = new Map<string, number>();
  const overlaid = new Map<string, number>();

  const clearRect = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (x, y, width, height) {
    const view = this.canvas.closest<HTMLElement>('[data-view]')?.dataset.view;
    if (view !== undefined) {
      overlaid.set(view, performance.now());
      if (!this.canvas.classList.contains('overlay')) painted.set(view, performance.now());
    }
    clearRect.call(this, x, y, width, height);
  };

  const afterFrame = (): Promise<number> =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve(performance.now());
        };
        port2.postMessage(null);
      });
    });
  const waitFor = async (
    times: ReadonlyMap<string, number>,
    view: string,
    since: number,
    milliseconds: number,
  ): Promise<number | null> => {
    const limit = performance.now() + milliseconds;
    // What an event changes is painted in a microtask after it, what a worker answers in later tasks.
    await Promise.resolve();
    while ((times.get(view) ?? 0) < since) {
      if (performance.now() > limit) return null;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    document.body.getBoundingClientRect();
    return performance.now();
  };
  const probes: Probes = {
    opening,
    longTasks,
    longScripts,
    headlight: () => Reflect.get(window, '__headlight') as HeadlightStore,
    domains: () => Reflect.get(window, '__domains') as DomainsStore,
    atlas: () => Reflect.get(window, '__atlas') as AtlasStore,
    afterFrame,
    paintedAt: (view) => painted.get(view) ?? 0,
    chart(view) {
      const found = document.querySelector<HTMLElement>(`[data-view="${view}"] .chart`);
      if (found === null) throw new Error(`the page shows no chart of ${view}`);
      return found;
    },
    async shown(view, since) {
      const limit = performance.now() + 20_000;
      while (performance.now() < limit) {
        const isPainted = (painted.get(view) ?? 0) >= since;
        const time = await afterFrame();
        if (isPainted) return time;
      }
      throw new Error(`${view} was not painted within 20 s`);
    },
    async painted(view, since) {
      const time = await waitFor(painted, view, since, 20_000);
      if (time === null) throw new Error(`${view} was not painted within 20 s`);
      return time;
    },
    overlaid: (view, since) => waitFor(overlaid, view, since, 200),
  };
  Object.assign(window, { __bench: probes });

  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries())
      longTasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime, name } of list.getEntries())
      if (name === 'first-contentful-paint') opening.firstContentfulPaint = startTime;
  }).observe({ type: 'paint', buffered: true });
  if (PerformanceObserver.supportedEntryTypes.includes('long-animation-frame')) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        for (const script of (Reflect.get(entry, 'scripts') ?? []) as Record<string, unknown>[]) {
          const place = `${String(script.sourceURL).split('/').pop()}:${script.sourceCharPosition}`;
          const cost = Math.round(Number(script.duration));
          longScripts.push(
            `${script.invoker} ${script.sourceFunctionName} (${place}) ${cost} ms, forced layout ${Math.round(Number(script.forcedStyleAndLayoutDuration))} ms`,
          );
        }
      }
    }).observe({ type: 'long-animation-frame', buffered: true });
  }

  /** Whether any pixel of the grid's canvas is drawn; read from a small copy. */
  const isDrawn = (canvas: HTMLCanvasElement): boolean => {
    if (canvas.width < 2 || canvas.height < 2) return false;
    const copy = new OffscreenCanvas(64, 64).getContext('2d');
    copy?.drawImage(canvas, 0, 0, 64, 64);
    return copy?.getImageData(0, 0, 64, 64).data.some((byte) => byte !== 0) ?? false;
  };
  let unsubscribe: (() => void) | null = null;
  const watch = (): void => {
    const store = Reflect.get(window, '__headlight') as HeadlightStore | undefined;
    if (store !== undefined && unsubscribe === null) {
      const note = (): void => {
        const { model } = store.store.getState();
        const stage = model.status === 'loading' ? model.progress?.stage : model.status;
        if (stage !== undefined) opening.stages[stage] ??= performance.now();
        if (model.status === 'ready') unsubscribe?.();
      };
      unsubscribe = store.store.subscribe(note);
      note();
    }
    const canvas = document.querySelector<HTMLCanvasElement>('[data-view="head-grid"] canvas');
    if (opening.firstGrid === null && canvas !== null && isDrawn(canvas))
      void afterFrame().then((time) => {
        opening.firstGrid ??= time;
      });
    if (opening.firstGrid === null || unsubscribe === null) requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
}
