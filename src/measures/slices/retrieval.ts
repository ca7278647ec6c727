import { type LayerSummary, STRONGEST_KEYS } from '../../tensor/layer-summary.ts';
import type { MeasureDescription } from '../measure.ts';
import type { TokenSpan } from '../patterns/pattern-measure.ts';

/** From this score on a head counts as a retrieval head (Wu et al. 2024). */
export const RETRIEVAL_SCORE = 0.1;

/** The share of a needle's tokens that a window must have to be taken for it. */
const NEEDLE_SHARE = 0.9;

/** One generated token: what was written, and where the head looked most while it was. */
export interface DecodingStep {
  readonly strongestKey: number;
  readonly id: number;
}

/**
 * Where a needle stands in a prompt: the first window of its length that has more than 90 % of its
 * different ids; null when there is none. Tokens at its edges may have been cut otherwise.
 */
export function findNeedle(prompt: Int32Array, needle: Int32Array): TokenSpan | null {
  const wanted = new Set(needle);
  if (wanted.size === 0) return null;
  for (let start = 0; start + needle.length <= prompt.length; start++) {
    const end = start + needle.length;
    const seen = new Set(prompt.subarray(start, end));
    let found = 0;
    for (const id of wanted) if (seen.has(id)) found++;
    if (found / wanted.size > NEEDLE_SHARE) return { start, end };
  }
  return null;
}

/**
 * A head's score in one trial: for each generated token, 1 / (tokens of the needle) when the head looked
 * most at a token of the needle and that very token was written. Repeats count again.
 */
export function scoreRetrieval(
  steps: Iterable<DecodingStep>,
  prompt: Int32Array,
  { start, end }: TokenSpan,
): number {
  let hits = 0;
  for (const { strongestKey, id } of steps) {
    if (strongestKey >= start && strongestKey < end && prompt[strongestKey] === id) hits++;
  }
  return end > start ? hits / (end - start) : Number.NaN;
}

/**
 * The same without generating: the known answer stands in the text, and its true next token takes the
 * place of the one written (ours; methods 5.4 [RECON]). `answer` are the answer's tokens.
 */
export function scoreForcedRetrieval(
  summary: LayerSummary,
  head: number,
  ids: Int32Array,
  needle: TokenSpan,
  answer: TokenSpan,
): number {
  const steps: DecodingStep[] = [];
  for (let next = Math.max(1, answer.start); next < Math.min(answer.end, ids.length); next++) {
    const query = next - 1;
    const strongestKey =
      summary.strongestKeys[(head * summary.queryCount + query) * STRONGEST_KEYS];
    steps.push({ strongestKey, id: ids[next] });
  }
  return steps.length > 0 ? scoreRetrieval(steps, ids, needle) : Number.NaN;
}

/** Words as ROUGE counts them: runs of letters and digits, in lower case, not stemmed. */
function cutWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * ROUGE-1 recall: the share of the expected answer's words that the answer has, each as often as it
 * stands there. A trial counts above .5. "a b b" of "b c" -> 1/3; NaN when nothing is expected.
 */
export function computeRougeRecall(expected: string, answer: string): number {
  const counts = new Map<string, number>();
  for (const word of cutWords(answer)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = cutWords(expected);
  let found = 0;
  for (const word of words) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    counts.set(word, left - 1);
    found++;
  }
  return words.length > 0 ? found / words.length : Number.NaN;
}

export const retrieval = {
  id: 'retrieval',
  unit: 'score',
  range: [0, null],
  formula:
    'Σ over generated tokens of 1 / (needle’s tokens), where argmax_j a_ij is in the needle and is the token that was written; mean over trials with more than half of the answer',
  source: 'Wu et al. 2024; methods 5.4 [CODE]',
  certainty: 'standard',
  needs: 'generation',
} as const satisfies MeasureDescription;

export const forcedRetrieval = {
  id: 'retrieval-forced',
  unit: 'score',
  range: [0, null],
  formula:
    'Σ over the answer’s tokens t of 1 / (needle’s tokens), where argmax_j a_(t−1),j is in the needle and is token t',
  source:
    'our variant of Wu et al. 2024 on the known answer, without generating; methods 5.4 [RECON]',
  certainty: 'ours',
  needs: 'summary',
} as const satisfies MeasureDescription;
