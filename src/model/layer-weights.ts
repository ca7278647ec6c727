import { HeadlightError } from '../lib/headlight-error.ts';
import type { LayerPart } from './architecture.ts';
import type { ModelFile } from './model-file.ts';
import { findTensor } from './tensor-file.ts';
import { getMatrixForm, type Precision } from './weight-form.ts';
import {
  inFileOrder,
  type RowOrder,
  type TensorUse,
  toWeightPlan,
  type WeightPlan,
} from './weight-plan.ts';

/** Weights of a layer as its graph names them: a part, or the bias of one. Fused parts are split. */
export type LayerWeightName =
  | Exclude<LayerPart, 'query_key_value' | 'gate_up'>
  | `${Exclude<LayerPart, 'query_key_value' | 'gate_up'>}_bias`;

/** Parts that are matrices. */
type MatrixPart = 'query' | 'key' | 'value' | 'attention_output' | 'gate' | 'up' | 'down';

/** Rows of a stored matrix, and of the bias beside it, that become one part. */
interface PartRows {
  readonly part: MatrixPart;
  readonly count: number;
  readonly order: RowOrder;
}

const rowsFrom =
  (first: number): RowOrder =>
  (row) =>
    first + row;

/** Rows of one part out of a matrix whose rows lie head by head: [head, part, head size]. */
const ofHeads =
  (part: number, headSize: number): RowOrder =>
  (row) =>
    (3 * Math.floor(row / headSize) + part) * headSize + (row % headSize);

/**
 * Undoes the order in which some files keep query and key rows: within a head they alternate first and
 * second half of each rotated pair; the graph rotates halves. Rows that are not rotated stay.
 */
const toHalves =
  (order: RowOrder, headSize: number, rotated: number): RowOrder =>
  (row) => {
    const inner = row % headSize;
    if (inner >= rotated) return order(row);
    const from = inner < rotated / 2 ? 2 * inner : 2 * (inner - rotated / 2) + 1;
    return order(row - inner + from);
  };

/**
 * Says for one layer which weights its graph gets and from which tensors; with `packed`, matrices that the
 * file has quantised stay so. Throws `tensor-missing` or `tensor-shape` naming what is wrong. Biases are
 * there when the file has them.
 */
export function planLayerWeights(
  file: ModelFile,
  layer: number,
  precision: Precision = 'dequantised',
): WeightPlan<LayerWeightName> {
  const { config, storage, tensors } = file;
  const { headCount, keyValueHeadCount, headSize: d, hiddenSize: D, mlpSize: M } = config;
  const { attention, mlp, norms, isParallel } = config.layers[layer];
  const hasBefore = norms !== 'after';
  const hasAfter = norms !== 'before';
  const rows = { query: headCount * d, key: keyValueHeadCount * d, value: keyValueHeadCount * d };
  const uses: TensorUse<LayerWeightName>[] = [];
  const nameOf = (part: LayerPart): string | null =>
    storage.names.layer[part]?.replace('{layer}', String(layer)) ?? null;
  const needed = (part: LayerPart): string => {
    const name = nameOf(part);
    if (name === null) throw missing(file, part);
    return name;
  };
  const has = (part: LayerPart): boolean => tensors.has(`${nameOf(part)}.weight`);

  /** A stored matrix of `out` rows, and its bias, as the parts that its rows become. */
  const matrix = (
    name: string,
    out: number,
    inner: number,
    parts: readonly PartRows[],
    isTransposed = storage.isTransposed ?? false,
  ): void => {
    const shape = isTransposed ? [inner, out] : [out, inner];
    const tensor = findTensor(tensors, `${name}.weight`, shape);
    const ordered = parts.map((each) => ({
      ...each,
      order:
        storage.isRotationInterleaved && (each.part === 'query' || each.part === 'key')
          ? toHalves(each.order, d, attention.rotation?.size ?? d)
          : each.order,
    }));
    const held = isTransposed ? 'dequantised' : precision;
    uses.push({
      tensor,
      targets: ordered.map(({ part, count, order }) => ({
        name: part,
        form: getMatrixForm(tensor, [count, inner], held),
        order,
      })),
      isTransposed,
    });
    const isNeeded = parts.some(({ part }) => file.architecture.neededBiases?.includes(part));
    if (!isNeeded && !tensors.has(`${name}.bias`)) return;
    uses.push({
      tensor: findTensor(tensors, `${name}.bias`, [out]),
      targets: ordered.map(({ part, count, order }) => ({
        name: `${part}_bias` as const,
        form: { kind: 'float', shape: [count] },
        order,
      })),
      isTransposed: false,
    });
  };
  const whole = (part: MatrixPart, out: number, inner: number): void =>
    matrix(needed(part), out, inner, [{ part, count: out, order: inFileOrder }]);
  const vector = (name: LayerWeightName, stored: string, size: number, plus: number): void => {
    uses.push({
      tensor: findTensor(tensors, stored, [size]),
      targets: [{ name, form: { kind: 'float', shape: [size] }, order: inFileOrder, plus }],
      isTransposed: false,
    });
  };
  const norm = (
    part: Extract<LayerPart, `${string}norm`>,
    size: number,
    isNeeded: boolean,
  ): void => {
    const name = isNeeded ? needed(part) : nameOf(part);
    if (name === null || (!tensors.has(`${name}.weight`) && !isNeeded)) return;
    vector(part, `${name}.weight`, size, storage.isNormMinusOne ? 1 : 0);
    if (config.layers[layer].norm.kind === 'layer' && tensors.has(`${name}.bias`))
      vector(`${part}_bias`, `${name}.bias`, size, 0);
  };
  const parts = ['query', 'key', 'value'] as const;
  const queryKeyValue = (): void => {
    const first = { query: 0, key: rows.query, value: rows.query + rows.key };
    matrix(
      needed('query_key_value'),
      rows.query + rows.key + rows.value,
      D,
      parts.map((part, index) => ({
        part,
        count: rows[part],
        order: storage.isFusedByHead ? ofHeads(index, d) : rowsFrom(first[part]),
      })),
    );
  };

  if (hasBefore) norm('attention_norm', D, true);
  if (!has('query') && has('query_key_value')) queryKeyValue();
  else for (const part of parts) whole(part, rows[part], D);
  if (attention.headNorm !== 'none') {
    const isWhole = attention.headNorm === 'whole';
    norm('query_norm', isWhole ? rows.query : d, true);
    norm('key_norm', isWhole ? rows.key : d, true);
  }
  whole('attention_output', D, rows.query);
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
    const halves = [
      { part: 'gate', count: M, order: rowsFrom(0) },
      { part: 'up', count: M, order: rowsFrom(M) },
    ] as const;
    matrix(gateUp, 2 * M, D, halves, false);
  } else {
    if (mlp.kind === 'gated') whole('gate', M, D);
    whole('up', M, D);
  }
  whole('down', D, M);
  if (hasAfter) norm('mlp_post_norm', D, true);
  return toWeightPlan(uses);
}

function missing(file: ModelFile, part: LayerPart): HeadlightError {
  return new HeadlightError(
    'tensor-missing',
    `${file.fileName} has no weights for ${part} of a layer.`,
    { tensor: part },
  );
}
