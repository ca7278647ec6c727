import {
  type EntropyMode,
  type EntropyRows,
  getEntropy,
  getMaximumEntropy,
} from '../../measures/entropy.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { Engine } from '../../protocol/engine.ts';
import type { TokenizedText } from '../../text/token.ts';
import type { DomainPlan } from './plan-domains.ts';
import { readTokens } from './survey-text.ts';

/** The beginning of one text with the entropy of every row of every head. */
export interface ExampleRows {
  /** What was run: begin token and the first sample. */
  readonly tokens: TokenizedText;
  /** One a layer. */
  readonly layers: readonly EntropyRows[];
}

/** Runs the first sample of a text and keeps what entropies come from: some hundred kilobytes. */
export async function readExample(
  engine: Engine,
  text: string,
  facts: ModelFacts,
  { addsBegin, length }: Pick<DomainPlan, 'addsBegin' | 'length'>,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<ExampleRows> {
  const { begin, ids } = await readTokens(engine, text, facts, addsBegin);
  const sample = Int32Array.from([...begin, ...ids.subarray(0, length)]);
  const tokens = await engine.tokensOf(sample);
  const layers: EntropyRows[] = [];
  await engine.survey(
    { ids: sample },
    ({ summary: { queryCount, entropy, tailEntropy, tailMass, window } }) => {
      layers.push({ queryCount, entropy, tailEntropy, tailMass, window });
      onProgress(layers.length / facts.layerCount);
    },
    signal,
  );
  return { tokens, layers };
}

/** One value a token of one head, in nats; the first token is left out (NaN), as it can look at itself alone. */
export interface TokenEntropies {
  readonly values: Float64Array;
  /** The largest that each could be. */
  readonly maxima: Float64Array;
}

export function toTokenEntropies(
  { layers }: ExampleRows,
  layer: number,
  head: number,
  mode: EntropyMode,
): TokenEntropies {
  const rows = layers[layer];
  const count = rows?.queryCount ?? 0;
  const create = (value: (query: number) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, query) => (query === 0 ? Number.NaN : value(query)));
  return {
    values: create((query) => getEntropy(rows, head, query, mode)),
    maxima: create((query) => getMaximumEntropy(query, mode, rows.window)),
  };
}
