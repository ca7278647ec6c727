import type { CustomScores } from '../../state/atlas/score-custom-role.ts';
import type { Table } from '../../ui/table.ts';
import { t } from './messages.ts';

/** A head with its score of the person's role. */
export interface CustomRow {
  readonly at: number;
  readonly layer: number;
  readonly head: number;
  readonly score: number;
}

/** All heads that have a score, best first. */
export function toCustomRows({ scores, headCount }: CustomScores): readonly CustomRow[] {
  return Array.from(scores, (score, at) => ({
    at,
    layer: Math.floor(at / headCount),
    head: at % headCount,
    score,
  }))
    .filter(({ score }) => !Number.isNaN(score))
    .sort((a, b) => b.score - a.score);
}

/** All heads with score and clearest cell. */
export function toCustomTable(found: CustomScores): Table {
  return {
    columns: [
      t('columnLayer'),
      t('columnIndex'),
      t('columnScore'),
      t('columnText'),
      t('columnQuery'),
      t('columnKey'),
      t('columnWeight'),
    ],
    rows: toCustomRows(found).map(({ at, layer, head, score }) => {
      const hasCell = found.texts[at] >= 0;
      return [
        layer,
        head,
        score,
        hasCell ? found.texts[at] : null,
        hasCell ? found.queries[at] : null,
        hasCell ? found.keys[at] : null,
        hasCell ? found.weights[at] : null,
      ];
    }),
  };
}
