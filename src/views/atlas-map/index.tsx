import { useMemo } from 'react';
import { formatNumber } from '../../lib/format-number.ts';
import { BATTERY, getTest, hasRole } from '../../measures/atlas/battery.ts';
import { listRoles } from '../../measures/atlas/head-roles.ts';
import { ROLE_FAMILIES } from '../../measures/atlas/role-test.ts';
import { useAtlas, useAtlasActions } from '../../state/atlas/atlas-hooks.tsx';
import type { AtlasResult } from '../../state/atlas/atlas-result.ts';
import { sayAtlas } from '../../state/atlas/catalogue-messages.ts';
import { describeHow, nameTest } from '../../state/atlas/names.ts';
import { sayWhy } from '../../state/atlas/test-messages.ts';
import { estimateSeconds } from '../../state/atlas/time-left.ts';
import { useAtlasSettings } from '../../state/atlas/use-atlas-settings.ts';
import { useAtlasResult, useAtlasStatus } from '../../state/atlas/use-atlas-status.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { Pick } from '../../ui/Choice.tsx';
import { categoryColor } from '../../ui/color-scales.ts';
import { MapLegend, MatrixMap, type MatrixMapData, paintMatrixMap } from '../../ui/MatrixMap.tsx';
import type { MapCell } from '../../ui/map-layout.ts';
import type { Table } from '../../ui/table.ts';
import { useElementWidth } from '../../ui/use-element-size.ts';
import { useColorTheme } from '../../ui/use-theme.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { roleColor, toRoleMap } from './map-data.ts';
import { t } from './messages.ts';
import './atlas-map.css';

const STRONGEST = 'strongest';

export default function AtlasMapView() {
  const result = useAtlasResult();
  const status = useAtlasStatus(true);
  const role = useAtlas((state) => state.view.role);
  const isIdle = useAtlas((state) => state.battery.status === 'idle');
  const isReady = useApp((state) => state.model.status === 'ready');
  const { setView, start } = useAtlasActions();
  const settings = useAtlasSettings();
  const subtitle =
    result === null
      ? undefined
      : t('subtitle', { layers: result.layerCount, heads: result.headCount });
  const [box, width] = useElementWidth();
  const theme = useColorTheme();
  const data = useMemo(
    () => (result === null ? null : toData(result, role, theme)),
    [result, role, theme],
  );
  const legend = { label: t(role === null ? 'strength' : 'score'), format: formatNumber };
  const isInviting = result === null && isIdle && isReady;
  return (
    <ViewFrame
      id="atlas-map"
      title={t('title')}
      subtitle={subtitle}
      about={{
        sentence: role === null ? t('about') : describeHow(role),
        formula: role === null ? t('formula') : getTest(role).formula,
        source: role === null ? t('source') : getTest(role).source,
        isOurs: role === null || getTest(role).certainty === 'ours',
      }}
      status={status}
      lead={isInviting ? <Invitation /> : undefined}
      controls={
        <>
          <Pick
            label={t('role')}
            value={role ?? STRONGEST}
            options={[
              [STRONGEST, t('strongest')],
              ...BATTERY.map(({ id }) => [id, nameTest(id)] as const),
            ]}
            onChange={(value) => setView({ role: value === STRONGEST ? null : value })}
          />
          {isIdle && isReady && (
            <button
              type="button"
              className="chip"
              onClick={start}
              title={
                result === null
                  ? undefined
                  : t('tested', {
                      date: new Date(result.madeAt).toLocaleDateString('en-CA'),
                      seconds: Math.round(result.seconds),
                    })
              }
            >
              {t('again')}
            </button>
          )}
        </>
      }
      exports={{
        table: () => (result === null ? { columns: [], rows: [] } : toTable(result, role)),
        settings: () => ({ ...settings(), shown: role ?? t('strongest') }),
        caption: role === null ? t('strongest') : nameTest(role),
        painting: () =>
          data === null
            ? { width: 1, height: 1, draw: () => undefined }
            : paintMatrixMap(
                data.map,
                width,
                theme,
                role === null ? null : legend,
                role === null
                  ? ROLE_FAMILIES.map((family, i) => ({
                      text: sayAtlas(`family-${family}`),
                      fill: categoryColor(i, theme),
                    }))
                  : [],
              ),
      }}
    >
      <div ref={box} className="chart-box">
        {result !== null && data !== null && (
          <Chart result={result} data={data} role={role} width={width} />
        )}
      </div>
      {role === null ? (
        <FamilyLegend counts={data?.counts ?? []} />
      ) : (
        <p className="legend">
          <MapLegend
            scale={data?.map.scale ?? { kind: 'sequential', from: 0, to: 1 }}
            {...legend}
          />
        </p>
      )}
      {role !== null && result !== null && role in result.undefinedTests && (
        <p className="note">{sayWhy(result.undefinedTests[role])}</p>
      )}
      <p className="faint">{t('honest')}</p>
    </ViewFrame>
  );
}

/** What the atlas is for, with the way to begin. */
function Invitation() {
  const facts = useApp((state) => (state.model.status === 'ready' ? state.model.facts : null));
  const { start } = useAtlasActions();
  const seconds = facts === null ? 0 : Math.ceil(estimateSeconds(facts) / 5) * 5;
  return (
    <div className="atlas-invitation">
      <p>{t('invite')}</p>
      <p>
        <button type="button" className="button primary" onClick={start}>
          {t('start')}
        </button>{' '}
        <span className="faint">
          {seconds < 90
            ? t('expected', { count: seconds })
            : t('expectedMinutes', { count: Math.round(seconds / 60) })}
        </span>
      </p>
    </div>
  );
}

interface ChartData {
  readonly map: MatrixMapData;
  /** Heads of each family, and those without a role at the end. */
  readonly counts: readonly number[];
}

function toData(result: AtlasResult, role: string | null, theme: 'light' | 'dark'): ChartData {
  const { layerCount, headCount } = result;
  const { values, scale, roles } = toRoleMap(result, role);
  const counts = ROLE_FAMILIES.map(
    (family) => roles.filter((each) => each?.test.family === family).length,
  );
  return {
    map: {
      values,
      scale,
      rows: headCount,
      columns: layerCount,
      rowName: String,
      axisRows: t('rows'),
      axisColumns: t('columns'),
      ...(role === null
        ? {
            fillOf: ({ row, column }: MapCell) => {
              const own = roles[column * headCount + row];
              return own === null || own === undefined ? null : roleColor(own, theme);
            },
          }
        : {}),
    },
    counts: [...counts, roles.filter((each) => each === null).length],
  };
}

function Chart(props: {
  readonly result: AtlasResult;
  readonly data: ChartData;
  readonly role: string | null;
  readonly width: number;
}) {
  const { result, role } = props;
  const { layerCount, headCount, tests } = result;
  const selection = useApp((state) => state.selection);
  const { select } = useActions();
  const linesOf = ({ row, column }: MapCell): readonly string[] => {
    const at = column * headCount + row;
    const place = t('place', { layer: column, head: row });
    if (role !== null) {
      const test = getTest(role);
      const score = tests[role]?.scores[at] ?? Number.NaN;
      if (Number.isNaN(score)) return [place, t('undefinedScore')];
      const reached = t(hasRole(test, score) ? 'reached' : 'notReached', {
        threshold: formatNumber(test.threshold),
      });
      return [place, `${nameTest(role)}: ${formatNumber(score, 3)}`, reached];
    }
    const roles = listRoles(tests, at);
    return roles.length === 0
      ? [place, t('noRole')]
      : [
          place,
          ...roles
            .slice(0, 4)
            .map((each) =>
              t('roleSaid', { role: nameTest(each.test.id), score: formatNumber(each.score) }),
            ),
        ];
  };
  const shown = { row: selection.head, column: selection.layer };
  const [place, ...said] = linesOf(shown);
  const spoken = t('spoken', { place, said: said.join('; ') });
  const clamp = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
  return (
    <>
      <MatrixMap
        data={props.data.map}
        width={props.width}
        selected={shown}
        label={t('label')}
        spoken={spoken}
        noteOf={linesOf}
        onPreview={() => undefined}
        onSelect={({ row, column }) => select({ layer: column, head: row })}
        onMove={(columns, rows) =>
          select({
            layer: clamp(selection.layer + columns, layerCount),
            head: clamp(selection.head + rows, headCount),
          })
        }
      />
      <p className="legend">
        <span className="mono" data-readout="atlas-head">
          {spoken}
        </span>
      </p>
    </>
  );
}

function FamilyLegend({ counts }: { readonly counts: readonly number[] }) {
  const theme = useColorTheme();
  return (
    <ul className="family-legend">
      {ROLE_FAMILIES.map((family, i) => (
        <li key={family}>
          <i style={{ background: categoryColor(i, theme) }} />
          {sayAtlas(`family-${family}`)}
          <span className="faint">{t('counts', { count: counts[i] ?? 0 })}</span>
        </li>
      ))}
      <li>
        <i className="no-role" />
        {sayAtlas('noRole')}
        <span className="faint">{t('counts', { count: counts[ROLE_FAMILIES.length] ?? 0 })}</span>
      </li>
    </ul>
  );
}

/** The map's numbers as a table. */
function toTable(result: AtlasResult, role: string | null): Table {
  const { layerCount, headCount, tests } = result;
  const places = Array.from({ length: layerCount * headCount }, (_, at) => at);
  const placeOf = (at: number): readonly number[] => [Math.floor(at / headCount), at % headCount];
  if (role !== null) {
    return {
      columns: [t('tableLayer'), t('tableHead'), nameTest(role)],
      rows: places.map((at) => [...placeOf(at), tests[role]?.scores[at] ?? Number.NaN]),
    };
  }
  return {
    columns: [t('tableLayer'), t('tableHead'), t('tableRole'), t('tableScore'), t('tableStrength')],
    rows: places.map((at) => {
      const [strongest] = listRoles(tests, at);
      return strongest === undefined
        ? [...placeOf(at), null, null, null]
        : [...placeOf(at), nameTest(strongest.test.id), strongest.score, strongest.strength];
    }),
  };
}
