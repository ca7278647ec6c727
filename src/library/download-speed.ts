/** Bytes a second over the last few seconds. */
const WINDOW_MS = 5000;

/** Watches a download's bytes and says how fast it is and how long it will take. */
export class DownloadSpeed {
  private readonly marks: { readonly at: number; readonly bytes: number }[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {}

  add(doneBytes: number): void {
    const at = this.now();
    this.marks.push({ at, bytes: doneBytes });
    while (this.marks.length > 2 && at - this.marks[0].at > WINDOW_MS) this.marks.shift();
  }

  /** Forgets what was: after a pause the old speed says nothing. */
  reset(): void {
    this.marks.length = 0;
  }

  /** Null until a quarter of a second has passed. */
  get bytesPerSecond(): number | null {
    const first = this.marks[0];
    const last = this.marks[this.marks.length - 1];
    if (first === undefined || last.at - first.at < 250) return null;
    return (1000 * (last.bytes - first.bytes)) / (last.at - first.at);
  }

  /** Null while the speed or the size is not known. */
  secondsLeft(doneBytes: number, totalBytes: number | null): number | null {
    const speed = this.bytesPerSecond;
    if (speed === null || speed <= 0 || totalBytes === null) return null;
    return Math.max(0, (totalBytes - doneBytes) / speed);
  }
}
