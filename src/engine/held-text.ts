import type { LayerIndex, RunId } from '../lib/flavor.ts';
import { HeadlightError } from '../lib/headlight-error.ts';
import type { ModelConfig } from '../model/model-config.ts';
import { rowStart } from '../tensor/causal-slice.ts';
import type { PredictionRows } from './predict.ts';
import { commonPrefix, type LayerCache, SequenceCache } from './sequence-cache.ts';

/** Runs whose tokens are remembered: the newest ones. */
const REMEMBERED_RUNS = 8;

/**
 * What is held of the person's text: the cache of its last run, its predictions, and which tokens the
 * newest runs had. Rows are kept within `keptRowsBytes`.
 */
export class HeldText {
  readonly cache: SequenceCache;
  predictions: PredictionRows | null = null;
  private readonly runs = new Map<RunId, Int32Array>();

  constructor(
    private readonly config: ModelConfig,
    private readonly keptRowsBytes: number,
  ) {
    this.cache = new SequenceCache(config);
  }

  /** Remembers which tokens a run had; the oldest of many is forgotten. */
  remember(runId: RunId, ids: Int32Array): void {
    this.runs.delete(runId);
    this.runs.set(runId, ids);
    const [oldest] = this.runs.keys();
    if (this.runs.size > REMEMBERED_RUNS && oldest !== undefined) this.runs.delete(oldest);
  }

  /**
   * What is held of a layer for a run of `count` tokens. The text that is held may go on after the run's:
   * attention is causal, so the rows of its beginning are the run's own. Throws `run-let-go`.
   */
  layer(runId: RunId, layer: LayerIndex): { readonly cached: LayerCache; readonly count: number } {
    const ids = this.runs.get(runId);
    const cached = this.cache.layers[layer];
    if (ids === undefined || cached === undefined) throw letGo(runId);
    if (commonPrefix(cached.ids, ids) !== ids.length) throw letGo(runId);
    return { cached, count: ids.length };
  }

  /** How many layers' exact rows may be kept for a text of `count` tokens. */
  countKeptLayers(count: number): number {
    return Math.floor(this.keptRowsBytes / (4 * rowStart(count) * this.config.headCount));
  }

  /** Lets other layers' rows go until one more layer fits. */
  makeRoom(layer: LayerIndex, count: number): void {
    const others = this.cache.layers.filter((cached, l) => l !== layer && cached.attention);
    const fits = Math.max(0, this.countKeptLayers(count) - 1);
    for (const cached of others.slice(0, Math.max(0, others.length - fits)))
      cached.attention = null;
  }
}

/** The error of a run that is held no longer. */
export function letGo(runId: RunId): HeadlightError {
  return new HeadlightError('run-let-go', `Run ${runId} is no longer held; run the text again.`, {
    runId,
  });
}
