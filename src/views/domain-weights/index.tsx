import { useMemo, useState } from 'react';
import { useDomainSettings } from '../../state/domains/domain-export-settings.ts';
import { useDomainStatus } from '../../state/domains/domain-status.ts';
import { useDomainsActions } from '../../state/domains/domains-hooks.tsx';
import { useDomainView } from '../../state/domains/results-hooks.ts';
import { Choice, Pick } from '../../ui/Choice.tsx';
import { paintSeries, SeriesChart } from '../../ui/SeriesChart.tsx';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { t } from './messages.ts';
import { sayMedians, sayWeights, toWeightCurves, toWeightTable } from './weights-data.ts';

const FORMS = ['cumulative', 'shares'] as const;
const HEIGHT = 260;
const ALL = 'all';

/** How large single attention weights are, one curve a set. */
export default function DomainWeights() {
  const { results, options } = useDomainView();
  const { form, layer: wanted } = options.weights;
  const layer = wanted !== null && results !== null && wanted < results.layerCount ? wanted : null;
  const actions = useDomainsActions();
  const theme = useColorTheme();
  const settings = useDomainSettings(results);
  const status = useDomainStatus(results);
  const [box, width] = useElementWidth();
  const [selected, setSelected] = useState<number | null>(null);
  const curves = useMemo(
    () => (results === null ? null : toWeightCurves(results, { form, layer }, theme)),
    [results, form, layer, theme],
  );
  const medians = useMemo(
    () => (results === null ? [] : sayMedians(results, layer)),
    [results, layer],
  );
  const count = curves?.series[0]?.values.length ?? 0;
  const place = selected === null ? null : Math.min(selected, count - 1);
  const subtitle = layer === null ? t('subtitleAll') : t('subtitleLayer', { layer });
  const choose = (part: Partial<typeof options.weights>): void =>
    actions.setOptions({ weights: { ...options.weights, ...part } });
  return (
    <ViewFrame
      id={`domain-weights-${form}`}
      title={t('title')}
      subtitle={subtitle}
      about={{
        sentence: t('about'),
        formula: t(form === 'shares' ? 'formulaShares' : 'formulaCumulative'),
        source: t('source'),
        isOurs: true,
      }}
      status={status}
      controls={
        <>
          <Choice
            label={t('form')}
            value={form}
            options={FORMS.map((each) => [each, t(each)] as const)}
            onChange={(next) => {
              setSelected(null);
              choose({ form: next });
            }}
          />
          <Pick
            label={t('layer')}
            value={layer === null ? ALL : String(layer)}
            options={[
              [ALL, t('allLayers')],
              ...Array.from(
                { length: results?.layerCount ?? 0 },
                (_, each) => [String(each), t('oneLayer', { layer: each })] as const,
              ),
            ]}
            onChange={(next) => choose({ layer: next === ALL ? null : Number(next) })}
          />
        </>
      }
      exports={{
        caption: subtitle,
        settings: () => ({ ...settings(), certainty: 'ours', layer: subtitle }),
        painting: () =>
          curves === null
            ? { width: 1, height: 1, draw: () => undefined }
            : paintSeries(curves, 720, HEIGHT),
        table: () => (curves === null ? { columns: [], rows: [] } : toWeightTable(curves, form)),
      }}
    >
      {curves !== null && results !== null && (
        <>
          <div ref={box} className="chart-box">
            {width > 0 && (
              <SeriesChart
                data={curves}
                width={width}
                height={HEIGHT}
                selected={place}
                label={t('label')}
                spoken={place === null ? '' : sayWeights(curves, form, place).join('; ')}
                noteOf={(index) => sayWeights(curves, form, index)}
                onPreview={() => undefined}
                onSelect={setSelected}
                onMove={(places) =>
                  setSelected(Math.max(0, Math.min(count - 1, (place ?? -1) + places)))
                }
              />
            )}
          </div>
          <p className="legend">
            {curves.series.map(({ id, color }, at) => (
              <span key={id} className="set-key">
                <i className="swatch" style={{ background: color }} />
                {medians[at]}
              </span>
            ))}
          </p>
        </>
      )}
    </ViewFrame>
  );
}
