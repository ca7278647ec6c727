import {
  compareAttention,
  compareLogits,
  comparePacked,
  type Deviation,
  findRowDeviation,
  type ModelReference,
} from '../measures/model-reference.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { Engine } from '../protocol/engine.ts';

/** What a check of the loaded model found. */
export interface ModelCheck {
  readonly tokenCount: number;
  /** Largest distance of a row's sum from 1, over all heads. */
  readonly rows: number;
  /** Largest difference between the text run at once and token by token. */
  readonly byToken: Deviation;
  /** Against another program's values; null when there are none for this model. */
  readonly reference: {
    readonly attention: Deviation;
    /** As a share of the largest logit; null when the reference has no logits. */
    readonly logits: number | null;
  } | null;
}

/** A sentence with a repetition, a number and white space, short enough for every model. */
const CHECK_TEXT =
  'The ferry left at 7:45. The ferry came back at noon,\n  and nobody was on the ferry.';
const MOST_TOKENS = 24;
/** Longer references are compared over their first tokens: later ones change nothing in these. */
const MOST_REFERENCE_TOKENS = 64;

/** The first tokens of a reference. */
function shorten(reference: ModelReference): ModelReference {
  const n = reference.ids.length;
  const m = Math.min(n, MOST_REFERENCE_TOKENS);
  if (m === n) return reference;
  const { layerCount, headCount, attention, logits } = reference;
  const cut = new Float32Array(layerCount * headCount * m * m);
  for (let row = 0; row < layerCount * headCount * m; row++) {
    const from = (Math.floor(row / m) * n + (row % m)) * n;
    cut.set(attention.subarray(from, from + m), row * m);
  }
  return {
    ...reference,
    ids: reference.ids.slice(0, m),
    attention: cut,
    logits: logits && {
      ...logits,
      ids: logits.ids?.subarray(0, m * logits.count) ?? null,
      values: logits.values.subarray(0, m * logits.count),
    },
  };
}

/**
 * Runs the loaded model on a short text beside whatever the person looks at, and compares it with itself
 * and, where there are some, with reference values. Rejects as `Engine.measureTokens` does, and with
 * `argument-invalid` when the reference is of another model.
 */
export async function checkModel(
  engine: Engine,
  facts: ModelFacts,
  given: ModelReference | null,
  signal?: AbortSignal,
): Promise<ModelCheck> {
  const reference = given === null ? null : shorten(given);
  const ids =
    reference?.ids ?? Array.from((await engine.tokenize(CHECK_TEXT)).ids.slice(0, MOST_TOKENS));
  const { attention, attentionByToken, logits } = await engine.measureTokens(ids, signal);
  return {
    tokenCount: ids.length,
    rows: findRowDeviation(attention, ids.length),
    byToken: comparePacked(attention, attentionByToken, facts.headCount, ids.length),
    reference: reference && {
      attention: compareAttention(attention, facts, reference),
      logits: compareLogits(logits, facts.vocabularySize, reference),
    },
  };
}
