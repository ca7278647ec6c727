import type { DownloadProgress } from '../protocol/library.ts';
import { DownloadSpeed } from './download-speed.ts';

/** Progress is told at most so often, milliseconds. */
const TELL_EVERY = 100;

/** Adds up the files of a download and tells how far it is, not too often. */
export class DownloadTeller {
  private readonly speed = new DownloadSpeed();
  private toldAt = Number.NEGATIVE_INFINITY;
  private restarted: string | null = null;

  constructor(
    private readonly tell: (progress: DownloadProgress) => void,
    private readonly sizes: Map<string, number | null>,
    private readonly done: Map<string, number>,
  ) {}

  bytes(fileName: string, doneBytes: number, totalBytes: number | null): void {
    if (doneBytes < (this.done.get(fileName) ?? 0)) this.speed.reset();
    this.done.set(fileName, doneBytes);
    this.sizes.set(fileName, totalBytes);
    const { all, total } = this.sums();
    this.speed.add(all);
    const now = performance.now();
    const isWhole = doneBytes === totalBytes;
    if (!isWhole && now - this.toldAt < TELL_EVERY) return;
    this.toldAt = now;
    this.tell({
      stage: 'downloading',
      fileName,
      doneBytes: all,
      totalBytes: total,
      bytesPerSecond: this.speed.bytesPerSecond,
      secondsLeft: this.speed.secondsLeft(all, total),
      hasRestarted: this.restarted === fileName,
    });
  }

  waits(seconds: number, why: string): void {
    this.speed.reset();
    const { all, total } = this.sums();
    this.tell({ stage: 'waiting', seconds, why, doneBytes: all, totalBytes: total });
  }

  checks(fileName: string): void {
    const { all, total } = this.sums();
    this.tell({
      stage: 'checking',
      fileName,
      doneBytes: all,
      totalBytes: total,
      bytesPerSecond: null,
      secondsLeft: null,
      hasRestarted: this.restarted === fileName,
    });
  }

  /** A file that turned out not to be there. */
  forget(fileName: string): void {
    this.sizes.delete(fileName);
    this.done.delete(fileName);
  }

  restarts(fileName: string): void {
    this.restarted = fileName;
    this.speed.reset();
  }

  private sums(): { readonly all: number; readonly total: number | null } {
    const sizes = [...this.sizes.values()];
    return {
      all: [...this.done.values()].reduce((sum, bytes) => sum + bytes, 0),
      total: sizes.includes(null)
        ? null
        : sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0),
    };
  }
}
