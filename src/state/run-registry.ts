import type { RunId } from '../lib/flavor.ts';
import type { RunData, SliceReader } from '../protocol/run.ts';
import type { CausalSlice } from '../tensor/causal-slice.ts';

/** How many exact matrices the page holds at most. */
const HELD_SLICES = 24;

/** Numbers of runs, outside the reactive state: found by run id, never changed in place. */
export class RunRegistry {
  private readonly runs = new Map<RunId, RunData>();
  private readonly readers = new Map<RunId, SliceReader>();
  private readonly slices = new Map<string, Promise<CausalSlice>>();

  get(runId: RunId | null): RunData | null {
    return runId === null ? null : (this.runs.get(runId) ?? null);
  }

  /** Holds a run; `reader` when its matrices come from elsewhere than the engine. */
  set(run: RunData, reader?: SliceReader): void {
    this.runs.set(run.runId, run);
    if (reader) this.readers.set(run.runId, reader);
  }

  /** Lets all runs but these go. */
  keepOnly(kept: readonly RunId[]): void {
    for (const id of this.runs.keys()) {
      if (kept.includes(id)) continue;
      this.runs.delete(id);
      this.readers.delete(id);
    }
    for (const key of this.slices.keys()) {
      if (!kept.some((id) => key.startsWith(`${id}/`))) this.slices.delete(key);
    }
  }

  /** One head's matrix; the same one is asked for once. A failure is not remembered. */
  readSlice(engine: SliceReader, runId: RunId, layer: number, head: number): Promise<CausalSlice> {
    const key = `${runId}/${layer}/${head}`;
    const known = this.slices.get(key);
    if (known !== undefined) {
      this.slices.delete(key);
      this.slices.set(key, known);
      return known;
    }
    const slice = (this.readers.get(runId) ?? engine).readSlice(runId, layer, head);
    this.slices.set(key, slice);
    slice.catch(() => this.slices.delete(key));
    const [oldest] = this.slices.keys();
    if (this.slices.size > HELD_SLICES && oldest !== undefined) this.slices.delete(oldest);
    return slice;
  }
}
