import type { ModelConfig } from '../architecture.ts';
import { ElementType, GraphBuilder, type WeightPlace } from './graph-builder.ts';

/** Names of a layer's weights, in the order in which they lie in its external file. */
export type LayerWeightName =
  | 'attention_norm'
  | 'query'
  | 'key'
  | 'value'
  | 'attention_output'
  | 'mlp_norm'
  | 'gate'
  | 'up'
  | 'down';

/** Shapes of a layer's weights, [out, in] as files store them. */
export function layerWeightShapes(
  config: ModelConfig,
): Readonly<Record<LayerWeightName, readonly number[]>> {
  const { hiddenSize: D, headSize: d, mlpSize: M } = config;
  const queries = config.headCount * d;
  const keys = config.keyValueHeadCount * d;
  return {
    attention_norm: [D],
    query: [queries, D],
    key: [keys, D],
    value: [keys, D],
    attention_output: [D, queries],
    mlp_norm: [D],
    gate: [M, D],
    up: [M, D],
    down: [D, M],
  };
}

/** Places of a layer's weights in one buffer, one after another, and the buffer's size in bytes. */
export function placeLayerWeights(config: ModelConfig): {
  readonly places: ReadonlyMap<LayerWeightName, WeightPlace>;
  readonly bytes: number;
} {
  const places = new Map<LayerWeightName, WeightPlace>();
  let offset = 0;
  const shapes = layerWeightShapes(config);
  for (const name of Object.keys(shapes) as LayerWeightName[]) {
    places.set(name, { name, shape: shapes[name], offset });
    offset += 4 * shapes[name].reduce((product, size) => product * size, 1);
  }
  return { places, bytes: offset };
}

/**
 * The graph of one layer for a block of T queries after S past tokens. It serves whole texts (S = 0),
 * blocks of queries, and generation (T = 1); position tables and masks come in as inputs.
 *
 * Inputs (float32 unless said): `x` [T,D]; `cos`, `sin` [T,d] (the first half of `sin` negated);
 * `past_key`, `past_value` [S,KV*d]; `mask` [T,S+T] added to the scores; `head_mask` [H,1,1] scales
 * each head's output; `mass_features` [S+T,3] = (position, 1 unless first, 1 for the first four);
 * `entropy_features` [S+T,2] = (-1, -1 unless first); `picks` [T,2] int64 = the query's own and its
 * previous position; `strongest` [1] int64 = how many keys to keep; `tile_padding` [6] int64 and
 * `tile_columns` [4], `tile_rows` [4] int64 = how the matrix is cut into tiles.
 *
 * Outputs: `y` [T,D]; `new_key`, `new_value` [T,KV*d]; `query_scaled` [T,H*d] (rotated, divided by √d);
 * `attention` [H,T,S+T]; `mass` [H,T,3], `entropy` [H,T,2], `picked` [H,T,2], `strongest_weights` and
 * `strongest_keys` [H,T,k], `tile_max`, `tile_sum` [H,rows,columns].
 */
export function writeLayerGraph(
  config: ModelConfig,
  inlineWeights: Uint8Array | null = null,
): Uint8Array<ArrayBuffer> {
  const { headCount: H, keyValueHeadCount: KV, headSize: d, hiddenSize: D } = config;
  const group = H / KV;
  const g = new GraphBuilder(inlineWeights);
  const { float32 } = ElementType;

  const x = g.input('x', float32, ['T', D]);
  const cos = g.input('cos', float32, ['T', d]);
  const sin = g.input('sin', float32, ['T', d]);
  const pastKey = g.input('past_key', float32, ['S', KV * d]);
  const pastValue = g.input('past_value', float32, ['S', KV * d]);
  const mask = g.input('mask', float32, ['T', 'K']);
  const headMask = g.input('head_mask', float32, [H, 1, 1]);

  const { places } = placeLayerWeights(config);
  const weight = Object.fromEntries(
    [...places].map(([name, place]) => [name, g.weight(place)]),
  ) as Record<LayerWeightName, string>;

  const linear = (input: string, name: LayerWeightName, as?: string): string =>
    g.node('Gemm', [input, weight[name]], { transB: 1 }, as);
  const norm = (input: string, name: LayerWeightName): string =>
    g.node('SimplifiedLayerNormalization', [input, weight[name]], {
      axis: -1,
      epsilon: config.normEpsilon,
      stash_type: 1,
    });
  const reshape = (input: string, shape: readonly number[], as?: string): string =>
    g.node('Reshape', [input, g.integers(shape)], {}, as);

  const cosHeads = reshape(cos, [-1, 1, d]);
  const sinHeads = reshape(sin, [-1, 1, d]);
  const rotate = (input: string, heads: number): string => {
    const split = reshape(input, [-1, heads, d]);
    const first = `${split}_first`;
    const second = `${split}_second`;
    g.nodes('Split', [split, g.integers([d / 2, d / 2])], [first, second], { axis: 2 });
    const swapped = g.node('Concat', [second, first], { axis: 2 });
    return g.node('Add', [g.node('Mul', [split, cosHeads]), g.node('Mul', [swapped, sinHeads])]);
  };

  const normed = norm(x, 'attention_norm');
  const scale = g.scalar(1 / Math.sqrt(d));
  const rotatedQuery = g.node('Mul', [rotate(linear(normed, 'query'), H), scale]);
  reshape(rotatedQuery, [-1, H * d], 'query_scaled');
  const newKey = reshape(rotate(linear(normed, 'key'), KV), [-1, KV * d], 'new_key');
  const newValue = linear(normed, 'value', 'new_value');

  const keys = reshape(g.node('Concat', [pastKey, newKey], { axis: 0 }), [-1, KV, d]);
  const values = reshape(g.node('Concat', [pastValue, newValue], { axis: 0 }), [-1, KV, d]);
  const keysByHead = g.node('Transpose', [keys], { perm: [1, 2, 0] });
  const valuesByHead = g.node('Transpose', [values], { perm: [1, 0, 2] });

  // The query heads of a group are folded into rows, so that keys and values are not repeated.
  const grouped = g.node('Transpose', [reshape(rotatedQuery, [-1, KV, group, d])], {
    perm: [1, 2, 0, 3],
  });
  const scores = g.node('MatMul', [reshape(grouped, [KV, -1, d]), keysByHead]);
  const shapeOfMask = g.node('Shape', [mask]);
  const perHead = g.node('Concat', [g.integers([H]), shapeOfMask], { axis: 0 });
  const masked = g.node('Add', [g.node('Reshape', [scores, perHead]), mask]);
  const attention = g.node('Softmax', [masked], { axis: -1 }, 'attention');

  const keyCount = g.node('Gather', [shapeOfMask, g.integers([1])], { axis: 0 });
  const perGroup = g.node('Concat', [g.integers([KV, -1]), keyCount], { axis: 0 });
  const mixed = g.node('MatMul', [g.node('Reshape', [attention, perGroup]), valuesByHead]);
  const headOutput = g.node('Mul', [reshape(mixed, [H, -1, d]), headMask]);
  const joined = reshape(g.node('Transpose', [headOutput], { perm: [1, 0, 2] }), [-1, H * d]);
  const afterAttention = g.node('Add', [x, linear(joined, 'attention_output')]);

  const mlpInput = norm(afterAttention, 'mlp_norm');
  const gate = linear(mlpInput, 'gate');
  const activated = g.node('Mul', [gate, g.node('Sigmoid', [gate])]);
  const mlp = linear(g.node('Mul', [activated, linear(mlpInput, 'up')]), 'down');
  g.node('Add', [afterAttention, mlp], {}, 'y');

  g.output('y', float32, ['T', D]);
  g.output('new_key', float32, ['T', KV * d]);
  g.output('new_value', float32, ['T', KV * d]);
  g.output('query_scaled', float32, ['T', H * d]);
  g.output('attention', float32, [H, 'T', 'K']);
  writeReductions(g, attention, H);
  return g.finish('layer');
}

/** What is kept of the attention when the matrices themselves are let go. */
function writeReductions(g: GraphBuilder, attention: string, H: number): void {
  const { float32, int64 } = ElementType;
  const massFeatures = g.input('mass_features', float32, ['K', 3]);
  g.node('MatMul', [attention, massFeatures], {}, 'mass');
  g.output('mass', float32, [H, 'T', 3]);

  // The floor keeps ln finite where a weight underflowed to 0; such a term is 0 all the same.
  const logarithm = g.node('Log', [g.node('Max', [attention, g.scalar(1e-37)])]);
  const entropyFeatures = g.input('entropy_features', float32, ['K', 2]);
  const terms = g.node('Mul', [attention, logarithm]);
  g.node('MatMul', [terms, entropyFeatures], {}, 'entropy');
  g.output('entropy', float32, [H, 'T', 2]);

  const picks = g.input('picks', int64, ['T', 2]);
  const picksPerHead = g.node('Expand', [picks, g.integers([H, 1, 1])]);
  g.node('GatherElements', [attention, picksPerHead], { axis: 2 }, 'picked');
  g.output('picked', float32, [H, 'T', 2]);

  const strongest = g.input('strongest', int64, [1]);
  g.nodes('TopK', [attention, strongest], ['strongest_weights', 'strongest_keys'], { axis: -1 });
  g.output('strongest_weights', float32, [H, 'T', 'N']);
  g.output('strongest_keys', int64, [H, 'T', 'N']);

  const padded = g.node('Pad', [attention, g.input('tile_padding', int64, [6])]);
  const columns = g.node('Reshape', [padded, g.input('tile_columns', int64, [4])]);
  const tileRows = g.input('tile_rows', int64, [4]);
  for (const [operator, output] of [
    ['ReduceMax', 'tile_max'],
    ['ReduceSum', 'tile_sum'],
  ]) {
    const narrow = g.node(operator, [columns, g.integers([3])], { keepdims: 0 });
    const rows = g.node('Reshape', [narrow, tileRows]);
    g.node(operator, [rows, g.integers([2])], { keepdims: 0 }, output);
    g.output(output, float32, [H, 'R', 'C']);
  }
}
