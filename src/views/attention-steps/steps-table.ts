import type { AttentionSteps } from '../../measures/attention-steps.ts';
import type { HeadVectors } from '../../protocol/run.ts';
import type { NamedArray } from '../../tensor/named-array.ts';
import type { TokenizedText } from '../../text/token.ts';
import type { Table } from '../../ui/table.ts';
import { t } from './messages.ts';
import { sayScore } from './score-rule.ts';

/** One row a key that the query can see, in the text's order. */
export function toStepTable(
  vectors: HeadVectors,
  steps: AttentionSteps,
  { text, starts, ends }: TokenizedText,
): Table {
  return {
    columns: [
      'key',
      'key text',
      t('tableScore', { score: sayScore(vectors) }),
      'e^(s − m)',
      'weight',
    ],
    rows: Array.from(vectors.scores, (score, key) => [
      key,
      text.slice(starts[key], ends[key]),
      score,
      steps.exponentials[key],
      vectors.weights[key],
    ]),
  };
}

/** All vectors and numbers of the steps. */
export function toStepArrays(vectors: HeadVectors): readonly NamedArray[] {
  const { headSize: d } = vectors;
  const n = vectors.scores.length;
  return [
    { name: 'query', shape: [d], data: vectors.queryVector },
    { name: 'keys', shape: [n, d], data: vectors.keyVectors },
    { name: 'values', shape: [n, d], data: vectors.valueVectors },
    { name: 'scores', shape: [n], data: vectors.scores },
    { name: 'weights', shape: [n], data: vectors.weights },
    { name: 'output', shape: [d], data: vectors.output },
  ];
}
