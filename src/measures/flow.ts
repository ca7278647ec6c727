import { HeadlightError } from '../lib/headlight-error.ts';
import { type CausalSlice, rowStart } from '../tensor/causal-slice.ts';
import { FlowGraph } from './max-flow.ts';
import { addResidual } from './rollout.ts';

/** Tokens up to a query for which flow is computed: one largest flow a token, each through all layers. */
export const FLOW_TOKENS = 40;

/** How much can flow from a query, after the last layer, to each token. */
export interface AttentionFlow {
  /** [query + 1] */
  readonly flow: Float64Array;
  /** The same divided by its sum. */
  readonly share: Float64Array;
}

/**
 * Attention flow (Abnar & Zuidema 2020; methods 5.11 [CODE]): positions after each layer are nodes, the
 * mean over heads with the residual connection gives the capacities from a query after a layer to the keys
 * before it; the flow of a token is the largest that reaches it. `layers` are means over heads, first layer
 * first. All NaN where a weight is. Throws `text-too-long` beyond `FLOW_TOKENS` tokens.
 */
export function computeFlow(layers: readonly CausalSlice[], query: number): AttentionFlow {
  const tokens = query + 1;
  if (tokens > FLOW_TOKENS) {
    throw new HeadlightError(
      'text-too-long',
      `Attention flow was asked for ${tokens} tokens; it is computed for ${FLOW_TOKENS} at most.`,
      { tokens, limit: FLOW_TOKENS },
    );
  }
  const graph = new FlowGraph((layers.length + 1) * tokens);
  for (const [layer, slice] of layers.entries()) {
    const mixed = addResidual(slice);
    for (let from = 0; from < tokens; from++) {
      for (let key = 0; key <= from; key++) {
        const capacity = mixed[rowStart(from) + key];
        if (Number.isNaN(capacity)) return createUndefined(tokens);
        graph.addEdge((layer + 1) * tokens + from, layer * tokens + key, capacity);
      }
    }
  }
  const flow = Float64Array.from({ length: tokens }, (_, key) =>
    graph.computeFlow(layers.length * tokens + query, key),
  );
  const sum = flow.reduce((total, each) => total + each, 0);
  return { flow, share: flow.map((each) => each / sum) };
}

function createUndefined(tokens: number): AttentionFlow {
  const nothing = new Float64Array(tokens).fill(Number.NaN);
  return { flow: nothing, share: nothing.slice() };
}
