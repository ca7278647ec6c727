import { scaleLinear } from 'd3';
import { useMemo } from 'react';
import type { MeasureUnit } from '../../measures/measure.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import type { DomainSetResults } from '../../state/domains/domain-results.ts';
import {
  formatBare,
  formatBareDifference,
  formatInterval,
  formatP,
} from '../../state/domains/format-value.ts';
import type { TextItem } from '../../text/sets/text-set.ts';
import { type DifferenceRow, type Estimate, findExample } from './difference-rows.ts';
import { findForestDomain } from './draw-forest.ts';
import { t } from './messages.ts';

export interface DifferenceTableProps {
  readonly rows: readonly DifferenceRow[];
  readonly compared: DomainSetResults;
  readonly reference: DomainSetResults;
  readonly measureId: string;
  readonly unit: MeasureUnit;
  readonly selected: { readonly layer: number; readonly head: number };
  readonly onHead: (layer: number, head: number) => void;
  readonly onText: (text: TextItem, layer: number, head: number) => void;
}

const STRIP = { width: 120, height: 14 };

/** Heads that differ, with their numbers, and ways to the texts behind them. */
export function DifferenceTable(props: DifferenceTableProps) {
  const { rows, compared, reference, unit, selected } = props;
  const x = useMemo(() => scaleLinear(findForestDomain(rows), [3, STRIP.width - 3]), [rows]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="difference-table" tabIndex={0} aria-label={t('table')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('head')}</th>
            <th scope="col">{t('meanOf', { set: getSetName(compared) })}</th>
            <th scope="col">{t('meanOf', { set: getSetName(reference) })}</th>
            <th scope="col" colSpan={2}>
              {t('differenceColumn')}
            </th>
            <th scope="col">{t('deltaColumn')}</th>
            <th scope="col">{t('gColumn')}</th>
            <th scope="col">{t('pColumn')}</th>
            <th scope="col">{t('adjustedColumn')}</th>
            <th scope="col">{t('examples')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { layer, head } = row;
            const isSelected = selected.layer === layer && selected.head === head;
            return (
              <tr key={`${layer}/${head}`} aria-current={isSelected || undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className="link mono"
                    aria-label={t('select', { layer, head })}
                    onClick={() => props.onHead(layer, head)}
                  >
                    {t('place', { layer, head })}
                  </button>
                </th>
                <Mean {...row.compared} unit={unit} />
                <Mean {...row.reference} unit={unit} />
                <td className="number">
                  {formatBareDifference(row.difference.value, unit)}
                  <Interval {...row.difference} unit={unit} />
                </td>
                <td>
                  <Strip {...row.difference} x={x} isSignificant={row.isSignificant} />
                </td>
                <td className="number">{formatBareDifference(row.cliffsDelta, 'score')}</td>
                <td className="number">{formatBareDifference(row.hedgesG, 'score')}</td>
                <td className="number">{formatP(row.p)}</td>
                <td className={row.isSignificant ? 'number strong' : 'number'}>
                  {formatP(row.adjustedP)}
                </td>
                <td>
                  <div className="examples">
                    {[compared, reference].map((set) => {
                      const text = findExample(set, props.measureId, row);
                      return (
                        text !== null && (
                          <button
                            key={set.id}
                            type="button"
                            className="link"
                            title={t('openNote', { set: getSetName(set) })}
                            aria-label={t('open', { title: text.title, set: getSetName(set) })}
                            onClick={() => props.onText(text, layer, head)}
                          >
                            {text.title}
                          </button>
                        )
                      );
                    })}
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Mean({ value, low, high, unit }: Estimate & { readonly unit: MeasureUnit }) {
  return (
    <td className="number">
      {formatBare(value, unit)}
      <Interval value={value} low={low} high={high} unit={unit} />
    </td>
  );
}

function Interval({ low, high, unit }: Estimate & { readonly unit: MeasureUnit }) {
  return <span className="interval">{formatInterval(low, high, unit)}</span>;
}

/** The difference and its interval on the table's common scale. */
function Strip(
  props: Estimate & { readonly x: (value: number) => number; readonly isSignificant: boolean },
) {
  const { value, low, high, x, isSignificant } = props;
  if (!Number.isFinite(value)) return null;
  const middle = STRIP.height / 2;
  return (
    <svg {...STRIP} className={isSignificant ? 'strip strong' : 'strip'} aria-hidden="true">
      <line className="zero" x1={x(0)} x2={x(0)} y1={0} y2={STRIP.height} />
      {Number.isFinite(low) && Number.isFinite(high) && (
        <line x1={x(low)} x2={x(high)} y1={middle} y2={middle} />
      )}
      <rect x={x(value) - 3} y={middle - 3} width={6} height={6} />
    </svg>
  );
}
