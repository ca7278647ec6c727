import { formatPercent } from '../../lib/format-number.ts';
import type { AttentionSteps } from '../../measures/attention-steps.ts';
import type { HeadVectors } from '../../protocol/run.ts';
import { formatWeight } from '../../state/shown-cell.ts';
import { t } from './messages.ts';
import type { StepsTarget } from './steps-layout.ts';

/** A vector's number with three or four digits that mean something. */
export function formatValue(value: number): string {
  if (value === 0 || Number.isNaN(value)) return value === 0 ? '0' : '–';
  if (value === Number.NEGATIVE_INFINITY) return '−∞';
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  return size < 1e-3 ? value.toExponential(1) : value.toFixed(size < 1 ? 4 : 3);
}

/** What is said of a place in the picture, with its exact numbers. */
export function describeTarget(
  target: StepsTarget,
  vectors: HeadVectors,
  steps: AttentionSteps,
  textOf: (key: number) => string,
): string {
  const { headSize: d } = vectors;
  if (!('key' in target)) {
    const { kind, component: i } = target;
    const value = kind === 'query' ? vectors.queryVector[i] : vectors.output[i];
    return t(kind === 'query' ? 'queryPart' : 'outputPart', { i, value: formatValue(value) });
  }
  const { key } = target;
  const text = textOf(key);
  if (target.kind === 'row') {
    return t('row', {
      key,
      text,
      score: formatValue(vectors.scores[key]),
      exponential: formatValue(steps.exponentials[key]),
      weight: formatWeight(vectors.weights[key]),
      percent: formatPercent(vectors.weights[key]),
    });
  }
  const { kind, component: i } = target;
  const at = key * d + i;
  if (kind === 'key') {
    const value = vectors.keyVectors[at];
    const part = vectors.queryVector[i] * value * vectors.attentionScale;
    return t(vectors.scoreCap === null ? 'keyPart' : 'keyPartCapped', {
      key,
      text,
      i,
      value: formatValue(value),
      part: formatValue(part),
    });
  }
  const value = vectors.valueVectors[at];
  const part = formatValue(vectors.weights[key] * value);
  return t('valuePart', { key, text, i, value: formatValue(value), part });
}
