import { HeadlightError } from '../lib/headlight-error.ts';
import type { RawConfig } from './raw-config.ts';
import type { RotationScaling } from './rotation.ts';

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
  if (rotarySize < 0 || rotarySize > headSize || rotarySize % 2 !== 0) {
    fail(`${rotarySize} rotated dimensions of ${headSize}`);
  }
  const strange = findStrangeScaling(raw.rotaryScaling, rotarySize / 2);
  if (strange !== null) fail(`a rotation with ${strange}`);
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
