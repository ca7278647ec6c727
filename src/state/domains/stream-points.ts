import type { StreamPooling } from './domain-options.ts';
import type { DomainSetResults } from './domain-results.ts';

/** One point a text, and which set it belongs to. */
export interface StreamPoints {
  /** [texts, columns] */
  readonly points: Float32Array;
  readonly columns: number;
  /** [texts] place of the text's set. */
  readonly labels: Int32Array;
}

/**
 * The stream of every text of some sets, set after set: `layer` 0 is the embedding, l what enters layer l,
 * and the number of layers what leaves the last one after the final norm.
 */
export function toStreamPoints(
  sets: readonly DomainSetResults[],
  layer: number,
  pooling: StreamPooling,
): StreamPoints {
  const profiles = sets.flatMap((set) => set.profiles);
  const columns = profiles[0]?.hiddenSize ?? 0;
  const points = new Float32Array(profiles.length * columns);
  profiles.forEach(({ meanStream, lastStream }, text) => {
    const stream = pooling === 'mean' ? meanStream : lastStream;
    points.set(stream.subarray(layer * columns, (layer + 1) * columns), text * columns);
  });
  const labels = Int32Array.from(sets.flatMap(({ profiles: own }, label) => own.map(() => label)));
  return { points, columns, labels };
}
