import { HeadlightError } from '../../lib/headlight-error.ts';
import { ARCHITECTURES, type ModelConfig } from '../architecture.ts';
import type { GgufHeader } from './header.ts';

/**
 * Reads a model's sizes from a GGUF header. Throws `architecture-unknown` with the list of known ones,
 * or `file-malformed` naming the value that is missing or senseless.
 */
export function readConfig(header: GgufHeader, fileName: string): ModelConfig {
  const id = String(header.metadata.get('general.architecture') ?? '');
  const architecture = ARCHITECTURES.find((known) => known.id === id);
  if (architecture === undefined) {
    const known = ARCHITECTURES.map((each) => each.id).join(', ');
    throw new HeadlightError(
      'architecture-unknown',
      `${fileName} holds a model of kind "${id}"; this program knows ${known}.`,
      { name: fileName, architecture: id, known },
    );
  }
  const real = (key: string, least: number, fallback?: number): number => {
    const stored = header.metadata.get(`${id}.${key}`) ?? fallback;
    const isNumber = typeof stored === 'number' || typeof stored === 'bigint';
    const value = isNumber ? Number(stored) : Number.NaN;
    if (!(value >= least && value <= 2 ** 31)) {
      const found = isNumber ? String(stored) : stored === undefined ? 'missing' : 'not a number';
      throw new HeadlightError('file-malformed', `${fileName}: ${id}.${key} is ${found}.`, {
        name: fileName,
        key: `${id}.${key}`,
      });
    }
    return value;
  };
  const number = (key: string, least: number, fallback?: number): number => {
    const value = real(key, least, fallback);
    if (!Number.isInteger(value)) {
      throw new HeadlightError(
        'file-malformed',
        `${fileName}: ${id}.${key} is ${value}, not a whole number.`,
        { name: fileName, key: `${id}.${key}` },
      );
    }
    return value;
  };
  const hiddenSize = number('embedding_length', 1);
  const headCount = number('attention.head_count', 1);
  const keyValueHeadCount = number('attention.head_count_kv', 1, headCount);
  const headSize = number('attention.key_length', 2, hiddenSize / headCount);
  if (headCount % keyValueHeadCount !== 0 || headSize % 2 !== 0) {
    throw new HeadlightError(
      'file-malformed',
      `${fileName}: ${headCount} heads of size ${headSize} cannot share ${keyValueHeadCount} key-value heads.`,
      { name: fileName, headCount, keyValueHeadCount, headSize },
    );
  }
  return {
    architecture,
    layerCount: number('block_count', 1),
    headCount,
    keyValueHeadCount,
    headSize,
    hiddenSize,
    mlpSize: number('feed_forward_length', 1),
    vocabularySize: header.tensors.get('token_embd.weight')?.shape[0] ?? 0,
    contextLength: number('context_length', 1),
    normEpsilon: real('attention.layer_norm_rms_epsilon', 0),
    rotaryBase: real('rope.freq_base', 1, 10_000),
    isOutputTied: !header.tensors.has('output.weight'),
  };
}
