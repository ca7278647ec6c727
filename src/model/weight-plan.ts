import { getPackedRowBytes } from './packed-weights.ts';
import {
  copyHalves,
  dequantiseTensor,
  type FileTensor,
  packTensor,
  readTensorBytes,
  valueCount,
} from './tensor-file.ts';
import { type PlacedWeight, placeWeights, type WeightForm } from './weight-form.ts';

/** Which stored row each row of a weight is; a vector's rows are its values. */
export type RowOrder = (row: number) => number;

export const inFileOrder: RowOrder = (row) => row;

/** A weight that is made of rows of a stored tensor. */
export interface WeightTarget<Name extends string> {
  readonly name: Name;
  readonly form: WeightForm;
  readonly order: RowOrder;
  /** Added to each value; of vectors only. */
  readonly plus?: number;
}

/** A stored tensor and the weights that are made of it. */
export interface TensorUse<Name extends string> {
  readonly tensor: FileTensor;
  readonly targets: readonly WeightTarget<Name>[];
  /** The tensor is stored [in, out]: its rows are columns. Its weights are floats. */
  readonly isTransposed: boolean;
}

/** What a graph's weights are and where they come from; nothing is read yet. */
export interface WeightPlan<Name extends string> {
  readonly weights: ReadonlyMap<Name, WeightForm>;
  readonly uses: readonly TensorUse<Name>[];
}

export function toWeightPlan<Name extends string>(
  uses: readonly TensorUse<Name>[],
): WeightPlan<Name> {
  const targets = uses.flatMap((use) => use.targets);
  return { weights: new Map(targets.map(({ name, form }) => [name, form] as const)), uses };
}

/** Calls `take` for each run of rows that follow one another in the tensor as well. */
function forRuns(
  rows: number,
  order: RowOrder,
  take: (row: number, stored: number, count: number) => void,
): void {
  for (let row = 0; row < rows; ) {
    const stored = order(row);
    let count = 1;
    while (row + count < rows && order(row + count) === stored + count) count++;
    take(row, stored, count);
    row += count;
  }
}

/** Values of a tensor that is no matrix of rows: taken one by one. */
function writeVector<Name extends string>(
  tensor: FileTensor,
  bytes: Uint8Array,
  { order, plus = 0 }: WeightTarget<Name>,
  out: Float32Array,
): void {
  const stored = new Float32Array(valueCount(tensor.shape));
  dequantiseTensor(tensor, bytes, stored);
  for (let i = 0; i < out.length; i++) out[i] = stored[order(i)] + plus;
}

/** Columns of a tensor [in, out] as rows; the tensor is opened a row at a time. */
function writeTransposed<Name extends string>(
  tensor: FileTensor,
  bytes: Uint8Array,
  { order }: WeightTarget<Name>,
  out: Float32Array,
): void {
  const [inSize, stored] = tensor.shape;
  const rowBytes = tensor.bytes / inSize;
  const rows = out.length / inSize;
  const places = Int32Array.from({ length: rows }, (_, row) => order(row));
  const values = new Float32Array(stored);
  for (let i = 0; i < inSize; i++) {
    dequantiseTensor(tensor, bytes.subarray(i * rowBytes, (i + 1) * rowBytes), values);
    for (let row = 0; row < rows; row++) out[row * inSize + i] = values[places[row]];
  }
}

/** Writes one weight to its place in a graph's external file. */
function writeTarget<Name extends string>(
  { tensor, isTransposed }: TensorUse<Name>,
  target: WeightTarget<Name>,
  bytes: Uint8Array,
  buffer: ArrayBuffer,
  place: PlacedWeight,
): void {
  const floats = (offset: number, count: number) => new Float32Array(buffer, offset, count);
  const rowBytes = tensor.bytes / tensor.shape[0];
  const rowsOf = (stored: number, count: number) =>
    bytes.subarray(stored * rowBytes, (stored + count) * rowBytes);
  if (place.kind === 'packed') {
    const [rows, width] = place.shape;
    const sizes = getPackedRowBytes(place.packed, width);
    const out = {
      codes: new Uint8Array(buffer, place.codes, rows * sizes.codes),
      scales: floats(place.scales, (rows * sizes.scales) / 4),
      shifts: place.shifts === null ? null : floats(place.shifts, (rows * sizes.shifts) / 4),
    };
    forRuns(rows, target.order, (row, stored, count) =>
      packTensor(tensor, rowsOf(stored, count), out, row * width),
    );
    return;
  }
  if (place.kind === 'half') {
    const [rows, width] = place.shape;
    const out = new Uint8Array(buffer, place.offset, 2 * rows * width);
    forRuns(rows, target.order, (row, stored, count) =>
      copyHalves(tensor, rowsOf(stored, count), out, 2 * row * width),
    );
    return;
  }
  const out = floats(place.offset, valueCount(place.shape));
  if (tensor.shape.length === 1) writeVector(tensor, bytes, target, out);
  else if (isTransposed) writeTransposed(tensor, bytes, target, out);
  else {
    const width = tensor.shape[1];
    forRuns(out.length / width, target.order, (row, stored, count) =>
      dequantiseTensor(tensor, rowsOf(stored, count), out, row * width),
    );
  }
}

/**
 * A graph's weights in one buffer, laid out as `placeWeights` says. Throws the readers' errors, and
 * `file-malformed` naming a tensor with a value that is not finite.
 */
export async function readWeights<Name extends string>(
  plan: WeightPlan<Name>,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const { places, bytes } = placeWeights(plan.weights);
  const buffer = new ArrayBuffer(bytes);
  await readTensorBytes(
    plan.uses,
    (use, stored) => {
      for (const target of use.targets) {
        const place = places.get(target.name);
        if (place !== undefined) writeTarget(use, target, stored, buffer, place);
      }
    },
    signal,
  );
  return new Uint8Array(buffer);
}
