import type { ModelFile } from '../model/model-file.ts';
import { keyValueHeadOf, readCircuit, takeHeadOutput, takeHeadValues } from './head-circuit.ts';
import { Products, toMatrix } from './products.ts';
import type { Runtime } from './runtime.ts';

/** Keys whose vectors in the stream are held at once. */
const BLOCK_KEYS = 256;

/**
 * |v_j W_O| of each head and key, [heads, n]: the length of what a key adds to the stream when it is looked
 * at with weight 1 (Kobayashi et al. 2020). `values` [n, KV · head size] are a layer's cached values, its
 * bias among them; the output's bias, which no key adds, and a norm after attention are not.
 */
export async function computeValueNorms(
  runtime: Runtime,
  file: ModelFile,
  layer: number,
  values: Float32Array,
): Promise<Float32Array> {
  const { config } = file;
  const { headCount, headSize: d, hiddenSize: D, keyValueHeadCount } = config;
  const count = values.length / (keyValueHeadCount * d);
  const circuit = await readCircuit(file, layer);
  const norms = new Float32Array(headCount * count);
  const products = new Products(runtime);
  try {
    for (let head = 0; head < headCount; head++) {
      const output = toMatrix(takeHeadOutput(config, circuit, head), D);
      const own = takeHeadValues(config, values, keyValueHeadOf(config, head));
      for (let start = 0; start < count; start += BLOCK_KEYS) {
        const part = own.subarray(start * d, (start + BLOCK_KEYS) * d);
        const { values: added, rows } = await products.multiply(toMatrix(part, d), output);
        for (let row = 0; row < rows; row++) {
          let square = 0;
          for (let i = row * D; i < (row + 1) * D; i++) square += added[i] ** 2;
          norms[head * count + start + row] = Math.sqrt(square);
        }
      }
    }
    return norms;
  } finally {
    await products.release();
  }
}
