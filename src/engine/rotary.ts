import type { ModelConfig } from '../model/architecture.ts';

/** Tables for a block of positions, [positions, head size]; the first half of `sin` is negated. */
export interface RotaryTables {
  readonly cos: Float32Array;
  readonly sin: Float32Array;
}

/**
 * Rotary position tables (Su et al. 2021, in the half-split form). Frequencies and angles are rounded to
 * float32 as reference implementations do, so that long texts agree with them.
 */
export function computeRotaryTables(
  config: ModelConfig,
  start: number,
  count: number,
): RotaryTables {
  const d = config.headSize;
  const half = d / 2;
  const cos = new Float32Array(count * d);
  const sin = new Float32Array(count * d);
  for (let i = 0; i < half; i++) {
    const frequency = Math.fround(1 / Math.fround(config.rotaryBase ** ((2 * i) / d)));
    for (let t = 0; t < count; t++) {
      const angle = Math.fround((start + t) * frequency);
      const at = t * d + i;
      cos[at] = cos[at + half] = Math.cos(angle);
      sin[at + half] = Math.sin(angle);
      sin[at] = -sin[at + half];
    }
  }
  return { cos, sin };
}
