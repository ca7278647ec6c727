import { useMemo, useState } from 'react';
import { type AnalysisState, findLost } from '../state/analysis-desk.ts';
import { useDomainSettings } from '../state/domains/domain-export-settings.ts';
import { getSetName } from '../state/domains/domain-names.ts';
import type { ProjectionOptions } from '../state/domains/domain-options.ts';
import type { DomainResults } from '../state/domains/domain-results.ts';
import { useExamples } from '../state/domains/example-hooks.ts';
import { findFamily, getFamilyMeasure } from '../state/domains/measure-families.ts';
import { useDomainView, useProjection, useSetCurves } from '../state/domains/results-hooks.ts';
import type { Curve, SetCurves } from '../state/domains/set-curves.ts';
import { findSet } from '../state/domains/set-values.ts';
import { useApp } from '../state/hooks.tsx';
import { arrangePaintings } from '../ui/arrange-paintings.ts';
import { paintSeries } from '../ui/SeriesChart.tsx';
import { useColorTheme } from '../ui/use-theme.ts';
import type { ViewExports } from '../ui/view-exports.ts';
import {
  chooseTexts,
  toExamplesTable,
  toShownExample,
} from '../views/domain-examples/examples-data.ts';
import { paintExamples } from '../views/domain-examples/paint-examples.ts';
import { toLines } from '../views/domain-maps/lines-data.ts';
import { paintMaps } from '../views/domain-maps/map-figure.ts';
import { toMapPanels } from '../views/domain-maps/map-panels.ts';
import { toLineTable, toPanelTable } from '../views/domain-maps/map-tables.ts';
import {
  paintProjection,
  sayFormula,
  toProjectionTable,
} from '../views/domain-projection/projection-data.ts';
import {
  toLargeByLayer,
  toWeightCurves,
  toWeightTable,
} from '../views/domain-weights/weights-data.ts';
import { t } from '../views/paper-figures/messages.ts';
import type { FigureState, PaperFigure } from '../views/paper-figures/paper-figure.ts';

const LINES = { width: 520, height: 260 } as const;
const TSNE: ProjectionOptions = { method: 'tsne', layer: null, pooling: 'mean', seed: 1 };
const WEIGHTS = { form: 'cumulative', layer: null } as const;

type Made = Pick<ViewExports, 'painting' | 'table' | 'caption'>;

/** A finished figure; the same object as before while what it is made `of` is the same. */
type Settle = (id: string, formula: string, of: readonly unknown[], made: Made) => FigureState;

/** The other way round: a − b as b − a, the ends of the interval changing places. */
function turn({ values, low, high }: Curve): Curve {
  const negate = (each: Float64Array): Float64Array => each.map((value) => -value);
  return { values: negate(values), low: negate(high), high: negate(low) };
}

/** Paper 1's figures from the results that are shown; nothing is worked out until they are wanted. */
export function usePaperFigures(isWanted: boolean): readonly PaperFigure[] {
  const { results: shown, options } = useDomainView();
  const results = isWanted ? shown : null;
  const theme = useColorTheme();
  const settings = useDomainSettings(shown);
  const selection = useApp(({ selection: { layer, head } }) => ({ layer, head }));
  const distance = getFamilyMeasure(findFamily('distance'), options.firstKey);
  const entropy = getFamilyMeasure(findFamily('entropy'), 'without');
  const entropyFirst = getFamilyMeasure(findFamily('entropy'), 'with');
  const exampleMeasure = getFamilyMeasure(findFamily('entropy'), options.firstKey);
  const distanceLayers = useSetCurves(results, distance.id, 'layers');
  const distanceHeads = useSetCurves(results, distance.id, 'heads');
  const entropyLayers = useSetCurves(results, entropy.id, 'layers');
  const entropyHeads = useSetCurves(results, entropy.id, 'heads');
  const firstLayers = useSetCurves(results, entropyFirst.id, 'layers');
  const firstHeads = useSetCurves(results, entropyFirst.id, 'heads');
  const projected = useProjection(results, TSNE);
  const layer = Math.min(selection.layer, (shown?.layerCount ?? 1) - 1);
  const head = Math.min(selection.head, (shown?.headCount ?? 1) - 1);
  const texts = useMemo(
    () => (results === null ? [] : chooseTexts(results, exampleMeasure.id, {})),
    [results, exampleMeasure.id],
  );
  const wanted = useMemo(() => texts.map(({ text }) => text), [texts]);
  const examples = useExamples(wanted);
  // Figures that are done stay as they are while others are worked out: none is painted again.
  const [kept] = useState(
    () => new Map<string, { readonly of: readonly unknown[]; readonly state: FigureState }>(),
  );
  return useMemo(() => {
    const reference = results === null ? null : findSet(results, results.referenceId);
    const referenceName = reference === null ? '' : getSetName(reference);
    const first = t(options.firstKey);
    const settle: Settle = (id, formula, of, made) => {
      const depends = [results, theme, settings, options.firstKey, ...of];
      const before = kept.get(id);
      if (before?.of.every((each, at) => each === depends[at]) === true) return before.state;
      const state: FigureState = {
        status: 'ready',
        exports: { ...made, settings: () => ({ ...settings(), figure: id, formula }) },
      };
      kept.set(id, { of: depends, state });
      return state;
    };
    const curves = (
      id: string,
      measure: typeof distance,
      state: AnalysisState<SetCurves> | null,
      along: 'layers' | 'heads',
      shows: 'values' | 'difference',
    ): FigureState => {
      if (results === null || state === null) return { status: 'waiting' };
      const lost = toMissing([state]);
      if (lost !== null) return lost;
      if (state.status !== 'ready') return { status: 'waiting' };
      const turned = { ...state.result, differences: state.result.differences.map(turn) };
      const found = toLines(results, turned, shows, along, measure.unit, theme);
      const lines =
        shows === 'values'
          ? found
          : {
              ...found,
              series: found.series.map((each) => {
                const set = findSet(results, each.id);
                const name = set === null ? '' : getSetName(set);
                return { ...each, name: t('minus', { reference: referenceName, set: name }) };
              }),
            };
      return settle(id, measure.formula, [state.result], {
        caption: t('oursMean'),
        painting: () => paintSeries(lines, LINES.width, LINES.height),
        table: () => toLineTable(lines),
      });
    };
    const maps = (
      id: string,
      measure: typeof distance,
      shows: 'values' | 'difference',
    ): FigureState => {
      if (results === null) return { status: 'waiting' };
      const found = toMapPanels(results, measure.id, shows, 'pooled');
      if (found === null) return { status: 'missing', why: measure.id };
      const panels =
        shows === 'values'
          ? found
          : {
              ...found,
              panels: found.panels.map((panel) => ({
                ...panel,
                title: t('minus', { reference: referenceName, set: getSetName(panel.set) }),
                values: panel.values.map((value) => -value),
              })),
            };
      return settle(id, measure.formula, [], {
        caption: t(shows === 'values' ? 'oursMap' : 'oursDifference', { first }),
        painting: () =>
          paintMaps({ results, measure, shows, panels, comparisons: new Map(), theme }),
        table: () => toPanelTable(panels.panels, results.headCount),
      });
    };
    const figure = (
      place: string,
      id: Parameters<typeof t>[0],
      formula: string,
      certain: string,
      ours: string,
      state: FigureState,
    ): PaperFigure => ({
      id: `paper-${id}`,
      place,
      title: t(id, { reference: referenceName, layer, head }),
      formula,
      certain,
      ours,
      state,
    });
    const at = (number: number): string => t('figure', { number });
    const appendix = (number: string): string => t('appendix', { number });
    const delta = `Δ = D(${referenceName}) − D(d); D = ${distance.formula}`;
    const oursDifference = t('oursDifference', { first });
    return [
      figure(
        at(1),
        'distance-difference',
        delta,
        t('certainFormula'),
        oursDifference,
        maps('distance-difference', distance, 'difference'),
      ),
      figure(
        at(2),
        'distance-difference-layers',
        delta,
        t('certainFormula'),
        `${oursDifference}; ${t('oursMean')}`,
        curves('distance-difference-layers', distance, distanceLayers, 'layers', 'difference'),
      ),
      figure(
        at(3),
        'distance-difference-heads',
        delta,
        t('certainFormula'),
        `${oursDifference}; ${t('oursMean')}`,
        curves('distance-difference-heads', distance, distanceHeads, 'heads', 'difference'),
      ),
      figure(
        at(4),
        'entropy-all',
        entropy.formula,
        t('certainAll'),
        t('oursMap'),
        maps('entropy-all', entropy, 'values'),
      ),
      figure(
        at(5),
        'entropy-layers',
        entropy.formula,
        t('certainMetric'),
        t('oursEntropy'),
        curves('entropy-layers', entropy, entropyLayers, 'layers', 'values'),
      ),
      figure(
        at(6),
        'entropy-heads',
        entropy.formula,
        t('certainMetric'),
        t('oursEntropy'),
        curves('entropy-heads', entropy, entropyHeads, 'heads', 'values'),
      ),
      figure(
        at(7),
        'weights',
        'a_ij, 1 ≤ j ≤ i',
        t('certainName'),
        t('oursWeights'),
        toWeights(results, theme, settle),
      ),
      figure(
        at(8),
        'hidden-states',
        sayFormula(TSNE, countTexts(shown)),
        t('certainName'),
        t('oursProjection'),
        toProjected(),
      ),
      figure(
        appendix('A'),
        'entropy-layers-first',
        entropyFirst.formula,
        t('certainMetricFirst'),
        t('oursEntropyFirst'),
        curves('entropy-layers-first', entropyFirst, firstLayers, 'layers', 'values'),
      ),
      figure(
        appendix('B'),
        'entropy-heads-first',
        entropyFirst.formula,
        t('certainMetricFirst'),
        t('oursEntropyFirst'),
        curves('entropy-heads-first', entropyFirst, firstHeads, 'heads', 'values'),
      ),
      figure(
        appendix('C'),
        'examples',
        'H_i, i ≥ 1',
        t('certainName'),
        t('oursExamples', { first }),
        toExamples(),
      ),
    ];

    function toProjected(): FigureState {
      if (results === null || projected === null) return { status: 'waiting' };
      const lost = toMissing([projected]);
      if (lost !== null) return lost;
      if (projected.status !== 'ready') return { status: 'waiting' };
      const { result } = projected;
      return settle('hidden-states', sayFormula(TSNE, countTexts(results)), [result], {
        caption: t('oursProjection'),
        painting: () => paintProjection(results, result, theme),
        table: () => toProjectionTable(results, result),
      });
    }

    function toExamples(): FigureState {
      if (results === null) return { status: 'waiting' };
      if (examples === null) return { status: 'missing', why: t('noExamples') };
      const lost = toMissing(examples);
      if (lost !== null) return lost;
      const mode = options.firstKey === 'with' ? 'keep' : 'drop-renormalise';
      const made = texts.flatMap((each, place) => {
        const state = examples[place];
        return state?.status === 'ready'
          ? [toShownExample(each, state.result, layer, head, mode)]
          : [];
      });
      if (made.length < texts.length) return { status: 'waiting' };
      return settle('examples', 'H_i', [layer, head, ...made.map(({ rows }) => rows)], {
        caption: made.map(({ set, text }) => `${getSetName(set)}: ${text.title}`).join('; '),
        painting: () => paintExamples(made, theme),
        table: () => toExamplesTable(made),
      });
    }
  }, [
    results,
    shown,
    options.firstKey,
    theme,
    settings,
    distance,
    entropy,
    entropyFirst,
    distanceLayers,
    distanceHeads,
    entropyLayers,
    entropyHeads,
    firstLayers,
    firstHeads,
    projected,
    examples,
    texts,
    layer,
    head,
    kept,
  ]);
}

/** Why a figure that is made of these will not come; null while it may. */
function toMissing(states: readonly AnalysisState<unknown>[]): FigureState | null {
  const lost = findLost(states);
  if (lost === null) return null;
  return { status: 'missing', why: lost.status === 'failed' ? lost.error.message : t('stopped') };
}

function countTexts(results: DomainResults | null): number {
  return results?.sets.reduce((sum, { profiles }) => sum + profiles.length, 0) ?? 0;
}

/** Sizes of all weights, and the share of large ones by layer. */
function toWeights(
  results: DomainResults | null,
  theme: ReturnType<typeof useColorTheme>,
  settle: Settle,
): FigureState {
  if (results === null) return { status: 'waiting' };
  const all = toWeightCurves(results, WEIGHTS, theme);
  const large = toLargeByLayer(results, theme);
  return settle('weights', 'a_ij, 1 ≤ j ≤ i', [], {
    caption: t('oursWeights'),
    painting: () =>
      arrangePaintings(
        [
          { title: t('all'), painting: paintSeries(all, LINES.width, LINES.height) },
          { title: t('large'), painting: paintSeries(large, LINES.width, LINES.height) },
        ],
        1,
      ),
    table: () => toWeightTable(all, WEIGHTS.form),
  });
}
