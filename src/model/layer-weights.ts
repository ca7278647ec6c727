import { HeadlightError } from '../lib/headlight-error.ts';
import type { LayerPart } from './architecture.ts';
import type { ModelFile } from './model-file.ts';
import {
  type FileTensor,
  findTensor,
  readTensors,
  valueCount,
  type WantedTensor,
} from './tensor-file.ts';

/** Weights of a layer as its graph names them: a part, or the bias of one. Fused parts are split. */
export type LayerWeightName =
  | Exclude<LayerPart, 'query_key_value' | 'gate_up'>
  | `${Exclude<LayerPart, 'query_key_value' | 'gate_up'>}_bias`;

/** Copies what one weight needs out of the values of a stored tensor. */
type Take = (stored: Float32Array, out: Float32Array) => void;

interface Target {
  readonly name: LayerWeightName;
  readonly shape: readonly number[];
  readonly take: Take;
}

/** A stored tensor and the weights that are made of it. */
interface TensorUse {
  readonly tensor: FileTensor;
  readonly targets: readonly Target[];
}

/** What a layer's weights are and where they come from; nothing is read yet. */
export interface LayerWeightPlan {
  readonly weights: ReadonlyMap<LayerWeightName, readonly number[]>;
  readonly uses: readonly TensorUse[];
}

const copyAll: Take = (stored, out) => out.set(stored);
const copyRows =
  (firstRow: number, width: number): Take =>
  (stored, out) =>
    out.set(stored.subarray(firstRow * width, firstRow * width + out.length));

/** Stored [in, out] to [out, in]. */
const transpose =
  (outSize: number, firstRow: number, rows: number): Take =>
  (stored, out) => {
    const inSize = stored.length / outSize;
    for (let i = 0; i < inSize; i++) {
      for (let row = 0; row < rows; row++)
        out[row * inSize + i] = stored[i * outSize + firstRow + row];
    }
  };

/** Rows of one part out of a matrix whose rows lie head by head: [head, part, head size]. */
const copyHeads =
  (part: number, headSize: number, width: number): Take =>
  (stored, out) => {
    const length = headSize * width;
    for (let head = 0; head * length < out.length; head++) {
      const at = (3 * head + part) * length;
      out.set(stored.subarray(at, at + length), head * length);
    }
  };

/**
 * Undoes the order in which some files keep query and key rows: within a head they alternate first and
 * second half of each rotated pair; the graph rotates halves. Rows that are not rotated stay.
 */
const toHalves =
  (take: Take, headSize: number, rotated: number, width: number): Take =>
  (stored, out) => {
    take(stored, out);
    const headLength = headSize * width;
    const copy = new Float32Array(headLength);
    for (let start = 0; start < out.length; start += headLength) {
      copy.set(out.subarray(start, start + headLength));
      for (let row = 0; row < rotated; row++) {
        const from = row < rotated / 2 ? 2 * row : 2 * (row - rotated / 2) + 1;
        out.set(copy.subarray(from * width, (from + 1) * width), start + row * width);
      }
    }
  };

const addOne: Take = (stored, out) => {
  for (let i = 0; i < out.length; i++) out[i] = stored[i] + 1;
};

/**
 * Says for one layer which weights its graph gets and from which tensors. Throws `tensor-missing` or
 * `tensor-shape` naming what is wrong. Biases are there when the file has them.
 */
export function planLayerWeights(file: ModelFile, layer: number): LayerWeightPlan {
  const { config, storage, tensors } = file;
  const { headCount, keyValueHeadCount, headSize: d, hiddenSize: D, mlpSize: M } = config;
  const { attention, mlp, norms, isParallel } = config.layers[layer];
  const hasBefore = norms !== 'after';
  const hasAfter = norms !== 'before';
  const rows = { query: headCount * d, key: keyValueHeadCount * d, value: keyValueHeadCount * d };
  const uses: TensorUse[] = [];
  const nameOf = (part: LayerPart): string | null =>
    storage.names.layer[part]?.replace('{layer}', String(layer)) ?? null;
  const has = (part: LayerPart): boolean => tensors.has(`${nameOf(part)}.weight`);
  const use = (name: string, shape: readonly number[], targets: readonly Target[]): void => {
    uses.push({ tensor: findTensor(tensors, name, shape), targets });
  };
  const withRotation = (name: 'query' | 'key' | 'value', take: Take, width: number): Take =>
    storage.isRotationInterleaved && name !== 'value'
      ? toHalves(take, d, attention.rotation?.size ?? d, width)
      : take;

  const matrix = (
    part: Exclude<LayerPart, 'query_key_value' | 'gate_up'>,
    out: number,
    inner: number,
  ): void => {
    const name = nameOf(part);
    if (name === null) throw missing(file, part);
    const rotated = part === 'query' || part === 'key' ? part : null;
    const plain = storage.isTransposed ? transpose(out, 0, out) : copyAll;
    const take = rotated ? withRotation(rotated, plain, inner) : plain;
    const shape = storage.isTransposed ? [inner, out] : [out, inner];
    use(`${name}.weight`, shape, [{ name: part, shape: [out, inner], take }]);
    if (tensors.has(`${name}.bias`)) {
      const biasTake = rotated ? withRotation(rotated, copyAll, 1) : copyAll;
      use(`${name}.bias`, [out], [{ name: `${part}_bias`, shape: [out], take: biasTake }]);
    }
  };
  const norm = (
    part: Extract<LayerPart, `${string}norm`>,
    size: number,
    isNeeded: boolean,
  ): void => {
    const name = nameOf(part);
    if (name === null) {
      if (isNeeded) throw missing(file, part);
      return;
    }
    if (!tensors.has(`${name}.weight`) && !isNeeded) return;
    const take = storage.isNormMinusOne ? addOne : copyAll;
    use(`${name}.weight`, [size], [{ name: part, shape: [size], take }]);
    if (config.layers[layer].norm.kind === 'layer' && tensors.has(`${name}.bias`)) {
      use(`${name}.bias`, [size], [{ name: `${part}_bias`, shape: [size], take: copyAll }]);
    }
  };

  /** Query, key and value out of one matrix. */
  const fused = (): void => {
    const name = nameOf('query_key_value');
    const total = rows.query + rows.key + rows.value;
    const parts = (['query', 'key', 'value'] as const).map((part, index) => {
      const first = index === 0 ? 0 : index === 1 ? rows.query : rows.query + rows.key;
      const cut = (width: number): Take => {
        if (storage.isFusedByHead) return copyHeads(index, d, width);
        return width > 1 && storage.isTransposed
          ? transpose(total, first, rows[part])
          : copyRows(first, width);
      };
      return { part, cut };
    });
    const shape = storage.isTransposed ? [D, total] : [total, D];
    use(
      `${name}.weight`,
      shape,
      parts.map(({ part, cut }) => ({
        name: part,
        shape: [rows[part], D],
        take: withRotation(part, cut(D), D),
      })),
    );
    if (!tensors.has(`${name}.bias`)) return;
    use(
      `${name}.bias`,
      [total],
      parts.map(({ part, cut }) => ({
        name: `${part}_bias` as const,
        shape: [rows[part]],
        take: withRotation(part, cut(1), 1),
      })),
    );
  };

  if (hasBefore) norm('attention_norm', D, true);
  if (!has('query') && has('query_key_value')) fused();
  else for (const part of ['query', 'key', 'value'] as const) matrix(part, rows[part], D);
  if (attention.headNorm !== 'none') {
    const isWhole = attention.headNorm === 'whole';
    norm('query_norm', isWhole ? rows.query : d, true);
    norm('key_norm', isWhole ? rows.key : d, true);
  }
  matrix('attention_output', D, rows.query);
  if (hasAfter) norm('attention_post_norm', D, true);
  // Side by side, attention and MLP may share one norm.
  if (hasBefore) norm('mlp_norm', D, !isParallel);
  const gateUp = nameOf('gate_up');
  const isFusedMlp =
    mlp.kind === 'gated' &&
    !has('gate') &&
    gateUp !== null &&
    tensors.get(`${gateUp}.weight`)?.shape[0] === 2 * M;
  if (isFusedMlp) {
    use(
      `${gateUp}.weight`,
      [2 * M, D],
      [
        { name: 'gate', shape: [M, D], take: copyRows(0, D) },
        { name: 'up', shape: [M, D], take: copyRows(M, D) },
      ],
    );
  } else {
    if (mlp.kind === 'gated') matrix('gate', M, D);
    matrix('up', M, D);
  }
  matrix('down', D, M);
  if (hasAfter) norm('mlp_post_norm', D, true);

  const weights = new Map(
    uses.flatMap(({ targets }) => targets.map(({ name, shape }) => [name, shape] as const)),
  );
  return { weights, uses };
}

function missing(file: ModelFile, part: LayerPart): HeadlightError {
  return new HeadlightError(
    'tensor-missing',
    `${file.fileName} has no weights for ${part} of a layer.`,
    { tensor: part },
  );
}

/** Where each weight lies in a layer's external file, bytes, and the file's size. */
export function placeWeights<Name extends string>(
  weights: ReadonlyMap<Name, readonly number[]>,
): {
  readonly places: ReadonlyMap<
    Name,
    { readonly shape: readonly number[]; readonly offset: number }
  >;
  readonly bytes: number;
} {
  const places = new Map<Name, { readonly shape: readonly number[]; readonly offset: number }>();
  let offset = 0;
  for (const [name, shape] of weights) {
    places.set(name, { shape, offset });
    offset += 4 * valueCount(shape);
  }
  return { places, bytes: offset };
}

/** One layer's weights as float32 in one buffer, laid out as `placeWeights` says. */
export async function readLayerWeights(
  plan: LayerWeightPlan,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { places, bytes } = placeWeights(plan.weights);
  const buffer = new ArrayBuffer(bytes);
  const view = ({ name, shape }: Target): Float32Array =>
    new Float32Array(buffer, places.get(name)?.offset ?? 0, valueCount(shape));
  const wanted: WantedTensor[] = [];
  const later: (() => void)[] = [];
  for (const { tensor, targets } of plan.uses) {
    const [first] = targets;
    if (targets.length === 1 && first.take === copyAll) {
      wanted.push({ tensor, out: view(first) });
      continue;
    }
    const stored = new Float32Array(valueCount(tensor.shape));
    wanted.push({ tensor, out: stored });
    later.push(() => {
      for (const target of targets) target.take(stored, view(target));
    });
  }
  await readTensors(wanted, signal);
  for (const take of later) take();
  return new Uint8Array(buffer);
}
