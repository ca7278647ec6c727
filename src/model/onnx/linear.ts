import { OPENED_BYTES } from '../block-limits.ts';
import { getPackedRowBytes } from '../packed-weights.ts';
import type { PlacedWeight } from '../weight-form.ts';
import { ElementType, type GraphBuilder } from './graph-builder.ts';

type Packed = Extract<PlacedWeight, { readonly kind: 'packed' }>;

/** Sums of x over the values that share a scale, [T, in / values]; written once for each x. */
function writePartSums(g: GraphBuilder, x: string, values: number): string {
  return g.once(`sums of ${values} ${x}`, () => {
    const parts = g.node('Reshape', [x, g.integers([0, -1, values])]);
    return g.node('ReduceSum', [parts, g.integers([2])], { keepdims: 0 });
  });
}

/** x · Wᵀ + b for rows [first, first + count) of a packed W. */
function writePackedRows(
  g: GraphBuilder,
  x: string,
  name: string,
  place: Packed,
  first: number,
  count: number,
  bias: string | undefined,
  as: string | undefined,
): string {
  const { bits, partValues } = place.packed;
  const K = place.shape[1];
  const parts = K / partValues;
  const rowBytes = getPackedRowBytes(place.packed, K);
  const codes = g.weight({
    name: `${name}_codes_${first}`,
    type: ElementType.uint8,
    shape: [count, parts, (partValues * bits) / 8],
    offset: place.codes + first * rowBytes.codes,
  });
  const scales = g.weight({
    name: `${name}_scales_${first}`,
    shape: [count * parts],
    offset: place.scales + first * rowBytes.scales,
  });
  const isSum = place.shifts !== null || bias !== undefined;
  const product = g.node(
    'com.microsoft.MatMulNBits',
    [x, codes, scales],
    // Level 0 computes in float32; others round x to 8 bits.
    { K, N: count, bits, block_size: partValues, accuracy_level: 0 },
    isSum ? undefined : as,
  );
  if (place.shifts === null)
    return bias === undefined ? product : g.node('Add', [product, bias], {}, as);
  const shifts = g.weight({
    name: `${name}_shifts_${first}`,
    shape: [count, parts],
    offset: place.shifts + first * rowBytes.shifts,
  });
  const sums = writePartSums(g, x, partValues);
  const shifted = g.node('Gemm', [sums, shifts, ...(bias === undefined ? [] : [bias])], {
    transB: 1,
  });
  return g.node('Add', [product, shifted], {}, as);
}

type Half = Extract<PlacedWeight, { readonly kind: 'half' }>;

/** x · Wᵀ + b for rows [first, first + count) of a W of two bytes a value. */
function writeHalfRows(
  g: GraphBuilder,
  x: string,
  name: string,
  place: Half,
  first: number,
  count: number,
  bias: string | undefined,
  as: string | undefined,
): string {
  const K = place.shape[1];
  const halves = g.weight({
    name: `${name}_halves_${first}`,
    type: place.half === 'F16' ? ElementType.float16 : ElementType.bfloat16,
    shape: [count, K],
    offset: place.offset + 2 * first * K,
  });
  const weight = g.node('Cast', [halves], { to: ElementType.float32 });
  return g.node('Gemm', [x, weight, ...(bias === undefined ? [] : [bias])], { transB: 1 }, as);
}

/**
 * Adds x · Wᵀ + b to a graph and returns its output: x [T, in], W [out, in] as float32, packed, or of two
 * bytes a value, b [out].
 * Packed, Σ_k x_k (scale (code − zero) + shift) is a MatMulNBits and, where there are shifts, a product of
 * them with sums of x: float zero points, which the operator has too, leave WebGPU for the CPU.
 */
export function writeLinear(
  g: GraphBuilder,
  x: string,
  name: string,
  place: PlacedWeight,
  bias: string | undefined,
  as?: string,
): string {
  if (place.kind === 'float') {
    const weight = g.weight({ name, shape: place.shape, offset: place.offset });
    const inputs = [x, weight, ...(bias === undefined ? [] : [bias])];
    return g.node('Gemm', inputs, { transB: 1 }, as);
  }
  const [N, K] = place.shape;
  const atOnce = Math.max(1, Math.floor(OPENED_BYTES / (4 * K)));
  const writeRows = (first: number, count: number, b: string | undefined, output?: string) =>
    place.kind === 'half'
      ? writeHalfRows(g, x, name, place, first, count, b, output)
      : writePackedRows(g, x, name, place, first, count, b, output);
  if (N <= atOnce) return writeRows(0, N, bias, as);
  const products: string[] = [];
  for (let first = 0; first < N; first += atOnce) {
    const count = Math.min(atOnce, N - first);
    products.push(writeRows(first, count, undefined));
  }
  const joined = g.node('Concat', products, { axis: 1 }, bias === undefined ? as : undefined);
  return bias === undefined ? joined : g.node('Add', [joined, bias], {}, as);
}
