import type { RunId } from '../lib/flavor.ts';
import type { RunData, SliceReader } from '../protocol/run.ts';
import type { CausalSlice } from '../tensor/causal-slice.ts';

/** How many exact matrices the page holds at most, and how many bytes of them; the latest always stays. */
const HELD_SLICES = 24;
const HELD_BYTES = 192 << 20;

/** Numbers of runs, outside the reactive state: found by run id, never changed in place. */
export class RunRegistry {
  private readonly runs = new Map<RunId, RunData>();
  private readonly readers = new Map<RunId, SliceReader>();
  private readonly slices = new Map<string, Promise<CausalSlice>>();
  private readonly arrived = new Map<string, CausalSlice>();

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
      if (!kept.some((id) => key.startsWith(`${id}/`))) this.letGo(key);
    }
  }

  /** A matrix that is here already, or null. */
  peekSlice(runId: RunId, layer: number, head: number): CausalSlice | null {
    return this.arrived.get(this.sliceKey(runId, layer, head)) ?? null;
  }

  /** One head's matrix; the same one is asked for once. A failure is not remembered. */
  readSlice(engine: SliceReader, runId: RunId, layer: number, head: number): Promise<CausalSlice> {
    const key = this.sliceKey(runId, layer, head);
    const known = this.slices.get(key);
    if (known !== undefined) {
      this.slices.delete(key);
      this.slices.set(key, known);
      return known;
    }
    const slice = (this.readers.get(runId) ?? engine).readSlice(runId, layer, head);
    this.slices.set(key, slice);
    slice.then(
      (matrix) => {
        if (this.slices.get(key) !== slice) return;
        this.arrived.set(key, matrix);
        this.keepBudget(key);
      },
      () => this.slices.get(key) === slice && this.letGo(key),
    );
    return slice;
  }

  /** A run that is continued token by token grows under one id: its length is part of the name. */
  private sliceKey(runId: RunId, layer: number, head: number): string {
    return `${runId}/${this.runs.get(runId)?.tokens.ids.length ?? 0}/${layer}/${head}`;
  }

  private letGo(key: string): void {
    this.slices.delete(key);
    this.arrived.delete(key);
  }

  /** Lets the matrices that were asked for longest ago go, but never the latest one. */
  private keepBudget(latest: string): void {
    let bytes = 0;
    for (const { packed } of this.arrived.values()) bytes += packed.byteLength;
    for (const key of [...this.slices.keys()]) {
      if (this.slices.size <= HELD_SLICES && bytes <= HELD_BYTES) return;
      if (key === latest) continue;
      bytes -= this.arrived.get(key)?.packed.byteLength ?? 0;
      this.letGo(key);
    }
  }
}
