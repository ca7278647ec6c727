import type { GroupComparison } from '../../lib/statistics/compare-groups.ts';
import { findTypicalText, isSignificant, rankHeads } from '../../state/domains/compared-heads.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import type { DifferenceOptions } from '../../state/domains/domain-options.ts';
import type { DomainSetResults } from '../../state/domains/domain-results.ts';
import type { TextItem } from '../../text/sets/text-set.ts';
import type { Table } from '../../ui/table.ts';
import { t } from './messages.ts';

/** A number with the ends of its interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One head of the table. */
export interface DifferenceRow {
  readonly layer: number;
  readonly head: number;
  readonly compared: Estimate;
  readonly reference: Estimate;
  readonly difference: Estimate;
  readonly cliffsDelta: number;
  readonly hedgesG: number;
  readonly p: number;
  readonly adjustedP: number;
  readonly isSignificant: boolean;
}

/** Heads in the wanted order; A of the comparison is the compared set, B the reference. */
export function toDifferenceRows(
  comparison: GroupComparison,
  headCount: number,
  { order, onlySignificant }: DifferenceOptions,
): readonly DifferenceRow[] {
  const c = comparison;
  return rankHeads(c, order)
    .filter((at) => !onlySignificant || isSignificant(c, at))
    .map((at) => ({
      layer: Math.floor(at / headCount),
      head: at % headCount,
      compared: { value: c.meanA[at], low: c.lowA[at], high: c.highA[at] },
      reference: { value: c.meanB[at], low: c.lowB[at], high: c.highB[at] },
      difference: { value: c.difference[at], low: c.differenceLow[at], high: c.differenceHigh[at] },
      cliffsDelta: c.cliffsDelta[at],
      hedgesG: c.hedgesG[at],
      p: c.p[at],
      adjustedP: c.adjustedP[at],
      isSignificant: isSignificant(c, at),
    }));
}

/** The text of a set in which a head is most typical; null when none has a value. */
export function findExample(
  set: DomainSetResults,
  measureId: string,
  { layer, head }: DifferenceRow,
): TextItem | null {
  const headCount = set.profiles[0]?.headCount ?? 0;
  const text = findTypicalText(set, measureId, layer * headCount + head);
  return text === null ? null : set.texts[text];
}

/** All numbers of the rows; `unit` in words. */
export function toDifferenceTable(
  rows: readonly DifferenceRow[],
  compared: DomainSetResults,
  reference: DomainSetResults,
  unit: string,
): Table {
  const withEnds = (name: string): readonly string[] => [
    `${name} (${unit})`,
    t('low', { name }),
    t('high', { name }),
  ];
  const numbers = ({ value, low, high }: Estimate): readonly number[] => [value, low, high];
  return {
    columns: [
      'layer',
      'head',
      ...withEnds(t('meanOf', { set: getSetName(compared) })),
      ...withEnds(t('meanOf', { set: getSetName(reference) })),
      ...withEnds(t('differenceColumn')),
      t('deltaColumn'),
      t('gColumn'),
      t('pColumn'),
      t('adjustedColumn'),
    ],
    rows: rows.map((row) => [
      row.layer,
      row.head,
      ...numbers(row.compared),
      ...numbers(row.reference),
      ...numbers(row.difference),
      row.cliffsDelta,
      row.hedgesG,
      row.p,
      row.adjustedP,
    ]),
  };
}
