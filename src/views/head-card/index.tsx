import { useMemo } from 'react';
import { CARD_MEASURES } from '../../measures/head-measures.ts';
import { findSharers } from '../../measures/key-value-groups.ts';
import { getRole } from '../../measures/roles.ts';
import { findSimilarHeads } from '../../measures/similar-heads.ts';
import { findTopPairs, findTopSlicePairs } from '../../measures/top-pairs.ts';
import { useExportSettings } from '../../state/export-settings.ts';
import {
  getHeadValues,
  useActions,
  useApp,
  useDisplayedSlice,
  useRun,
  useShownSelection,
  useSlice,
  useUnits,
} from '../../state/hooks.tsx';
import { useOpenMeasure } from '../../state/measure-page-hooks.tsx';
import { useViewStatus } from '../../state/view-status.ts';
import { toArrayFiles } from '../../tensor/array-files.ts';
import { paintBars } from '../../ui/paint-bars.ts';
import { toPlainSource } from '../../ui/plain-source.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { HeadCard } from './HeadCard.tsx';
import { formatMeasure, toMeasureRows } from './head-card-rows.ts';
import { t } from './messages.ts';
import './head-card.css';

const PAIRS = 4;
const SIMILAR = 3;

export default function HeadCardView() {
  const run = useRun();
  const units = useUnits();
  const { layer, head } = useShownSelection();
  const status = useViewStatus(layer);
  const unit = useApp((state) => state.display.unit);
  const actions = useActions();
  const openMeasure = useOpenMeasure();
  const settings = useExportSettings();
  const summary = run?.layers[layer] ?? null;
  const isWhole = run?.layers.every((each) => each !== null) ?? false;
  const ids = run?.tokens.ids;

  const slice = useSlice();
  const displayed = useDisplayedSlice(
    unit !== 'token' && slice.status === 'ready' ? slice.slice : null,
  );
  const rows = useMemo(() => {
    if (summary === null || run === null || ids === undefined) return [];
    const all = run.layers.flatMap((each) => (each ? getHeadValues(each, ids) : []));
    return toMeasureRows(getHeadValues(summary, ids)[head], all, isWhole);
  }, [summary, run, ids, head, isWhole]);
  const similar = useMemo(
    () => (run && isWhole ? findSimilarHeads(run.layers, layer, head, SIMILAR) : null),
    [run, isWhole, layer, head],
  );
  const pairs = useMemo(() => {
    if (unit === 'token') return summary ? findTopPairs(summary, head, PAIRS, true) : [];
    return displayed ? findTopSlicePairs(displayed, PAIRS, true) : [];
  }, [unit, summary, displayed, head]);

  const role = summary && ids ? getRole(getHeadValues(summary, ids)[head]) : null;
  const subtitle =
    role === null
      ? t('subtitle', { layer, head })
      : t('subtitleRole', { layer, head, role: t(`role-${role}`) });
  const groupSize = run ? run.model.headCount / run.model.keyValueHeadCount : 1;
  return (
    <ViewFrame
      id="head-card"
      title={t('title')}
      subtitle={subtitle}
      about={{
        sentence: t('about'),
        formula: t('formula'),
        source: t('source'),
        isOurs: true,
        more: { label: t('more'), onOpen: () => openMeasure('entropy') },
      }}
      status={status}
      exports={{
        settings,
        caption: subtitle,
        painting: () =>
          paintBars([
            {
              heading: '',
              rows: rows.map(({ measure, value, share, rank, all }) => ({
                label: t(measure.id),
                share,
                value: formatMeasure(measure, value),
                note: rank === null ? '' : t('rank', { rank, all }),
              })),
            },
          ]),
        table: () => ({
          columns: ['measure', 'value', 'unit', 'rank', 'heads', 'formula', 'source', 'certainty'],
          rows: rows.map(({ measure, value, rank, all }) => [
            t(measure.id),
            value,
            measure.unit,
            rank,
            all,
            measure.formula,
            toPlainSource(measure.source).text,
            measure.certainty,
          ]),
        }),
        files: toArrayFiles(
          () => [
            {
              name: `measures_layer${layer}_head${head}`,
              shape: [rows.length],
              data: Float32Array.from(rows, ({ value }) => value),
            },
          ],
          () => ({ ...settings(), measures: CARD_MEASURES.map(({ id }) => id).join(', ') }),
          true,
        ),
      }}
    >
      <HeadCard
        rows={rows}
        onMeasure={openMeasure}
        layer={layer}
        sharers={findSharers(head, run?.model.headCount ?? 0, groupSize)}
        similar={similar}
        pairs={pairs}
        units={units}
        unitName={t(unit)}
        onHead={(toLayer, toHead) => actions.select({ layer: toLayer, head: toHead })}
        onPair={({ query, key }) => actions.select({ query, key })}
      />
    </ViewFrame>
  );
}
