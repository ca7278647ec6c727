import { HeadlightError } from '../lib/headlight-error.ts';
import { rowStart } from '../tensor/causal-slice.ts';
import type { NamedArray } from '../tensor/named-array.ts';
import { parseSafetensors } from '../tensor/safetensors.ts';

/** Attention and logits of a model on some tokens, computed by another program. */
export interface ModelReference {
  readonly ids: readonly number[];
  readonly layerCount: number;
  readonly headCount: number;
  /** [layers, heads, n, n] */
  readonly attention: Float32Array;
  /** For some of the vocabulary at each position: [n, count] ids and their logits; null without any. */
  readonly logits: {
    readonly ids: Int32Array | null;
    readonly values: Float32Array;
    readonly count: number;
  } | null;
}

/** The largest difference between two runs of the same tokens, and where it is. */
export interface Deviation {
  readonly largest: number;
  readonly layer: number;
  readonly head: number;
  readonly query: number;
  readonly key: number;
}

function refuse(what: string): never {
  throw new HeadlightError('file-malformed', `This is no reference file: ${what}.`, { what });
}

/**
 * Reads reference values from a safetensors file: `ids` [n] (int32 or int64), `attention` [layers, heads,
 * n, n], and if there are some `logits` [n, vocabulary], or `top20_ids` and `top20_logits` [n, 20]. It is
 * what the command line's `run` writes, too. Throws `file-malformed` saying what is missing.
 */
export function parseReference(file: Uint8Array): ModelReference {
  const arrays = new Map<string, NamedArray>();
  for (const array of parseSafetensors(file).arrays) arrays.set(array.name, array);
  const ids = arrays.get('ids');
  const attention = arrays.get('attention');
  if (ids === undefined || !(ids.data instanceof Int32Array))
    refuse('it has no whole numbers "ids"');
  if (attention === undefined || !(attention.data instanceof Float32Array))
    refuse('it has no float32 "attention"');
  const n = ids.data.length;
  const [layerCount, headCount, rows, columns] = attention.shape;
  if (attention.shape.length !== 4 || rows !== n || columns !== n || n === 0) {
    refuse(`attention of shape [${attention.shape}] does not fit ${n} ids`);
  }
  return {
    ids: Array.from(ids.data),
    layerCount,
    headCount,
    attention: attention.data,
    logits: findLogits(arrays, n),
  };
}

function findLogits(arrays: ReadonlyMap<string, NamedArray>, n: number): ModelReference['logits'] {
  const all = arrays.get('logits');
  if (all?.data instanceof Float32Array && all.shape[0] === n && all.shape.length === 2) {
    return { ids: null, values: all.data, count: all.shape[1] };
  }
  const ids = arrays.get('top20_ids');
  const values = arrays.get('top20_logits');
  if (ids?.data instanceof Int32Array && values?.data instanceof Float32Array) {
    if (ids.data.length === values.data.length && ids.data.length % n === 0)
      return { ids: ids.data, values: values.data, count: ids.data.length / n };
  }
  return null;
}

/** Walks over the cells of packed rows [layers, heads, n (n + 1) / 2] and keeps the largest deviation. */
function findLargest(
  packed: Float32Array,
  headCount: number,
  n: number,
  deviate: (value: number, at: number, matrix: number, query: number, key: number) => number,
): Deviation {
  const size = rowStart(n);
  let found: Deviation = { largest: 0, layer: 0, head: 0, query: 0, key: 0 };
  for (let matrix = 0; matrix * size < packed.length; matrix++) {
    for (let query = 0; query < n; query++) {
      for (let key = 0; key <= query; key++) {
        const at = matrix * size + rowStart(query) + key;
        const difference = deviate(packed[at], at, matrix, query, key);
        // NaN is larger than everything: it must not pass for agreement.
        if (difference <= found.largest) continue;
        const layer = Math.floor(matrix / headCount);
        found = {
          largest: Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference,
          layer,
          head: matrix % headCount,
          query,
          key,
        };
      }
    }
  }
  return found;
}

/**
 * Compares packed rows [layers, heads, n (n + 1) / 2] with a reference. Throws `argument-invalid` when it
 * is of a model of another shape.
 */
export function compareAttention(
  packed: Float32Array,
  shape: { readonly layerCount: number; readonly headCount: number },
  reference: ModelReference,
): Deviation {
  const { layerCount, headCount, attention } = reference;
  if (layerCount !== shape.layerCount || headCount !== shape.headCount) {
    const message = `The reference is of a model with ${layerCount} layers of ${headCount} heads; this one has ${shape.layerCount} of ${shape.headCount}.`;
    throw new HeadlightError('argument-invalid', message, { layerCount, headCount });
  }
  const n = reference.ids.length;
  return findLargest(packed, headCount, n, (value, _, matrix, query, key) =>
    Math.abs(value - attention[(matrix * n + query) * n + key]),
  );
}

/** The largest difference between two packed runs of the same model. */
export function comparePacked(
  a: Float32Array,
  b: Float32Array,
  headCount: number,
  n: number,
): Deviation {
  return findLargest(a, headCount, n, (value, at) => Math.abs(value - b[at]));
}

/** The largest distance of a row's sum from 1 over packed rows; infinite when one is NaN. */
export function findRowDeviation(packed: Float32Array, n: number): number {
  const size = rowStart(n);
  let largest = 0;
  for (let matrix = 0; matrix * size < packed.length; matrix++) {
    for (let query = 0; query < n; query++) {
      let sum = 0;
      const start = matrix * size + rowStart(query);
      for (let key = 0; key <= query; key++) sum += packed[start + key];
      const distance = Math.abs(sum - 1);
      largest = Math.max(largest, Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance);
    }
  }
  return largest;
}

/**
 * The largest difference of logits as a share of the reference's largest magnitude; null when the
 * reference has none, infinite when one is NaN or the vocabularies differ in size.
 */
export function compareLogits(
  logits: Float32Array,
  vocabularySize: number,
  { logits: wanted }: ModelReference,
): number | null {
  if (wanted === null) return null;
  const { ids, values, count } = wanted;
  if (ids === null && count !== vocabularySize) return Number.POSITIVE_INFINITY;
  let largest = 0;
  let scale = 0;
  for (let i = 0; i < values.length; i++) {
    const row = Math.floor(i / count) * vocabularySize;
    const difference = Math.abs(logits[row + (ids === null ? i % count : ids[i])] - values[i]);
    largest = Math.max(largest, Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference);
    scale = Math.max(scale, Math.abs(values[i]));
  }
  return scale === 0 ? largest : largest / scale;
}
