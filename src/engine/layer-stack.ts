import type { Tensor } from 'onnxruntime-common';
import type { ModelConfig } from '../model/model-config.ts';
import type { Fetched, GraphSession, Runtime } from './runtime.ts';

/** A model ready to run: one session a layer and one for the output. */
export interface LayerStack {
  readonly runtime: Runtime;
  readonly config: ModelConfig;
  readonly layers: readonly GraphSession[];
  readonly output: GraphSession;
}

/** One layer on one block: `x` [count, D] after the cached keys and values [start, KV*d]. */
export async function runLayerBlock(
  stack: LayerStack,
  layer: number,
  block: { readonly start: number; readonly count: number },
  inputs: Readonly<Record<string, Tensor>>,
  x: Float32Array,
  past: { readonly keys: Float32Array; readonly values: Float32Array },
  outputs: readonly string[],
): Promise<Fetched> {
  const { Tensor } = stack.runtime;
  const { hiddenSize, keyValueHeadCount, headSize } = stack.config;
  const width = keyValueHeadCount * headSize;
  return stack.layers[layer].run(
    {
      ...inputs,
      x: new Tensor('float32', x, [block.count, hiddenSize]),
      past_key: new Tensor('float32', past.keys, [block.start, width]),
      past_value: new Tensor('float32', past.values, [block.start, width]),
    },
    outputs,
  );
}
