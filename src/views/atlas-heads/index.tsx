import { useMemo } from 'react';
import { clipName } from '../../lib/clip-name.ts';
import { formatNumber } from '../../lib/format-number.ts';
import { BATTERY } from '../../measures/atlas/battery.ts';
import { parseRoleFilter } from '../../measures/atlas/role-filter.ts';
import { useAtlas, useAtlasActions } from '../../state/atlas/atlas-hooks.tsx';
import type { AtlasResult } from '../../state/atlas/atlas-result.ts';
import { toScoreColumns } from '../../state/atlas/atlas-table.ts';
import { nameTest } from '../../state/atlas/names.ts';
import { useAtlasSettings } from '../../state/atlas/use-atlas-settings.ts';
import { useAtlasResult, useAtlasStatus } from '../../state/atlas/use-atlas-status.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { toArrayFiles } from '../../tensor/array-files.ts';
import type { NamedArray } from '../../tensor/named-array.ts';
import { toParquet } from '../../tensor/parquet-file.ts';
import { Pick } from '../../ui/Choice.tsx';
import { paintBars } from '../../ui/paint-bars.ts';
import type { Table } from '../../ui/table.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { type HeadRow, toHeadRows } from './head-rows.ts';
import { t } from './messages.ts';
import { SimilarHeads } from './SimilarHeads.tsx';
import './atlas-heads.css';

const PLACE = 'place';
const MOST_ROWS = 200;
const MOST_ROLES = 3;
const FIGURE_ROWS = 30;
const LABEL_LENGTH = 21;

export default function AtlasHeadsView() {
  const result = useAtlasResult();
  const status = useAtlasStatus();
  const { sort, filter } = useAtlas(({ view }) => ({ sort: view.sort, filter: view.filter }));
  const { setView } = useAtlasActions();
  const settings = useAtlasSettings();
  const parsed = useMemo(() => parseRoleFilter(filter), [filter]);
  const rows = useMemo(
    () => (result === null ? [] : toHeadRows(result, sort, parsed)),
    [result, sort, parsed],
  );
  const scoreName = sort === null ? t('columnScore') : nameTest(sort);
  const columns = () =>
    result === null
      ? []
      : toScoreColumns(
          result,
          rows.map(({ at }) => at),
        );
  const allSettings = () => ({
    ...settings(),
    ...toThresholds(),
    filter,
    sort: sort ?? t('byPlace'),
  });
  return (
    <ViewFrame
      id="atlas-heads"
      title={t('title')}
      subtitle={
        result === null
          ? undefined
          : t('subtitle', { shown: rows.length, all: result.layerCount * result.headCount })
      }
      about={{ sentence: t('about'), formula: t('formula'), source: t('source'), isOurs: true }}
      status={status}
      controls={
        <>
          <input
            type="search"
            className="filter wide"
            value={filter}
            placeholder={t('filter')}
            aria-label={t('filter')}
            aria-invalid={!parsed.ok}
            onChange={(event) => setView({ filter: event.target.value })}
          />
          <Pick
            label={t('sort')}
            value={sort ?? PLACE}
            options={[
              [PLACE, t('byPlace')],
              ...BATTERY.map(({ id }) => [id, nameTest(id)] as const),
            ]}
            onChange={(value) => setView({ sort: value === PLACE ? null : value })}
          />
        </>
      }
      exports={{
        table: () => toTable(columns()),
        settings: allSettings,
        caption: `${scoreName} · ${filter}`,
        painting: () =>
          paintBars([
            {
              heading: scoreName,
              rows: rows.slice(0, FIGURE_ROWS).map(({ layer, head, roles, score }) => ({
                label: t('place', { layer, head }),
                share: score,
                value: formatNumber(score),
                note:
                  roles[0] === undefined ? '' : clipName(nameTest(roles[0].test.id), LABEL_LENGTH),
              })),
            },
          ]),
        files: {
          parquet: () => new Blob([toParquet(columns(), allSettings())]),
          ...toArrayFiles(() => (result === null ? [] : toArrays(result)), allSettings, false),
        },
      }}
    >
      {!parsed.ok && (
        <p className="note bad" role="alert">
          {t('badFilter', { part: parsed.problem })}
        </p>
      )}
      <HeadTable rows={rows} scoreName={scoreName} />
      {result !== null && <SimilarHeads result={result} />}
    </ViewFrame>
  );
}

function HeadTable({
  rows,
  scoreName,
}: {
  readonly rows: readonly HeadRow[];
  readonly scoreName: string;
}) {
  const { layer, head } = useApp((state) => state.selection);
  const { select } = useActions();
  if (rows.length === 0) return <p className="state">{t('nothing')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
    <section className="head-table" tabIndex={0} aria-label={t('label')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('columnHead')}</th>
            <th scope="col" className="number">
              {scoreName}
            </th>
            <th scope="col">{t('columnRoles')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((row) => (
            <tr
              key={row.at}
              aria-current={row.layer === layer && row.head === head ? 'true' : undefined}
            >
              <th scope="row">
                <button
                  type="button"
                  className="chip"
                  onClick={() => select({ layer: row.layer, head: row.head })}
                >
                  {t('place', { layer: row.layer, head: row.head })}
                </button>
              </th>
              <td className="number">{formatNumber(row.score, 3)}</td>
              <td>{sayRoles(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && <p className="faint">{t('rest', { count: MOST_ROWS })}</p>}
    </section>
  );
}

function sayRoles({ roles }: HeadRow): string {
  if (roles.length === 0) return '–';
  const named = roles.slice(0, MOST_ROLES).map(({ test }) => nameTest(test.id));
  const rest = roles.length - named.length;
  return [...named, ...(rest > 0 ? [t('more', { count: rest })] : [])].join(' · ');
}

function toTable(columns: ReturnType<typeof toScoreColumns>): Table {
  const count = columns[0]?.values.length ?? 0;
  return {
    columns: columns.map(({ name }) => name),
    rows: Array.from({ length: count }, (_, i) => columns.map(({ values }) => values[i])),
  };
}

/** Scores of all tests as arrays [layer, head]. */
function toArrays({ tests, layerCount, headCount }: AtlasResult): readonly NamedArray[] {
  return Object.entries(tests).map(([name, { scores }]) => ({
    name,
    shape: [layerCount, headCount],
    data: Float32Array.from(scores),
  }));
}

function toThresholds(): Readonly<Record<string, string>> {
  return {
    thresholds: JSON.stringify(
      Object.fromEntries(BATTERY.map(({ id, threshold }) => [id, threshold])),
    ),
  };
}
