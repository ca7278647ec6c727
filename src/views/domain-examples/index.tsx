import { useCallback, useMemo, useState } from 'react';
import { formatNumber } from '../../lib/format-number.ts';
import { useDomainSettings } from '../../state/domains/domain-export-settings.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import { useDomainStatus } from '../../state/domains/domain-status.ts';
import { useExamples } from '../../state/domains/example-hooks.ts';
import { findFamily, getFamilyMeasure } from '../../state/domains/measure-families.ts';
import { useDomainView } from '../../state/domains/results-hooks.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { Pick } from '../../ui/Choice.tsx';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { ExamplesChart } from './ExamplesChart.tsx';
import {
  chooseTexts,
  getMean,
  nameToken,
  toExamplesTable,
  toShownExample,
} from './examples-data.ts';
import type { ExamplePlace } from './examples-layout.ts';
import { t } from './messages.ts';
import { paintExamples, toScene } from './paint-examples.ts';

/** Entropy of one head at each token of one text a set, one under the other. */
export default function DomainExamples() {
  const { results, options } = useDomainView();
  const { layer: pinnedLayer, head: pinnedHead } = useApp(({ selection: { layer, head } }) => ({
    layer,
    head,
  }));
  const layer = Math.min(pinnedLayer, (results?.layerCount ?? 1) - 1);
  const head = Math.min(pinnedHead, (results?.headCount ?? 1) - 1);
  const app = useActions();
  const theme = useColorTheme();
  const settings = useDomainSettings(results);
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const mode = options.firstKey === 'with' ? 'keep' : 'drop-renormalise';
  const measure = getFamilyMeasure(findFamily('entropy'), options.firstKey);
  // Single texts are run when the sets are done: until then each run would wait for the queue.
  const isReady = results !== null && !results.isPartial;
  const texts = useMemo(
    () => (results === null ? [] : chooseTexts(results, measure.id, chosen)),
    [results, measure.id, chosen],
  );
  const wanted = useMemo(() => (isReady ? texts.map(({ text }) => text) : []), [isReady, texts]);
  const states = useExamples(wanted);
  const shown = useMemo(
    () =>
      texts.flatMap((each, at) => {
        const state = states?.[at];
        return state?.status === 'ready'
          ? [toShownExample(each, state.result, layer, head, mode)]
          : [];
      }),
    [texts, states, layer, head, mode],
  );
  const found = useDomainStatus(results, {
    analyses: states ?? [],
    showsBefore: shown.length > 0,
  });
  const status =
    results !== null && states === null ? { kind: 'empty' as const, message: t('noModel') } : found;
  const [box, width] = useElementWidth();
  const [selected, setSelected] = useState<ExamplePlace | null>(null);
  const scene = useMemo(
    () => (shown.length === 0 || width === 0 ? null : toScene(shown, theme, width)),
    [shown, theme, width],
  );
  const noteOf = useCallback(
    ({ row, token }: ExamplePlace): readonly string[] => {
      const example = shown[row];
      if (example === undefined) return [];
      const { values, maxima } = example.entropies;
      const value = values[token] ?? Number.NaN;
      return [
        t('place', {
          set: getSetName(example.set),
          index: token,
          text: nameToken(example, token),
        }),
        Number.isNaN(value)
          ? t('undefined')
          : t('value', { value: formatNumber(value), maximum: formatNumber(maxima[token]) }),
      ];
    },
    [shown],
  );
  const subtitle = t('subtitle', { layer, head, unit: t(mode) });
  return (
    <ViewFrame
      id="domain-examples"
      title={t('title')}
      subtitle={subtitle}
      about={{
        sentence: t('about'),
        formula: t('formula', { mode: t(mode) }),
        source: t('source'),
      }}
      status={status}
      chooser={
        results === null ? undefined : (
          <>
            <Pick
              label={t('layer')}
              value={String(layer)}
              options={list(results.layerCount)}
              onChange={(next) => app.select({ layer: Number(next) })}
            />
            <Pick
              label={t('head')}
              value={String(head)}
              options={list(results.headCount)}
              onChange={(next) => app.select({ head: Number(next) })}
            />
          </>
        )
      }
      exports={{
        caption: `${subtitle} · ${shown.map(({ set, text }) => `${getSetName(set)}: ${text.title}`).join('; ')}`,
        settings: () => ({
          ...settings(),
          layer: String(layer),
          head: String(head),
          first: t(mode),
        }),
        painting: () => paintExamples(shown, theme),
        table: () => toExamplesTable(shown),
      }}
    >
      <p className="legend">
        {texts.map(({ set, text }) => (
          <Pick
            key={set.id}
            label={t('text', { set: getSetName(set) })}
            value={text.id}
            options={set.texts.map((each) => [each.id, each.title] as const)}
            onChange={(next) => setChosen({ ...chosen, [set.id]: next })}
          />
        ))}
        <span className="faint">{t('note')}</span>
      </p>
      <div ref={box} className="chart-box">
        {scene && (
          <ExamplesChart
            scene={scene}
            selected={selected}
            label={t('label')}
            noteOf={noteOf}
            onSelect={setSelected}
          />
        )}
      </div>
      <p className="legend">
        {shown.map((example) => (
          <span key={example.set.id}>
            {t('mean', { set: getSetName(example.set), value: formatNumber(getMean(example)) })}
          </span>
        ))}
        <span className="grow" />
        <span>{t('dashed')}</span>
      </p>
    </ViewFrame>
  );
}

function list(count: number): readonly (readonly [string, string])[] {
  return Array.from({ length: count }, (_, at) => [String(at), String(at)] as const);
}
