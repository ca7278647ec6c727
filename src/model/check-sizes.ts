import { HeadlightError } from '../lib/headlight-error.ts';
import type { RawConfig } from './raw-config.ts';
import { computeFrequencies, type Rotation, type RotationScaling } from './rotation.ts';

/** Heads of real models are a fraction of this. */
const LARGEST_ROTATION = 1024;

/**
 * Refuses sizes that contradict each other or the number of tensors, before anything is made of them.
 * Throws `file-malformed` saying which.
 */
export function assertSizes(raw: RawConfig, tensorCount: number, valueSize: number): void {
  const { fileName, layerCount, headCount, keyValueHeadCount, headSize, rotarySize } = raw;
  const fail = (what: string): never => {
    throw new HeadlightError('file-malformed', `${fileName}: ${what}.`, { name: fileName, what });
  };
  if (layerCount > tensorCount) fail(`${layerCount} layers, but only ${tensorCount} tensors`);
  if (headCount % keyValueHeadCount !== 0 || !Number.isInteger(headSize)) {
    fail(
      `${headCount} heads of size ${headSize} cannot share ${keyValueHeadCount} key-value heads`,
    );
  }
  if (valueSize !== headSize) {
    fail(`values of size ${valueSize} beside keys of size ${headSize} cannot be run`);
  }
  const isFit = rotarySize >= 0 && rotarySize <= Math.min(headSize, LARGEST_ROTATION);
  if (!isFit || rotarySize % 2 !== 0) {
    fail(`${rotarySize} rotated dimensions of ${headSize}`);
  }
  const strange = findStrangeScaling(raw.rotaryScaling, rotarySize / 2);
  if (strange !== null) fail(`a rotation with ${strange}`);
  for (const base of new Set([raw.rotaryBase, raw.rotaryBaseSliding ?? raw.rotaryBase])) {
    if (!areNumbers({ size: rotarySize, base, scaling: raw.rotaryScaling }, raw.contextLength)) {
      fail(`a rotation of base ${base} whose frequencies are no numbers`);
    }
  }
}

/** Whether texts of all lengths turn by numbers; lengths on both sides of each limit stand for all. */
function areNumbers(rotation: Rotation, contextLength: number): boolean {
  return [1, contextLength, 4 * contextLength].every((length) => {
    const { values, magnitude } = computeFrequencies(rotation, length);
    return magnitude > 0 && magnitude * 0 === 0 && values.every((each) => each * 0 === 0);
  });
}

/** What of a stretched rotation of `pairs` pairs cannot be computed with, in words; null when all can. */
function findStrangeScaling(scaling: RotationScaling, pairs: number): string | null {
  switch (scaling.kind) {
    case 'none':
      return null;
    case 'factors':
    case 'long': {
      const lists = scaling.kind === 'long' ? [scaling.short, scaling.long] : [scaling.factors];
      if (scaling.kind === 'long' && !(scaling.magnitude > 0)) return 'tables times 0';
      const wrong = lists.find((list) => list.length !== pairs);
      if (wrong !== undefined) return `${wrong.length} factors for ${pairs} pairs`;
      return lists.flat().every((factor) => factor > 0) ? null : 'a factor that is not above 0';
    }
    case 'llama3':
      if (scaling.highFrequencyFactor <= scaling.lowFrequencyFactor) {
        return `high_freq_factor ${scaling.highFrequencyFactor} not above low_freq_factor ${scaling.lowFrequencyFactor}`;
      }
      break;
    case 'dynamic':
      if (pairs < 2) return 'one pair, which cannot grow';
      if (scaling.factor < 1) return `a growing factor of ${scaling.factor}`;
      break;
    case 'yarn':
      if (!(scaling.magnitude > 0)) return 'tables times 0';
      break;
    case 'linear':
  }
  return scaling.factor > 0 ? null : `the factor ${scaling.factor}`;
}
