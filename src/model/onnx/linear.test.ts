import { describe, expect, it } from 'vitest';
import { startNodeRuntime } from '../../batch/node-runtime.ts';
import { createRandom } from '../../lib/random.ts';
import { findDifference } from '../../testing/close-to.ts';
import { createMemorySource } from '../memory-source.ts';
import { dequantiseTensor, type FileTensor } from '../tensor-file.ts';
import { tensorBytes, tensorTypeByName } from '../tensor-types.ts';
import { getMatrixForm, type Precision, placeWeights } from '../weight-form.ts';
import { readWeights, toWeightPlan } from '../weight-plan.ts';
import { ElementType, GraphBuilder } from './graph-builder.ts';
import { writeLinear } from './linear.ts';

const runtime = startNodeRuntime(1);
const random = createRandom(3);

/** A tensor of random blocks whose halves are small numbers. */
function createTensor(typeName: string, rows: number, width: number): FileTensor {
  const type = tensorTypeByName(typeName);
  if (type === null) throw new Error(`${typeName} is not known`);
  const bytes = new Uint8Array(tensorBytes(type, rows * width));
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(random() * 256);
  const halves: Readonly<Record<string, readonly number[]>> = {
    Q2_K: [80, 82],
    Q3_K: [108],
    Q4_K: [0, 2],
    Q5_K: [0, 2],
    Q6_K: [208],
    Q4_1: [0, 2],
    Q5_1: [0, 2],
  };
  if (typeName === 'BF16') {
    for (let o = 1; o < bytes.length; o += 2) bytes[o] = 0x3e | (bytes[o] & 0x80);
    const source = createMemorySource(typeName, bytes);
    return { name: typeName, shape: [rows, width], type, source, offset: 0, bytes: bytes.length };
  }
  for (let o = 0; o < bytes.length; o += type.blockBytes) {
    for (const at of halves[typeName] ?? [0]) bytes[o + at + 1] = 0x18 | (bytes[o + at + 1] & 0x83);
  }
  const source = createMemorySource(typeName, bytes);
  return { name: typeName, shape: [rows, width], type, source, offset: 0, bytes: bytes.length };
}

/** x Wᵀ + b by the graph. */
async function multiply(
  tensor: FileTensor,
  precision: Precision,
  x: Float32Array<ArrayBuffer>,
  bias: Float32Array | null,
): Promise<Float32Array> {
  const [rows, width] = tensor.shape;
  const form = getMatrixForm(tensor, [rows, width], precision);
  const plan = toWeightPlan([
    { tensor, targets: [{ name: 'w', form, order: (row) => rows - 1 - row }], isTransposed: false },
  ]);
  const { places, bytes } = placeWeights(plan.weights);
  const place = places.get('w');
  if (place === undefined) throw new Error('the weight has no place');
  const weights = new Uint8Array(bytes + 4 * rows);
  weights.set(await readWeights(plan));
  if (bias) weights.set(new Uint8Array(bias.buffer), bytes);
  const session = await runtime.createSession((inline) => {
    const g = new GraphBuilder(inline);
    const input = g.input('x', ElementType.float32, ['T', width]);
    const b = bias ? g.weight({ name: 'b', shape: [rows], offset: bytes }) : undefined;
    writeLinear(g, input, 'w', place, b, 'y');
    g.output('y', ElementType.float32, ['T', rows]);
    return g.finish('linear');
  }, weights);
  const tensorX = new runtime.Tensor('float32', x, [x.length / width, width]);
  const { y } = await session.run({ x: tensorX }, ['y']);
  await session.release();
  return y.data as Float32Array;
}

/** The same in float64, rows in reverse as above. */
function multiplyPlainly(
  tensor: FileTensor,
  stored: Uint8Array,
  x: Float32Array,
  bias: Float32Array | null,
) {
  const [rows, width] = tensor.shape;
  const w = new Float32Array(rows * width);
  dequantiseTensor(tensor, stored, w);
  const count = x.length / width;
  const y = new Float32Array(count * rows);
  let largest = 0;
  for (let t = 0; t < count; t++) {
    for (let row = 0; row < rows; row++) {
      let sum = bias?.[row] ?? 0;
      let size = 0;
      for (let k = 0; k < width; k++) {
        const product = x[t * width + k] * w[(rows - 1 - row) * width + k];
        sum += product;
        size += Math.abs(product);
      }
      y[t * rows + row] = sum;
      largest = Math.max(largest, size);
    }
  }
  return { y, largest };
}

const floats = (count: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: count }, () => random() * 2 - 1);
const TYPES = ['F16', 'BF16', 'Q4_0', 'Q4_1', 'Q5_0', 'Q5_1', 'Q8_0', 'IQ4_NL'];
const WIDE_TYPES = ['Q2_K', 'Q3_K', 'Q4_K', 'Q5_K', 'Q6_K', 'IQ4_XS'];

describe.each([...TYPES.map((name) => [name, 64]), ...WIDE_TYPES.map((name) => [name, 256])] as [
  string,
  number,
][])('a product with %s of rows of %i', (name, width) => {
  it.each<[string, Precision, boolean]>([
    ['packed', 'packed', false],
    ['packed, with a bias', 'packed', true],
    ['dequantised, with a bias', 'dequantised', true],
  ])('%s is exact but for the order of sums', async (_, precision, hasBias) => {
    const tensor = createTensor(name, 5, width);
    const stored = await tensor.source.read(0, tensor.bytes);
    for (const count of [1, 3]) {
      const x = floats(count * width);
      const bias = hasBias ? floats(5) : null;
      const { y, largest } = multiplyPlainly(tensor, stored, x, bias);
      const actual = await multiply(tensor, precision, x, bias);
      expect(findDifference(actual, y, { atol: 1e-6 * largest })).toBeNull();
    }
  });
});

it('a matrix too large to be opened at once is cut into products of some rows', async () => {
  const width = 8192;
  const rows = 1100; // 512 rows of this width are 16 MB
  const tensor = createTensor('Q4_1', rows, width);
  const stored = await tensor.source.read(0, tensor.bytes);
  const x = floats(width);
  const bias = floats(rows);
  const { y, largest } = multiplyPlainly(tensor, stored, x, bias);
  const actual = await multiply(tensor, 'packed', x, bias);
  expect(findDifference(actual, y, { atol: 1e-6 * largest })).toBeNull();
});
