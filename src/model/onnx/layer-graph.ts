import type { LayerWeightName } from '../layer-weights.ts';
import type { ModelConfig } from '../model-config.ts';
import type { PlacedWeights } from '../weight-form.ts';
import { writeActivation } from './activation.ts';
import { ElementType, GraphBuilder } from './graph-builder.ts';
import { writeLinear } from './linear.ts';
import { writeNorm } from './norm.ts';
import { writeReductions } from './reductions.ts';

/** A layer's weights by name, with form and place. A weight that is not there is not applied. */
export type LayerPlaces = PlacedWeights<LayerWeightName>;

/**
 * The graph of one layer for a block of T queries after S past tokens. It serves whole texts (S = 0),
 * blocks of queries, and generation (T = 1); position tables and masks come in as inputs.
 *
 * Inputs (float32 unless said): `x` [T,D]; `cos`, `sin` [T,r] for the r rotated dimensions (the first
 * half of `sin` negated), absent in layers without rotation; `past_key`, `past_value` [S,KV*d]; `mask`
 * [T,S+T] added to the scores; `head_mask` [H,1,1] scales each head's output; then those of the
 * reductions (`writeReductions`).
 *
 * Outputs: `y` [T,D]; `new_key`, `new_value` [T,KV*d]; `query_scaled` [T,H*d] (rotated, times the scale
 * of the scores); `attention` [H,T,S+T]; then the reductions.
 */
export function writeLayerGraph(
  config: ModelConfig,
  layer: number,
  places: LayerPlaces,
  inlineWeights: Uint8Array | null = null,
): Uint8Array<ArrayBuffer> {
  const { headCount: H, keyValueHeadCount: KV, headSize: d, hiddenSize: D } = config;
  const {
    attention: rules,
    mlp,
    norm: normConfig,
    isParallel,
    residualScale,
  } = config.layers[layer];
  const group = H / KV;
  const g = new GraphBuilder(inlineWeights);
  const { float32 } = ElementType;
  /** A gain or bias, or undefined where the layer has none. */
  const vector = (name: LayerWeightName): string | undefined => {
    const place = places.get(name);
    if (place?.kind !== 'float') return undefined;
    return g.once(`weight ${name}`, () => g.weight({ name, ...place }));
  };
  const reshape = (input: string, shape: readonly number[], as?: string): string =>
    g.node('Reshape', [input, g.integers(shape)], {}, as);
  const linear = (
    input: string,
    name: 'query' | 'key' | 'value' | 'attention_output' | 'gate' | 'up' | 'down',
    as?: string,
  ): string => {
    const place = places.get(name);
    if (place === undefined) throw new Error(`the layer has no ${name}`);
    return writeLinear(g, input, name, place, vector(`${name}_bias`), as);
  };
  /** The norm of this name, or the input as it is where the layer has none. */
  const norm = (
    input: string,
    name:
      | 'attention_norm'
      | 'attention_post_norm'
      | 'mlp_norm'
      | 'mlp_post_norm'
      | 'query_norm'
      | 'key_norm',
  ): string => {
    const gain = vector(name);
    if (gain === undefined) return input;
    return writeNorm(g, input, gain, vector(`${name}_bias`), normConfig);
  };
  const scaled = (input: string, factor: number): string =>
    factor === 1 ? input : g.node('Mul', [input, g.scalar(factor)]);

  const x = g.input('x', float32, ['T', D]);
  const rotated = rules.rotation?.size ?? 0;
  const tables =
    rotated > 0
      ? {
          cos: reshape(g.input('cos', float32, ['T', rotated]), [-1, 1, rotated]),
          sin: reshape(g.input('sin', float32, ['T', rotated]), [-1, 1, rotated]),
        }
      : null;
  const pastKey = g.input('past_key', float32, ['S', KV * d]);
  const pastValue = g.input('past_value', float32, ['S', KV * d]);
  const mask = g.input('mask', float32, ['T', 'K']);
  const headMask = g.input('head_mask', float32, [H, 1, 1]);

  const rotate = (split: string): string => {
    if (tables === null) return split;
    const rest = d - rotated;
    const first = `${split}_first`;
    const second = `${split}_second`;
    const still = `${split}_still`;
    const sizes = [rotated / 2, rotated / 2, ...(rest > 0 ? [rest] : [])];
    const names = [first, second, ...(rest > 0 ? [still] : [])];
    g.nodes('Split', [split, g.integers(sizes)], names, { axis: 2 });
    const turned = rest > 0 ? g.node('Concat', [first, second], { axis: 2 }) : split;
    const swapped = g.node('Concat', [second, first], { axis: 2 });
    const sum = g.node('Add', [
      g.node('Mul', [turned, tables.cos]),
      g.node('Mul', [swapped, tables.sin]),
    ]);
    return rest > 0 ? g.node('Concat', [sum, still], { axis: 2 }) : sum;
  };
  /** Projected rows cut into heads, normed where the model does that, and rotated. */
  const toHeads = (rows: string, heads: number, name: 'query_norm' | 'key_norm'): string => {
    const whole = rules.headNorm === 'whole' ? norm(rows, name) : rows;
    const split = reshape(whole, [-1, heads, d]);
    return rotate(rules.headNorm === 'head' ? norm(split, name) : split);
  };

  const normed = norm(x, 'attention_norm');
  const query = scaled(toHeads(linear(normed, 'query'), H, 'query_norm'), rules.scale);
  reshape(query, [-1, H * d], 'query_scaled');
  const newKey = reshape(toHeads(linear(normed, 'key'), KV, 'key_norm'), [-1, KV * d], 'new_key');
  const newValue = linear(normed, 'value', 'new_value');

  const keys = reshape(g.node('Concat', [pastKey, newKey], { axis: 0 }), [-1, KV, d]);
  const values = reshape(g.node('Concat', [pastValue, newValue], { axis: 0 }), [-1, KV, d]);
  const keysByHead = g.node('Transpose', [keys], { perm: [1, 2, 0] });
  const valuesByHead = g.node('Transpose', [values], { perm: [1, 0, 2] });

  // The query heads of a group are folded into rows, so that keys and values are not repeated.
  const grouped = g.node('Transpose', [reshape(query, [-1, KV, group, d])], {
    perm: [1, 2, 0, 3],
  });
  const products = g.node('MatMul', [reshape(grouped, [KV, -1, d]), keysByHead]);
  const scores =
    rules.scoreCap === null
      ? products
      : scaled(g.node('Tanh', [scaled(products, 1 / rules.scoreCap)]), rules.scoreCap);
  const shapeOfMask = g.node('Shape', [mask]);
  const perHead = g.node('Concat', [g.integers([H]), shapeOfMask], { axis: 0 });
  const masked = g.node('Add', [g.node('Reshape', [scores, perHead]), mask]);
  const attention = g.node('Softmax', [masked], { axis: -1 }, 'attention');

  const keyCount = g.node('Gather', [shapeOfMask, g.integers([1])], { axis: 0 });
  const perGroup = g.node('Concat', [g.integers([KV, -1]), keyCount], { axis: 0 });
  const mixed = g.node('MatMul', [g.node('Reshape', [attention, perGroup]), valuesByHead]);
  const headOutput = g.node('Mul', [reshape(mixed, [H, -1, d]), headMask]);
  const joined = reshape(g.node('Transpose', [headOutput], { perm: [1, 0, 2] }), [-1, H * d]);
  const attended = scaled(
    norm(linear(joined, 'attention_output'), 'attention_post_norm'),
    residualScale,
  );
  const afterAttention = g.node('Add', [x, attended]);

  // Side by side, a model without a norm of its own for the MLP shares the one before attention.
  const mlpInput = isParallel
    ? places.has('mlp_norm')
      ? norm(x, 'mlp_norm')
      : normed
    : norm(afterAttention, 'mlp_norm');
  const inner =
    mlp.kind === 'gated'
      ? g.node('Mul', [
          writeActivation(g, linear(mlpInput, 'gate'), mlp.activation),
          linear(mlpInput, 'up'),
        ])
      : writeActivation(g, linear(mlpInput, 'up'), mlp.activation);
  const added = scaled(norm(linear(inner, 'down'), 'mlp_post_norm'), residualScale);
  g.node('Add', [afterAttention, added], {}, 'y');

  g.output('y', float32, ['T', D]);
  g.output('new_key', float32, ['T', KV * d]);
  g.output('new_value', float32, ['T', KV * d]);
  g.output('query_scaled', float32, ['T', H * d]);
  g.output('attention', float32, [H, 'T', 'K']);
  writeReductions(g, attention, H);
  return g.finish('layer');
}
