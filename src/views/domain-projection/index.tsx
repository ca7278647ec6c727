import { useMemo, useState } from 'react';
import { formatNumber } from '../../lib/format-number.ts';
import { MIN_POINTS } from '../../lib/projections/projection-settings.ts';
import { useDomainSettings } from '../../state/domains/domain-export-settings.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import { useDomainStatus } from '../../state/domains/domain-status.ts';
import { useDomainsActions } from '../../state/domains/domains-hooks.tsx';
import { useDomainView, useProjection } from '../../state/domains/results-hooks.ts';
import { getFilledSets } from '../../state/domains/set-values.ts';
import { useActions } from '../../state/hooks.tsx';
import { Choice, Pick } from '../../ui/Choice.tsx';
import { categoryColor } from '../../ui/color-scales.ts';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { MarkKey } from './MarkKey.tsx';
import { t } from './messages.ts';
import {
  listProjected,
  nameStream,
  paintProjection,
  sayFormula,
  saySetting,
  toProjectionTable,
  toScatterScene,
} from './projection-data.ts';
import { ScatterChart } from './ScatterChart.tsx';

const METHODS = ['tsne', 'umap', 'pca'] as const;
const POOLINGS = ['mean', 'last'] as const;
const LAST = 'last';

/** The model's inner states of all texts in a plane, coloured by set. */
export default function DomainProjection() {
  const { results, options } = useDomainView();
  const { projection: wanted } = options;
  const actions = useDomainsActions();
  const app = useActions();
  const theme = useColorTheme();
  const settings = useDomainSettings(results);
  const texts = useMemo(() => (results === null ? [] : listProjected(results)), [results]);
  const layer =
    wanted.layer !== null && results !== null && wanted.layer < results.layerCount
      ? wanted.layer
      : null;
  const chosen = useMemo(() => ({ ...wanted, layer }), [wanted, layer]);
  const state = useProjection(texts.length < MIN_POINTS ? null : results, chosen);
  const projection = state?.status === 'ready' ? state.result : null;
  const found = useDomainStatus(results, { analyses: [state] });
  const status =
    results !== null && texts.length < MIN_POINTS
      ? { kind: 'empty' as const, message: t('few', { count: MIN_POINTS }) }
      : found;
  const [box, width] = useElementWidth();
  const [selected, setSelected] = useState<number | null>(null);
  const height = Math.round(Math.max(280, Math.min(520, width * 0.6)));
  const scene = useMemo(
    () =>
      results === null || projection === null || width === 0
        ? null
        : toScatterScene(results, projection, theme, width, height),
    [results, projection, theme, width, height],
  );
  const choose = (part: Partial<typeof wanted>): void =>
    actions.setOptions({ projection: { ...wanted, ...part } });
  const subtitle = t('subtitle', {
    method: t(chosen.method),
    count: texts.length,
    layer: nameStream(layer, results?.layerCount ?? 0),
    pooling: t(chosen.pooling),
  });
  const say = (point: number): readonly string[] => {
    const place = texts[point];
    return place === undefined
      ? []
      : [t('point', { set: getSetName(place.set), title: place.text.title }), t('hint')];
  };
  const saySilhouettes = (): string =>
    projection === null
      ? ''
      : t('silhouettes', {
          space: formatNumber(projection.silhouetteInSpace),
          plane: formatNumber(projection.silhouetteInPlane),
        });
  const setting = projection === null ? '' : saySetting(chosen, texts.length, projection);
  return (
    <ViewFrame
      id={`domain-projection-${chosen.method}`}
      title={t('title')}
      subtitle={subtitle}
      about={{
        sentence: t('about'),
        formula: sayFormula(chosen, texts.length),
        source: t('source'),
        isOurs: true,
      }}
      status={status}
      chooser={
        results !== null && texts.length >= MIN_POINTS ? (
          <>
            <Choice
              label={t('method')}
              value={chosen.method}
              options={METHODS.map((each) => [each, t(each)] as const)}
              onChange={(method) => choose({ method })}
            />
            <Pick
              label={t('layer')}
              value={layer === null ? LAST : String(layer)}
              options={[
                [LAST, t('final')],
                ...Array.from(
                  { length: results.layerCount },
                  (_, each) => [String(each), nameStream(each, results.layerCount)] as const,
                ),
              ]}
              onChange={(next) => choose({ layer: next === LAST ? null : Number(next) })}
            />
            <Pick
              label={t('pooling')}
              value={chosen.pooling}
              options={POOLINGS.map((each) => [each, t(each)] as const)}
              onChange={(pooling) => choose({ pooling })}
            />
            {chosen.method !== 'pca' && (
              <button
                type="button"
                className="chip"
                title={t('againTitle', { seed: chosen.seed })}
                onClick={() => choose({ seed: chosen.seed + 1 })}
              >
                {t('again')}
              </button>
            )}
          </>
        ) : undefined
      }
      exports={{
        caption: `${subtitle} · ${setting} · ${saySilhouettes()}`,
        settings: () => ({
          ...settings(),
          projection: JSON.stringify(chosen),
          setting,
          silhouettes: saySilhouettes(),
          certainty: 'ours',
        }),
        painting: () =>
          results === null || projection === null
            ? { width: 1, height: 1, draw: () => undefined }
            : paintProjection(results, projection, theme),
        table: () =>
          results === null || projection === null
            ? { columns: [], rows: [] }
            : toProjectionTable(results, projection),
      }}
    >
      <div ref={box} className="chart-box">
        {scene !== null && (
          <ScatterChart
            scene={scene}
            selected={selected}
            label={t('label')}
            spoken={selected === null ? '' : (say(selected)[0] ?? '')}
            noteOf={say}
            onSelect={setSelected}
            onOpen={(point) => {
              const place = texts[point];
              if (place === undefined) return;
              app.setText(place.text.text);
              app.openWorkspace('read');
            }}
          />
        )}
      </div>
      <p className="legend">
        {results !== null &&
          getFilledSets(results).map((set) => (
            <span key={set.id} className="set-key">
              <MarkKey mark={set.colorIndex} color={categoryColor(set.colorIndex, theme)} />
              {getSetName(set)}
            </span>
          ))}
        <span className="grow" />
        <span>{setting}</span>
        <span title={t('silhouetteNote')} data-readout="silhouette">
          {saySilhouettes()}
        </span>
      </p>
    </ViewFrame>
  );
}
