/**
 * Runs one piece of work at a time and only the latest asked for: asking again aborts what runs and
 * forgets what waits.
 */
export class LatestWins {
  private controller: AbortController | null = null;

  /** Starts `work`; its signal is raised when something newer is asked for or `cancel` is called. */
  start(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.cancel();
    const controller = new AbortController();
    this.controller = controller;
    return work(controller.signal).finally(() => {
      if (this.controller === controller) this.controller = null;
    });
  }

  cancel(): void {
    this.controller?.abort();
    this.controller = null;
  }

  get isBusy(): boolean {
    return this.controller !== null;
  }
}
