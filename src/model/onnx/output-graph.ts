import type { ModelConfig } from '../architecture.ts';
import { ElementType, GraphBuilder } from './graph-builder.ts';

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
  inlineWeights: Uint8Array | null = null,
): Uint8Array<ArrayBuffer> {
  const { hiddenSize: D, vocabularySize: V } = config;
  const { float32, int64 } = ElementType;
  const g = new GraphBuilder(inlineWeights);
  const x = g.input('x', float32, ['T', D]);
  const gain = g.weight({ name: 'norm', shape: [D], offset: 0 });
  const unembedding = g.weight({ name: 'unembedding', shape: [V, D], offset: 4 * D });
  const normed = g.node(
    'SimplifiedLayerNormalization',
    [x, gain],
    { axis: -1, epsilon: config.normEpsilon, stash_type: 1 },
    'normed',
  );
  const logits = g.node('Gemm', [normed, unembedding], { transB: 1 }, 'logits');
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
