import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import type { SimilarHead } from '../../measures/similar-heads.ts';
import type { AttentionPair } from '../../measures/top-pairs.ts';
import { shortToken } from '../../text/display-token.ts';
import type { UnitSpan } from '../../text/get-units.ts';
import { toPlainSource } from '../../ui/plain-source.ts';
import { formatMeasure, type MeasureRow } from './head-card-rows.ts';
import { t } from './messages.ts';

export interface HeadCardProps {
  readonly rows: readonly MeasureRow[];
  readonly layer: number;
  /** Heads of the same layer that use the same keys and values. */
  readonly sharers: readonly number[];
  /** Null before all layers are there. */
  readonly similar: readonly SimilarHead[] | null;
  readonly pairs: readonly AttentionPair[];
  readonly units: readonly UnitSpan[];
  readonly unitName: string;
  /** Opens what is said of a measure. */
  readonly onMeasure: (id: string) => void;
  readonly onHead: (layer: number, head: number) => void;
  readonly onPair: (pair: AttentionPair) => void;
}

/** Measures with their ranks, and the heads and pairs that are worth a click. */
export function HeadCard(props: HeadCardProps) {
  const isRole = ({ measure }: MeasureRow): boolean =>
    measure.unit === 'share' && measure.id !== 'confidence';
  const name = (index: number, limit: number): string =>
    shortToken(props.units[index]?.text ?? '', limit);
  return (
    <>
      <div className="measure-rows">
        <h3>{t('shape')}</h3>
        <dl>
          {props.rows.filter((row) => !isRole(row)).map((row) => renderRow(row, props.onMeasure))}
        </dl>
        <h3>{t('roles')}</h3>
        <dl>{props.rows.filter(isRole).map((row) => renderRow(row, props.onMeasure))}</dl>
      </div>
      <dl className="head-links">
        {props.sharers.length > 0 && (
          <div>
            <dt>{t('sharing')}</dt>
            {props.sharers.map((head) => (
              <dd key={head}>
                <button
                  type="button"
                  className="link"
                  onClick={() => props.onHead(props.layer, head)}
                >
                  H{head}
                </button>
              </dd>
            ))}
          </div>
        )}
        <div title={t('similarTitle')}>
          <dt>{t('similar')}</dt>
          {props.similar === null && <dd className="faint">{t('waiting')}</dd>}
          {props.similar?.map(({ layer, head, similarity }) => (
            <dd key={`${layer}.${head}`}>
              <button type="button" className="link" onClick={() => props.onHead(layer, head)}>
                L{layer}·H{head}
              </button>
              <span className="faint">{formatNumber(similarity)}</span>
            </dd>
          ))}
          {props.similar?.length === 0 && <dd className="faint">{t('none')}</dd>}
        </div>
        <div title={t('pairsTitle', { unit: props.unitName })} data-readout="pairs">
          <dt>{t('pairs')}</dt>
          {props.pairs.map((pair) => (
            <dd key={pair.query}>
              <button
                type="button"
                className="link mono"
                aria-label={t('pair', {
                  query: pair.query,
                  key: pair.key,
                  queryText: name(pair.query, 30),
                  keyText: name(pair.key, 30),
                  weight: formatPercent(pair.weight),
                })}
                onClick={() => props.onPair(pair)}
              >
                {name(pair.query, 12)}→{name(pair.key, 12)}
              </button>
              <span className="faint">{formatPercent(pair.weight)}</span>
            </dd>
          ))}
          {props.pairs.length === 0 && <dd className="faint">{t('none')}</dd>}
        </div>
      </dl>
    </>
  );
}

function renderRow(
  { measure, value, share, rank, all }: MeasureRow,
  onMeasure: HeadCardProps['onMeasure'],
) {
  const why = Number.isNaN(value) ? `. ${t('undefined')}` : '';
  return (
    <div
      key={measure.id}
      title={`${measure.formula} — ${toPlainSource(measure.source).text}${why}`}
    >
      <dt>
        <button
          type="button"
          className="measure-name"
          aria-label={t('aboutMeasure', { measure: t(measure.id) })}
          onClick={() => onMeasure(measure.id)}
        >
          {t(measure.id)}
        </button>
      </dt>
      <dd className="bar">
        <i style={{ width: `${Number.isNaN(share) ? 0 : Math.min(100, share * 100)}%` }} />
      </dd>
      <dd className="number" data-measure={measure.id}>
        {formatMeasure(measure, value)}
      </dd>
      <dd className="faint">{rank === null ? '–' : t('rank', { rank, all })}</dd>
    </div>
  );
}
