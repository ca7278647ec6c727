import { HeadlightError } from '../../lib/headlight-error.ts';
import { assertSizes } from '../check-sizes.ts';
import type { RawConfig } from '../raw-config.ts';
import type { RotationScaling } from '../rotation.ts';
import type { GgufHeader, GgufValue } from './header.ts';
import { refuseFeatures } from './refuse-features.ts';

/** Factors of frequencies that some files hold as tensors. */
export interface RotationFactors {
  readonly plain: readonly number[] | null;
  readonly short: readonly number[] | null;
  readonly long: readonly number[] | null;
}

/** Values are below this; sizes are below 2^31. */
const LARGEST = 1e18;

/** Reads numbers of one architecture by their keys; each may be missing. */
function createReader(header: GgufHeader, id: string, fileName: string) {
  /** The value of a key; where it is a list, one a layer, they must all be alike. */
  const sizeOf = (key: string): GgufValue | undefined => {
    const stored = header.metadata.get(`${id}.${key}`);
    if (!Array.isArray(stored) || stored.length === 0) return stored;
    if (stored.every((each) => each === stored[0])) return stored[0];
    throw new HeadlightError(
      'architecture-unknown',
      `${fileName} has layers of different sizes (${id}.${key}), which this program cannot run.`,
      { name: fileName, architecture: `${id}.${key}`, known: 'layers of one size' },
    );
  };
  const real = (key: string, least: number): number | null => {
    const stored = sizeOf(key);
    if (stored === undefined) return null;
    const isNumber = typeof stored === 'number' || typeof stored === 'bigint';
    const value = isNumber ? Number(stored) : Number.NaN;
    if (!(value >= least && value <= LARGEST)) {
      throw new HeadlightError(
        'file-malformed',
        `${fileName}: ${id}.${key} is ${isNumber ? value : 'not a number'}.`,
        { name: fileName, key: `${id}.${key}` },
      );
    }
    return value;
  };
  const missing = (key: string): HeadlightError =>
    new HeadlightError('file-malformed', `${fileName}: ${id}.${key} is missing.`, {
      name: fileName,
      key: `${id}.${key}`,
    });
  const whole = (key: string, least: number): number | null => {
    const value = real(key, least);
    if (value !== null && !(Number.isInteger(value) && value <= 2 ** 31)) {
      throw new HeadlightError(
        'file-malformed',
        `${fileName}: ${id}.${key} is ${value}, not a whole number.`,
        { name: fileName, key: `${id}.${key}` },
      );
    }
    return value;
  };
  const needed = (key: string, least: number): number => {
    const value = whole(key, least);
    if (value === null) throw missing(key);
    return value;
  };
  return { real, whole, needed, missing };
}

type Reader = ReturnType<typeof createReader>;

function readScaling(
  header: GgufHeader,
  id: string,
  { real, whole }: Reader,
  contextLength: number,
  factors: RotationFactors,
): RotationScaling {
  const type = header.metadata.get(`${id}.rope.scaling.type`);
  // 0 stands for "not said" in these files.
  const factor = real('rope.scaling.factor', 0) || real('rope.scale_linear', 0) || 1;
  const linear = type === 'none' || type === 'yarn' || type === 'longrope' ? 1 : factor;
  const originalLength = whole('rope.scaling.original_context_length', 1) ?? contextLength;
  if (factors.long !== null && factors.short !== null) {
    const stretch = contextLength / originalLength;
    const usual = stretch > 1 ? Math.sqrt(1 + Math.log(stretch) / Math.log(originalLength)) : 1;
    const magnitude = real('rope.scaling.attn_factor', 0) ?? usual;
    return { kind: 'long', short: factors.short, long: factors.long, originalLength, magnitude };
  }
  if (factors.plain !== null) {
    return { kind: 'factors', factors: factors.plain.map((each) => each * linear) };
  }
  if (type === 'yarn') {
    return {
      kind: 'yarn',
      factor,
      originalLength,
      betaFast: real('rope.scaling.yarn_beta_fast', 0) ?? 32,
      betaSlow: real('rope.scaling.yarn_beta_slow', 0) ?? 1,
      magnitude:
        (real('rope.scaling.yarn_attn_factor', 0) ?? real('rope.scaling.attn_factor', 0) ?? 1) *
        (factor > 1 ? 0.1 * Math.log(factor) + 1 : 1),
      isTruncated: true,
    };
  }
  return linear === 1 ? { kind: 'none' } : { kind: 'linear', factor };
}

/** Which layers have the window, where a file says it layer by layer or as "all but every so many". */
function readSlidingLayers(
  header: GgufHeader,
  id: string,
  layerCount: number,
  fileName: string,
): readonly boolean[] | null {
  const key = `${id}.attention.sliding_window_pattern`;
  const said = header.metadata.get(key);
  if (said === undefined) return null;
  if (typeof said === 'number' && Number.isInteger(said) && said >= 1) {
    return Array.from({ length: Math.min(layerCount, header.tensors.size) }, (_, layer) =>
      said === 1 ? false : layer % said < said - 1,
    );
  }
  if (Array.isArray(said) && said.length === layerCount) return said.map(Boolean);
  throw new HeadlightError('file-malformed', `${fileName}: ${key} is no pattern of its layers.`, {
    name: fileName,
    key,
  });
}

/** Whether attention and MLP read the same stream; null where the file does not say. */
function isParallel({ metadata, tensors }: GgufHeader, id: string): boolean | null {
  // Converters write the key for every file of this kind; whether the MLP has a norm of its own is true.
  if (id === 'stablelm') return !tensors.has('blk.0.ffn_norm.weight');
  const said = metadata.get(`${id}.use_parallel_residual`);
  return typeof said === 'boolean' ? said : null;
}

/**
 * Reads a model's sizes from a GGUF header (keys of ggml's docs/gguf.md). Throws `file-malformed` naming
 * the value that is missing or senseless.
 */
export function readGgufConfig(
  header: GgufHeader,
  id: string,
  fileName: string,
  factors: RotationFactors,
): RawConfig {
  refuseFeatures(header, id, fileName);
  const reader = createReader(header, id, fileName);
  const { real, whole, needed } = reader;
  const hiddenSize = needed('embedding_length', 1);
  const headCount = needed('attention.head_count', 1);
  const layerCount = needed('block_count', 1);
  const headSize = whole('attention.key_length', 2) ?? hiddenSize / headCount;
  const contextLength = needed('context_length', 1);
  const normEpsilon =
    real('attention.layer_norm_rms_epsilon', 0) ?? real('attention.layer_norm_epsilon', 0);
  if (normEpsilon === null) throw reader.missing('attention.layer_norm_rms_epsilon');
  const window = whole('attention.sliding_window', 0);
  const raw: RawConfig = {
    format: 'gguf',
    fileName,
    layerCount,
    headCount,
    keyValueHeadCount: whole('attention.head_count_kv', 1) ?? headCount,
    headSize,
    hiddenSize,
    mlpSize: needed('feed_forward_length', 1),
    contextLength,
    normEpsilon,
    rotaryBase: real('rope.freq_base', 1) ?? 10_000,
    rotaryBaseSliding: real('rope.freq_base_swa', 1),
    // With learned positions nothing is rotated; else 0 stands for "not said".
    rotarySize: header.tensors.has('position_embd.weight')
      ? 0
      : whole('rope.dimension_count', 0) || headSize,
    rotaryScaling: readScaling(header, id, reader, contextLength, factors),
    rotatingLayers: null,
    window: window === 0 ? null : window,
    slidingLayers: readSlidingLayers(header, id, layerCount, fileName),
    scoreCap: real('attn_logit_softcapping', 0) || null,
    logitCap: real('final_logit_softcapping', 0) || null,
    attentionScale: real('attention.scale', 0) || null,
    embeddingScale: real('embedding_scale', 0) || null,
    residualScale: real('residual_scale', 0) || null,
    logitDivisor: real('logit_scale', 0) || null,
    activation: null,
    isParallel: isParallel(header, id),
  };
  assertSizes(raw, header.tensors.size, whole('attention.value_length', 1) ?? headSize);
  return raw;
}
