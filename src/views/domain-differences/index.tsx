import { useMemo, useState } from 'react';
import { getSmallestP } from '../../lib/statistics/permutation-test.ts';
import { COMPARISON_SEED, countSignificant } from '../../state/domains/compared-heads.ts';
import { useDomainSettings } from '../../state/domains/domain-export-settings.ts';
import { getSetName, sayCut } from '../../state/domains/domain-names.ts';
import { sayTooFew, useDomainStatus } from '../../state/domains/domain-status.ts';
import { useDomainsActions } from '../../state/domains/domains-hooks.tsx';
import { formatP } from '../../state/domains/format-value.ts';
import { nameFamily, nameFirstKey, nameUnit } from '../../state/domains/measure-families.ts';
import { getPair, useDomainView, usePairComparison } from '../../state/domains/results-hooks.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { Pick } from '../../ui/Choice.tsx';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { toDifferenceRows, toDifferenceTable } from './difference-rows.ts';
import { paintForest } from './draw-forest.ts';
import { t } from './messages.ts';
import './domain-differences.css';

const ORDERS = ['delta', 'g', 'difference', 'p'] as const;
const FIRST_ROWS = 12;
const FOREST_ROWS = 30;

/** The table of heads that differ most between the compared set and the reference. */
export default function DomainDifferences() {
  const { results, options, family, measure } = useDomainView();
  const pair = useMemo(() => getPair(results), [results]);
  const state = usePairComparison(results, measure.id);
  const comparison = state?.status === 'ready' ? state.result : null;
  const status = useDomainStatus(results, { sets: 2, analyses: [state] });
  const actions = useDomainsActions();
  const app = useActions();
  const selected = useApp(({ selection: { layer, head } }) => ({ layer, head }));
  const settings = useDomainSettings(results);
  const [isWhole, setIsWhole] = useState(false);
  const rows = useMemo(
    () =>
      comparison === null || results === null
        ? []
        : toDifferenceRows(comparison, results.headCount, options.differences),
    [comparison, results, options.differences],
  );
  const comparedName = pair === null ? '' : getSetName(pair.compared);
  const referenceName = pair === null ? '' : getSetName(pair.reference);
  const names = { compared: comparedName, reference: referenceName };
  const firstKey = nameFirstKey(family, options.firstKey);
  const subtitle = [t('subtitle', { measure: nameFamily(family.id), ...names }), firstKey]
    .filter((part) => part !== '')
    .join(' · ');
  const unit = nameUnit(measure.unit);
  const choose = (part: Partial<typeof options.differences>): void =>
    actions.setOptions({ differences: { ...options.differences, ...part } });
  const counted = comparison === null ? null : countSignificant(comparison);
  const saySettings = (): string => {
    if (comparison === null || pair === null || results === null) return '';
    return t('settings', {
      countA: pair.compared.profiles.length,
      countB: pair.reference.profiles.length,
      cut: sayCut(results),
      resamples: comparison.resamples,
      level: comparison.level * 100,
      permutations:
        comparison.isExact[0] === 1 ? t('exact') : t('random', { count: comparison.permutations }),
      seed: COMPARISON_SEED,
      count: counted?.tested ?? 0,
    });
  };
  const smallest =
    comparison === null || pair === null
      ? Number.NaN
      : getSmallestP(
          pair.compared.profiles.length,
          pair.reference.profiles.length,
          comparison.permutations,
        );
  const tooFew =
    pair === null ? null : sayTooFew(pair.compared.profiles.length, pair.reference.profiles.length);
  return (
    <ViewFrame
      id={`domain-differences-${measure.id}`}
      title={t('title')}
      subtitle={subtitle}
      about={{
        sentence: t('about'),
        formula: t('formula', names),
        source: t('source'),
        isOurs: true,
      }}
      status={status}
      controls={
        <>
          <Pick
            label={t('order')}
            value={options.differences.order}
            options={ORDERS.map((each) => [each, t(each)] as const)}
            onChange={(order) => choose({ order })}
          />
          <button
            type="button"
            className="chip"
            aria-pressed={options.differences.onlySignificant}
            onClick={() => choose({ onlySignificant: !options.differences.onlySignificant })}
          >
            {t('only')}
          </button>
        </>
      }
      exports={{
        caption: `${subtitle} · ${saySettings()}`,
        settings: () => ({
          ...settings(),
          measure: measure.id,
          formula: measure.formula,
          statistics: saySettings(),
        }),
        painting: () =>
          paintForest(
            rows.slice(0, FOREST_ROWS),
            measure.unit,
            t('axisDifference', { ...names, unit: measure.unit === 'share' ? '%' : unit }),
          ),
        table: () =>
          pair === null
            ? { columns: [], rows: [] }
            : toDifferenceTable(rows, pair.compared, pair.reference, unit),
      }}
    >
      {tooFew !== null && <p className="note">{tooFew}</p>}
      {smallest >= 0.05 && tooFew === null && (
        <p className="note">{t('tooFew', { p: formatP(smallest) })}</p>
      )}
      {comparison !== null && rows.length === 0 && <p className="note">{t('noneSignificant')}</p>}
      {pair !== null && rows.length > 0 && (
        <DifferenceTable
          rows={isWhole ? rows : rows.slice(0, FIRST_ROWS)}
          {...pair}
          measureId={measure.id}
          unit={measure.unit}
          selected={selected}
          onHead={(layer, head) => app.select({ layer, head })}
          onText={(text, layer, head) => {
            app.setText(text.text);
            app.select({ layer, head, query: null, key: null });
            app.openWorkspace('read');
          }}
        />
      )}
      <p className="legend">
        {rows.length > FIRST_ROWS && (
          <button type="button" className="chip" onClick={() => setIsWhole(!isWhole)}>
            {isWhole ? t('fewer', { count: FIRST_ROWS }) : t('more', { count: rows.length })}
          </button>
        )}
        {counted !== null && (
          <span data-readout="significant">
            {t('count', { significant: counted.up + counted.down, tested: counted.tested })}
          </span>
        )}
        <span className="faint">{saySettings()}</span>
        <span className="faint">{t('unit')}</span>
      </p>
    </ViewFrame>
  );
}
