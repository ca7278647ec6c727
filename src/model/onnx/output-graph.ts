import type { ModelConfig } from '../model-config.ts';
import type { PlacedWeights } from '../weight-form.ts';
import { ElementType, GraphBuilder } from './graph-builder.ts';
import { writeLinear } from './linear.ts';
import { writeNorm } from './norm.ts';

/** Weights of the last step. */
export type OutputWeightName = 'norm' | 'norm_bias' | 'unembedding' | 'unembedding_bias';
export type OutputPlaces = PlacedWeights<OutputWeightName>;

/**
 * The last step: final norm and unembedding for a block of T positions. Fed with another layer's
 * stream, it is the logit lens.
 *
 * Inputs: `x` [T,D]; `targets` [T,1] int64 = the token whose probability is asked for; `candidates` [1]
 * int64 = how many best tokens to keep. Outputs: `normed` [T,D]; `logits` [T,V]; `log_total` [T,1] =
 * ln Σ exp(logits); `target_logits` [T,1]; `top_logits`, `top_ids` [T,candidates].
 */
export function writeOutputGraph(
  config: ModelConfig,
  places: OutputPlaces,
  inlineWeights: Uint8Array | null = null,
): Uint8Array<ArrayBuffer> {
  const { hiddenSize: D, vocabularySize: V } = config;
  const { norm, logitCap, logitDivisor } = config.output;
  const { float32, int64 } = ElementType;
  const g = new GraphBuilder(inlineWeights);
  const vector = (name: OutputWeightName): string | undefined => {
    const place = places.get(name);
    return place?.kind === 'float' ? g.weight({ name, ...place }) : undefined;
  };
  const x = g.input('x', float32, ['T', D]);
  const gain = vector('norm');
  const unembedding = places.get('unembedding');
  if (gain === undefined || unembedding === undefined)
    throw new Error('output weights are missing');
  const normed = writeNorm(g, x, gain, vector('norm_bias'), norm, 'normed');
  const bias = vector('unembedding_bias');
  const times = (factor: number) => (input: string, as?: string) =>
    g.node('Mul', [input, g.scalar(factor)], {}, as);
  const steps: readonly ((input: string, as?: string) => string)[] = [
    (_, as) => writeLinear(g, normed, 'unembedding', unembedding, bias, as),
    ...(logitDivisor === 1 ? [] : [times(1 / logitDivisor)]),
    ...(logitCap === null
      ? []
      : [
          times(1 / logitCap),
          (input: string, as?: string) => g.node('Tanh', [input], {}, as),
          times(logitCap),
        ]),
  ];
  const logits = steps.reduce(
    (input, step, index) => step(input, index === steps.length - 1 ? 'logits' : undefined),
    normed,
  );
  g.node('ReduceLogSumExp', [logits, g.integers([1])], { keepdims: 1 }, 'log_total');
  g.node(
    'GatherElements',
    [logits, g.input('targets', int64, ['T', 1])],
    { axis: 1 },
    'target_logits',
  );
  const candidates = g.input('candidates', int64, [1]);
  g.nodes('TopK', [logits, candidates], ['top_logits', 'top_ids'], { axis: -1 });
  g.output('normed', float32, ['T', D]);
  g.output('logits', float32, ['T', V]);
  g.output('log_total', float32, ['T', 1]);
  g.output('target_logits', float32, ['T', 1]);
  g.output('top_logits', float32, ['T', 'N']);
  g.output('top_ids', int64, ['T', 'N']);
  return g.finish('output');
}
