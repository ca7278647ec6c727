import { computeFrequencies, type Rotation } from '../model/rotation.ts';

/** Tables for a block of positions, [positions, rotated size]; the first half of `sin` is negated. */
export interface RotaryTables {
  readonly cos: Float32Array;
  readonly sin: Float32Array;
}

/**
 * Rotary position tables (Su et al. 2021, in the half-split form) of a text of `length` tokens.
 * Frequencies and angles are rounded to float32 as reference implementations do, so that long texts
 * agree with them.
 */
export function computeRotaryTables(
  rotation: Rotation,
  length: number,
  start: number,
  count: number,
): RotaryTables {
  const { size } = rotation;
  const half = size / 2;
  const { values, magnitude } = computeFrequencies(rotation, length);
  const cos = new Float32Array(count * size);
  const sin = new Float32Array(count * size);
  for (let i = 0; i < half; i++) {
    for (let t = 0; t < count; t++) {
      const angle = Math.fround((start + t) * values[i]);
      const at = t * size + i;
      cos[at] = cos[at + half] = Math.cos(angle) * magnitude;
      sin[at + half] = Math.sin(angle) * magnitude;
      sin[at] = -sin[at + half];
    }
  }
  return { cos, sin };
}
