import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type AnalysisState, areSettled, findLost } from '../state/analysis-desk.ts';
import { useAnalysisActions } from '../state/analysis-hooks.tsx';
import { useDomainSettings } from '../state/domains/domain-export-settings.ts';
import { getSetName } from '../state/domains/domain-names.ts';
import { nameFamily, nameUnit } from '../state/domains/measure-families.ts';
import {
  getPair,
  useDomainView,
  useReferenceComparisons,
  useSetCurves,
} from '../state/domains/results-hooks.ts';
import { useSummaryFacts } from '../state/domains/summary-hooks.ts';
import { download, type Figure, toSvg } from '../ui/figure.ts';
import { toPlainSource } from '../ui/plain-source.ts';
import { paintSeries } from '../ui/SeriesChart.tsx';
import { type Table, toCsv } from '../ui/table.ts';
import { getThemeColors, useColorTheme } from '../ui/use-theme.ts';
import {
  toDifferenceRows,
  toDifferenceTable,
} from '../views/domain-differences/difference-rows.ts';
import { toLines } from '../views/domain-maps/lines-data.ts';
import { paintMaps } from '../views/domain-maps/map-figure.ts';
import { toMapPanels } from '../views/domain-maps/map-panels.ts';
import { t } from '../views/domain-report/messages.ts';
import type { ReportKind } from '../views/domain-report/ReportMenu.tsx';
import { toJsonText, toStatisticsTable, toTextsTable } from '../views/domain-report/report-data.ts';
import { type ReportSection, toDataUrl, toReportHtml } from '../views/domain-report/report-html.ts';
import { useSummary } from '../views/domain-summary/index.tsx';
import { capitalise, toFactsTable } from '../views/domain-summary/summary-text.ts';
import { countSettled, type PaperFigure } from '../views/paper-figures/paper-figure.ts';

/** A part of the report that is a picture. */
interface Part {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly painting: Figure['painting'];
  readonly table: Table;
}

/** Something that the report waits for: what it is called, and what it is made of. */
interface Step {
  readonly title: string;
  readonly states: readonly AnalysisState<unknown>[];
}

/** A part that failed or was stopped. */
interface Missing {
  readonly part: string;
  readonly why: string;
}

const sayMissing = (missing: readonly Missing[]): string =>
  missing.map((each) => t('missing', { ...each })).join('; ');

const LINES = { width: 760, height: 280 } as const;
/** Rows of the table of heads on the report's page. */
const REPORT_ROWS = 40;

export interface DomainReport {
  /** What is said of it: how far it is, or how it went; "" for nothing. */
  readonly note: string;
  /** Begins a report, or stops the one that is being prepared. */
  readonly onReport: (kind: ReportKind) => void;
}

/**
 * The whole of the results as one file. `figures` are the paper's, which are made while they are
 * wanted; the file is written once each of its parts is there or will not come, and says what is missing.
 */
export function useDomainReport(
  figures: readonly PaperFigure[],
  isWanted: boolean,
  want: (isWanted: boolean) => void,
): DomainReport {
  const { results: shown, options, family, measure } = useDomainView();
  const [job, setJob] = useState<ReportKind | null>(null);
  const [said, setSaid] = useState('');
  const results = job === null ? null : shown;
  const pair = useMemo(() => getPair(results), [results]);
  const theme = useColorTheme();
  const settings = useDomainSettings(shown);
  const summary = useSummary();
  const { restart } = useAnalysisActions();
  const { facts, statistics, states } = useSummaryFacts(results, options.firstKey, family.id);
  const compared = useReferenceComparisons(results, measure.id);
  const layers = useSetCurves(results, measure.id, 'layers');
  const heads = useSetCurves(results, measure.id, 'heads');
  const needsFigures = job === 'html' || job === 'json';
  // The person may stop the figures alone.
  const hasFigures = needsFigures && isWanted;
  const name = capitalise(nameFamily(family.id));
  const titles = {
    layers: t('byLayer', { measure: name }),
    heads: t('byHead', { measure: name }),
  };
  const steps: readonly Step[] = [
    { title: t(job === 'csv' ? 'statistics' : 'summary'), states },
    { title: t('comparisons'), states: compared.map(({ state }) => state) },
    { title: titles.layers, states: layers === null ? [] : [layers] },
    { title: titles.heads, states: heads === null ? [] : [heads] },
  ];
  const done =
    steps.filter((step) => areSettled(step.states)).length +
    (hasFigures ? countSettled(figures) : 0);
  const all = steps.length + (hasFigures ? figures.length : 0);
  // Without two sets nothing is on its way.
  const isThere = job !== null && (done === all || pair === null);

  const listParts = (): readonly Part[] => {
    if (results === null) return [];
    const comparisons = new Map(
      compared.flatMap(({ set, state }) =>
        state.status === 'ready' ? [[set.id, state.result] as const] : [],
      ),
    );
    const about = [measure.formula, toPlainSource(measure.source).text];
    const maps = (['values', 'difference'] as const).flatMap((shows): readonly Part[] => {
      const panels = toMapPanels(results, measure.id, shows);
      if (panels === null) return [];
      return [
        {
          title: t(shows === 'values' ? 'mapValues' : 'mapDifference', { measure: name }),
          paragraphs: about,
          painting: paintMaps({ results, measure, shows, panels, comparisons, theme }),
          table: { columns: [], rows: [] },
        },
      ];
    });
    const lines = (['layers', 'heads'] as const).flatMap((along): readonly Part[] => {
      const curves = along === 'layers' ? layers : heads;
      if (curves?.status !== 'ready') return [];
      const data = toLines(results, curves.result, 'values', along, measure.unit, theme);
      const part = {
        title: titles[along],
        paragraphs: about,
        painting: paintSeries(data, LINES.width, LINES.height),
        table: { columns: [], rows: [] },
      };
      return [part];
    });
    return [...maps, ...lines];
  };

  /** Saves the file; resolves with what could not be made. */
  const build = async (kind: ReportKind): Promise<readonly Missing[]> => {
    if (results === null || pair === null) throw new Error(t('noPair'));
    const lostSteps = steps.flatMap(({ title: part, states: of }): readonly Missing[] => {
      const lost = findLost(of);
      if (lost === null) return [];
      return [{ part, why: lost.status === 'failed' ? lost.error.message : t('wasStopped') }];
    });
    const lostFigures = figures.flatMap(({ place, state }): readonly Missing[] =>
      needsFigures && state.status !== 'ready'
        ? [{ part: place, why: state.status === 'missing' ? state.why : t('wasStopped') }]
        : [],
    );
    const missing = kind === 'csv' ? lostSteps.slice(0, 1) : [...lostSteps, ...lostFigures];
    const [lostSummary] = missing.filter(({ part }) => part === steps[0].title);
    const names = { compared: getSetName(pair.compared), reference: getSetName(pair.reference) };
    const all = toStatisticsTable(statistics, pair.compared, pair.reference, results.headCount);
    const made = settings();
    const save = (content: string, type: string): void =>
      download(`headlight-domains.${kind}`, new Blob([content], { type }));
    if (kind === 'csv') {
      if (statistics.length === 0) throw new Error(lostSummary?.why ?? t('notWhole'));
      save(
        toCsv(all, missing.length > 0 ? { ...made, missing: sayMissing(missing) } : made),
        'text/csv',
      );
      return missing;
    }
    const factsTable = toFactsTable(facts, names);
    const ready = figures.flatMap((figure) =>
      figure.state.status === 'ready' ? [{ figure, exports: figure.state.exports }] : [],
    );
    if (kind === 'json') {
      const content = {
        settings: made,
        summary,
        facts: factsTable,
        statistics: all,
        texts: toTextsTable(results),
        missing,
        figures: ready.map(({ figure: { state: _, ...rest }, exports }) => ({
          ...rest,
          table: exports.table(),
        })),
      };
      save(toJsonText(content), 'application/json');
      return missing;
    }
    const title = t('title', { ...names, model: results.modelName });
    const toPicture = async (part: Pick<Part, 'title' | 'painting'>, caption: string) => {
      const figure = { title: part.title, caption, painting: part.painting, settings: made };
      return {
        source: toDataUrl(await toSvg(figure)),
        width: part.painting.width + 24,
        alt: part.title,
      };
    };
    const sections: ReportSection[] = [
      {
        title: t('summary'),
        paragraphs:
          summary === null
            ? [t('notMade', { why: lostSummary?.why ?? t('notWhole') })]
            : [
                `${summary.verdict} ${summary.because}`,
                ...summary.points.map((point) => `${capitalise(point.measure)}: ${point.text}`),
                summary.method,
                summary.caution,
              ],
      },
      { title: t('facts'), paragraphs: [], table: factsTable },
    ];
    for (const { part, why } of lostSteps)
      if (part !== steps[0].title)
        sections.push({ title: part, paragraphs: [t('notMade', { why })] });
    for (const part of listParts())
      sections.push({
        title: part.title,
        paragraphs: part.paragraphs,
        picture: await toPicture(part, results.modelName),
      });
    const found = statistics.find((each) => each.measure.id === measure.id);
    if (found !== undefined) {
      const rows = toDifferenceRows(found.heads, results.headCount, options.differences);
      sections.push({
        title: t('differences', { measure: nameFamily(family.id) }),
        paragraphs: [
          t('differencesNote', { count: Math.min(REPORT_ROWS, rows.length), all: rows.length }),
        ],
        table: toDifferenceTable(
          rows.slice(0, REPORT_ROWS),
          pair.compared,
          pair.reference,
          nameUnit(measure.unit),
        ),
      });
    }
    for (const { place, title: name, formula, certain, ours, state } of figures) {
      const paragraphs = [formula, t('certain', { certain }), t('ours', { ours })];
      const heading = `${place}: ${name}`;
      if (state.status !== 'ready') {
        const why = state.status === 'missing' ? state.why : t('wasStopped');
        sections.push({ title: heading, paragraphs: [...paragraphs, t('notMade', { why })] });
        continue;
      }
      const part = { title: name, painting: state.exports.painting() };
      sections.push({
        title: heading,
        paragraphs,
        picture: await toPicture(part, state.exports.caption),
      });
    }
    sections.push({ title: t('texts'), paragraphs: [], table: toTextsTable(results) });
    const color = getThemeColors();
    const html = toReportHtml({
      title,
      made: t('made', {
        model: results.modelName,
        date: new Date().toISOString().slice(0, 10),
      }),
      sections,
      settings: made,
      colors: {
        ground: color('surface'),
        text: color('text'),
        faint: color('text-faint'),
        border: color('border'),
      },
    });
    save(html, 'text/html');
    return missing;
  };

  const latest = useRef(build);
  useEffect(() => {
    latest.current = build;
  });
  useEffect(() => {
    if (!isThere || job === null) return;
    latest
      .current(job)
      .then(
        (missing) =>
          setSaid(
            missing.length === 0 ? t('done') : t('doneWithout', { missing: sayMissing(missing) }),
          ),
        (error) =>
          setSaid(t('failed', { why: error instanceof Error ? error.message : String(error) })),
      )
      .finally(() => setJob(null));
  }, [isThere, job]);

  const onReport = useCallback(
    (kind: ReportKind): void => {
      if (job !== null) {
        setJob(null);
        setSaid(t('stopped'));
        return;
      }
      setSaid('');
      // What was stopped or has failed before is tried once more.
      restart();
      if (kind !== 'csv') want(true);
      setJob(kind);
    },
    [job, want, restart],
  );
  return { note: job === null ? said : t('working', { done, all }), onReport };
}
