import type { NormConfig } from '../model-config.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** Adds a norm over the last axis to a graph and returns its output. */
export function writeNorm(
  g: GraphBuilder,
  x: string,
  gain: string,
  bias: string | undefined,
  { kind, epsilon }: NormConfig,
  as?: string,
): string {
  const attributes = { axis: -1, epsilon, stash_type: 1 };
  if (kind === 'rms') return g.node('SimplifiedLayerNormalization', [x, gain], attributes, as);
  const inputs = [x, gain, ...(bias === undefined ? [] : [bias])];
  return g.node('LayerNormalization', inputs, attributes, as);
}
