import { getSetName } from '../../state/domains/domain-names.ts';
import type { DomainResults, DomainSetResults } from '../../state/domains/domain-results.ts';
import { nameFamily, nameUnit } from '../../state/domains/measure-families.ts';
import type { PairStatistics } from '../../state/domains/summary-hooks.ts';
import type { Table } from '../../ui/table.ts';
import { t } from './messages.ts';

/** One row a measure and head: everything that was worked out for the pair. */
export function toStatisticsTable(
  statistics: readonly PairStatistics[],
  compared: DomainSetResults,
  reference: DomainSetResults,
  headCount: number,
): Table {
  return {
    columns: [
      t('columnMeasure'),
      t('columnUnit'),
      t('columnCompared'),
      t('columnReference'),
      t('columnLayer'),
      t('columnHead'),
      t('columnNCompared'),
      t('columnNReference'),
      t('columnMeanCompared'),
      t('columnMeanComparedLow'),
      t('columnMeanComparedHigh'),
      t('columnMeanReference'),
      t('columnMeanReferenceLow'),
      t('columnMeanReferenceHigh'),
      t('columnDifference'),
      t('columnDifferenceLow'),
      t('columnDifferenceHigh'),
      t('columnCliffsDelta'),
      t('columnHedgesG'),
      t('columnP'),
      t('columnAdjustedP'),
      t('columnExactTest'),
    ],
    rows: statistics.flatMap(({ family, measure, heads }) =>
      Array.from(heads.p, (p, at) => [
        nameFamily(family),
        nameUnit(measure.unit),
        getSetName(compared),
        getSetName(reference),
        Math.floor(at / headCount),
        at % headCount,
        heads.countA[at],
        heads.countB[at],
        heads.meanA[at],
        heads.lowA[at],
        heads.highA[at],
        heads.meanB[at],
        heads.lowB[at],
        heads.highB[at],
        heads.difference[at],
        heads.differenceLow[at],
        heads.differenceHigh[at],
        heads.cliffsDelta[at],
        heads.hedgesG[at],
        p,
        heads.adjustedP[at],
        heads.isExact[at],
      ]),
    ),
  };
}

/** Every text that the numbers come from. */
export function toTextsTable(results: DomainResults): Table {
  return {
    columns: [t('columnSet'), t('columnText'), t('columnTokens')],
    rows: results.sets.flatMap((set) =>
      set.texts.map((text, at) => [getSetName(set), text.title, set.profiles[at].tokenCount]),
    ),
  };
}

/** Numbers as JSON: undefined ones are null. */
export function toJsonText(content: unknown): string {
  return JSON.stringify(
    content,
    (_, value) => (typeof value === 'number' && !Number.isFinite(value) ? null : value),
    1,
  );
}
