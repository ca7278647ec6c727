import type { ModelFile } from '../model/model-file.ts';
import type { WeightScoreKind } from '../protocol/weight-scores.ts';
import type { LayerCircuit, OutputNorm } from './head-circuit.ts';
import type { LoadedModel } from './loaded-model.ts';
import type { Products } from './products.ts';

/** What every scorer works with. */
export interface ScoreContext {
  readonly model: LoadedModel;
  readonly file: ModelFile;
  readonly products: Products;
  readonly outputNorm: OutputNorm;
  /**
   * Does a short piece of work with the model to itself; everything that runs a session goes through it,
   * and others get in between two. Rejects when the work was cancelled or the model let go.
   */
  readonly step: <T>(work: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal | undefined;
}

/** Values of one head by kind. */
export type HeadScores = Partial<Record<WeightScoreKind, number>>;

/** Scores one layer's heads, once for each layer. */
export type Scorer = (circuit: LayerCircuit) => Promise<(head: number) => Promise<HeadScores>>;
