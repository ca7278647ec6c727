import { planLayerWeights } from './layer-weights.ts';
import type { ModelConfig } from './model-config.ts';
import type { ModelFile } from './model-file.ts';
import { findEmbedding, planOutputWeights } from './output-weights.ts';
import { type Precision, placeWeights } from './weight-form.ts';
import type { WeightPlan } from './weight-plan.ts';

/** Memory that a model will take, bytes. */
export interface MemoryEstimate {
  /** Weights in the runtime. */
  readonly weights: number;
  /** Token embeddings and learned positions, which stay outside the runtime. */
  readonly embedding: number;
  /** What is read and handed over at once at the worst moment of loading. */
  readonly loading: number;
  /** Caches of a text, exact rows that are kept, and one block of queries in the runtime. */
  readonly running: number;
  /** The part of `running` that lies in the runtime's heap. */
  readonly block: number;
  /** All of it and the page itself, at its peak. */
  readonly total: number;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

const storedBytes = (plan: WeightPlan<string>): number =>
  sum(plan.uses.map(({ tensor }) => tensor.bytes));
