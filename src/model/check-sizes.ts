import { HeadlightError } from '../lib/headlight-error.ts';
import type { RawConfig } from './raw-config.ts';

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
  if (headCount % keyValueHeadCount !== 0 || !Number.isInteger(headSize) || headSize % 2 !== 0) {
    fail(
      `${headCount} heads of size ${headSize} cannot share ${keyValueHeadCount} key-value heads`,
    );
  }
  if (valueSize !== headSize) {
    fail(`values of size ${valueSize} beside keys of size ${headSize} cannot be run`);
  }
  if (rotarySize > headSize || rotarySize % 2 !== 0) {
    fail(`${rotarySize} rotated dimensions of ${headSize}`);
  }
  if (raw.rotaryScaling.kind === 'linear' && !(raw.rotaryScaling.factor > 0)) {
    fail(`a rotation stretched by ${raw.rotaryScaling.factor}`);
  }
}
