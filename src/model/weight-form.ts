import { getPackedRowBytes, getPackedType, type PackedType } from './packed-weights.ts';
import { type FileTensor, valueCount } from './tensor-file.ts';

/**
 * How compressed weights (quantised, or of two bytes a value) are held: as float32, or as the file has
 * them, to be multiplied out while they are used. Both compute in float32 with the same weights.
 */
export type Precision = 'dequantised' | 'packed';

/** What may be asked for; `auto` decides by memory and device. */
export type PrecisionWish = 'auto' | Precision;

const WISHES: readonly string[] = ['auto', 'dequantised', 'packed'] satisfies PrecisionWish[];

/** Whether a text names a precision that may be asked for. */
export function isPrecisionWish(value: unknown): value is PrecisionWish {
  return typeof value === 'string' && WISHES.includes(value);
}

/** How a weight is held. `packed` and `half` ones are matrices [out, in]. */
export type WeightForm =
  | { readonly kind: 'float'; readonly shape: readonly number[] }
  | {
      readonly kind: 'packed';
      readonly shape: readonly [number, number];
      readonly packed: PackedType;
    }
  /** Two bytes a value, as the file has them; opened to float32 where they are multiplied. */
  | {
      readonly kind: 'half';
      readonly shape: readonly [number, number];
      readonly half: HalfType;
    };

export type HalfType = 'F16' | 'BF16';
const isHalf = (name: string): name is HalfType => name === 'F16' || name === 'BF16';

/** Where a weight lies in the external file that goes beside its graph: bytes from the file's start. */
export type PlacedWeight =
  | (Extract<WeightForm, { kind: 'float' | 'half' }> & { readonly offset: number })
  | (Extract<WeightForm, { kind: 'packed' }> & {
      readonly codes: number;
      readonly scales: number;
      /** Null where the type has no shifts. */
      readonly shifts: number | null;
    });

export type PlacedWeights<Name extends string> = ReadonlyMap<Name, PlacedWeight>;

/** The form of a matrix [out, in] that is made of whole rows of a tensor. */
export function getMatrixForm(
  tensor: FileTensor,
  shape: readonly [number, number],
  precision: Precision,
): WeightForm {
  const { name } = tensor.type;
  if (precision === 'packed' && isHalf(name)) return { kind: 'half', shape, half: name };
  const packed = precision === 'packed' ? getPackedType(tensor.type) : null;
  return packed === null ? { kind: 'float', shape } : { kind: 'packed', shape, packed };
}

/** Lays weights one after another; `bytes` is what all take. */
export function placeWeights<Name extends string>(
  weights: ReadonlyMap<Name, WeightForm>,
): { readonly places: PlacedWeights<Name>; readonly bytes: number } {
  const places = new Map<Name, PlacedWeight>();
  let bytes = 0;
  const take = (length: number): number => {
    const offset = bytes;
    bytes += length;
    return offset;
  };
  for (const [name, form] of weights) {
    if (form.kind === 'float') {
      places.set(name, { ...form, offset: take(4 * valueCount(form.shape)) });
      continue;
    }
    if (form.kind === 'half') {
      // What follows begins at a multiple of four bytes.
      const length = 4 * Math.ceil(valueCount(form.shape) / 2);
      places.set(name, { ...form, offset: take(length) });
      continue;
    }
    const [rows, width] = form.shape;
    const rowBytes = getPackedRowBytes(form.packed, width);
    places.set(name, {
      ...form,
      codes: take(rows * rowBytes.codes),
      scales: take(rows * rowBytes.scales),
      shifts: form.packed.hasShifts ? take(rows * rowBytes.shifts) : null,
    });
  }
  return { places, bytes };
}
