import type { ReactNode } from 'react';
import { formatPercent } from '../../lib/format-number.ts';

/** One line: a name, a bar, a percentage. */
export interface WeightRow {
  readonly id: string | number;
  readonly name: ReactNode;
  readonly share: number;
  readonly isMarked?: boolean;
}

/** Shares as bars with their numbers. */
export function WeightList(props: {
  readonly rows: readonly WeightRow[];
  readonly readout?: string;
}) {
  return (
    <dl className="weight-rows" data-readout={props.readout}>
      {props.rows.map(({ id, name, share, isMarked }) => (
        <div key={id} data-next={isMarked || undefined}>
          <dt>{name}</dt>
          <dd className="bar">
            <i style={{ width: `${Math.min(100, share * 100)}%` }} />
          </dd>
          <dd className="number">{formatPercent(share)}</dd>
        </div>
      ))}
    </dl>
  );
}
