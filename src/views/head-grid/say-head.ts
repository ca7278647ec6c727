import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import type { MeasureId } from '../../measures/head-measures.ts';
import { findSharers } from '../../measures/key-value-groups.ts';
import { getRole } from '../../measures/roles.ts';
import { nameHead } from './draw-grid.ts';
import { t } from './messages.ts';
import type { MeasuredHead } from './order-heads.ts';

/** What is said of a head: its name, its role with the score, and the measures that matter. */
export interface SaidHead {
  readonly name: string;
  readonly role: string;
  readonly values: string;
  /** The other heads of its key-value group, with what they share; empty when there are none. */
  readonly group: string;
}

/** Says a head; `ordered` is a measure that should be among the values because heads are ordered by it. */
export function sayHead(
  { layer, head, values }: MeasuredHead,
  shape: { readonly headCount: number; readonly groupSize: number },
  ordered: MeasureId | null,
): SaidHead {
  const role = getRole(values);
  const sharers = findSharers(head, shape.headCount, shape.groupSize);
  const parts = [
    t('entropy', { value: formatNumber(values.entropy) }),
    t('first', { value: formatPercent(values.first) }),
    ...(ordered === 'distance' ? [t('distance', { value: formatNumber(values.distance, 1) })] : []),
    ...(ordered === 'confidence'
      ? [t('confidence', { value: formatPercent(values.confidence) })]
      : []),
  ];
  return {
    name: nameHead(layer, head),
    role:
      role === null
        ? t('noRole')
        : t('roleScore', { role: t(`role-${role}`), score: formatNumber(values[role]) }),
    values: parts.join(', '),
    group:
      sharers.length === 0 ? '' : t('sharing', { heads: sharers.map((h) => `H${h}`).join(', ') }),
  };
}
