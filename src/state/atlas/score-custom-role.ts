import {
  comparePainted,
  createPaintedPattern,
  type PaintedMatrix,
} from '../../measures/painted-pattern.ts';
import { countQueries } from '../../measures/patterns/pattern-measure.ts';
import { createRulePattern, parseTokenRule, type TokenRule } from '../../measures/token-rule.ts';
import type { Engine } from '../../protocol/engine.ts';
import { type CellPattern, countCells } from '../../tensor/cell-pattern.ts';
import type { TokenizedText } from '../../text/token.ts';

/** A role that a person made. */
export type CustomRole =
  | { readonly kind: 'rule'; readonly text: string; readonly rule: TokenRule }
  | { readonly kind: 'painted'; readonly painted: PaintedMatrix };

/** How well the heads of a model match a role on some texts, [layer, head] each. */
export interface CustomScores {
  readonly role: CustomRole;
  readonly layerCount: number;
  readonly headCount: number;
  /**
   * Rule: mean over the queries that it means of the attention to the keys that it means. Painted:
   * correlation with the painting, mean over texts. NaN where undefined.
   */
  readonly scores: Float64Array;
  /** The heaviest cell of the role; text -1 where there is none. */
  readonly texts: Int32Array;
  readonly queries: Int32Array;
  readonly keys: Int32Array;
  readonly weights: Float32Array;
  /** What was looked at. */
  readonly tokens: readonly TokenizedText[];
  /** How many cells the role means in all of it. */
  readonly cellCount: number;
}

/** Whether a painting means the first column: more than the one cell that a diagonal has there. */
export function paintsFirst({ side, values }: PaintedMatrix): boolean {
  let count = 0;
  for (let row = 1; row < side; row++) if (values[row * side] >= 0.5) count++;
  return count > 1;
}

function patternOf(role: CustomRole, tokens: TokenizedText): CellPattern {
  return role.kind === 'rule'
    ? createRulePattern(role.rule, tokens)
    : createPaintedPattern(role.painted, tokens.ids.length);
}

/**
 * Tries a role on every head, text by text. A painting is compared without its first column of parts,
 * where sinks are, unless `paintsFirst` (our operationalisation). Texts in which the role
 * means no cell add nothing.
 */
export async function scoreCustomRole(
  engine: Pick<Engine, 'survey'>,
  role: CustomRole,
  texts: readonly TokenizedText[],
  { layerCount, headCount }: { readonly layerCount: number; readonly headCount: number },
  onText: (done: number) => void,
  signal: AbortSignal,
): Promise<CustomScores> {
  const size = layerCount * headCount;
  const sums = new Float64Array(size);
  const counts = new Float64Array(size);
  const found = {
    texts: new Int32Array(size).fill(-1),
    queries: new Int32Array(size).fill(-1),
    keys: new Int32Array(size).fill(-1),
    weights: new Float32Array(size).fill(Number.NaN),
  };
  const skipsFirst = role.kind === 'painted' && !paintsFirst(role.painted);
  let cellCount = 0;
  for (const [t, tokens] of texts.entries()) {
    signal.throwIfAborted();
    const pattern = patternOf(role, tokens);
    const cells = countCells(pattern);
    cellCount += cells;
    const queries = countQueries(pattern);
    if (cells > 0) {
      await engine.survey(
        { ids: tokens.ids, patterns: [pattern] },
        ({ layer, summary, patterns }) => {
          for (let head = 0; head < headCount; head++) {
            const at = layer * headCount + head;
            const value =
              role.kind === 'rule'
                ? patterns.sums[head]
                : comparePainted(role.painted, summary, head, skipsFirst).correlation;
            if (!Number.isNaN(value)) {
              sums[at] += value;
              counts[at] += role.kind === 'rule' ? queries : 1;
            }
            const weight = patterns.bestWeights[head];
            if (Number.isNaN(weight) || weight <= found.weights[at]) continue;
            found.texts[at] = t;
            found.queries[at] = patterns.bestQueries[head];
            found.keys[at] = patterns.bestKeys[head];
            found.weights[at] = weight;
          }
        },
        signal,
      );
    }
    onText(t + 1);
  }
  const scores = sums.map((sum, at) => (counts[at] > 0 ? sum / counts[at] : Number.NaN));
  return { role, layerCount, headCount, scores, ...found, tokens: texts, cellCount };
}

/** A rule as a role; null when it cannot be read. */
export function toRuleRole(text: string): CustomRole | null {
  const parsed = parseTokenRule(text);
  return parsed.ok ? { kind: 'rule', text, rule: parsed.rule } : null;
}
