import { useDeferredValue, useMemo, useState } from 'react';
import { clipName } from '../../lib/clip-name.ts';
import { formatNumber } from '../../lib/format-number.ts';
import { getTest } from '../../measures/atlas/battery.ts';
import { CATALOGUE, type HeadType } from '../../measures/atlas/catalogue.ts';
import type { ScoredHead } from '../../measures/atlas/head-roles.ts';
import type { Stage } from '../../measures/atlas/role-test.ts';
import { useAtlas, useAtlasActions } from '../../state/atlas/atlas-hooks.tsx';
import type { AtlasResult } from '../../state/atlas/atlas-result.ts';
import { sayAtlas, sayType } from '../../state/atlas/catalogue-messages.ts';
import { describeHow, nameTest } from '../../state/atlas/names.ts';
import { sayWhy } from '../../state/atlas/test-messages.ts';
import { useAtlasSettings } from '../../state/atlas/use-atlas-settings.ts';
import { useAtlasResult } from '../../state/atlas/use-atlas-status.ts';
import { useActions } from '../../state/hooks.tsx';
import { paintBars } from '../../ui/paint-bars.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import {
  defineType,
  listByTest,
  listScoringPlaces,
  namesHeads,
  nameType,
  sayFoundIn,
  sayTendency,
  searchTypes,
  toCatalogueTable,
} from './catalogue-rows.ts';
import { t } from './messages.ts';
import './atlas-catalogue.css';

const STAGES: readonly Stage[] = ['recall', 'identify', 'reason', 'express', 'beyond'];
const MOST_HEADS = 12;
const LABEL_LENGTH = 21;
const TESTED = CATALOGUE.filter(({ noTest }) => noTest === null).length;

export default function AtlasCatalogueView() {
  const result = useAtlasResult();
  const settings = useAtlasSettings();
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const types = useMemo(() => searchTypes(wanted), [wanted]);
  return (
    <ViewFrame
      id="atlas-catalogue"
      title={t('title')}
      subtitle={t('subtitle', { types: CATALOGUE.length })}
      about={{
        sentence: t('about', { types: CATALOGUE.length, tested: TESTED }),
        formula: t('formula'),
        source: t('source'),
      }}
      status={{ kind: 'ready' }}
      controls={
        <input
          type="search"
          className="filter"
          value={search}
          placeholder={t('search')}
          aria-label={t('search')}
          onChange={(event) => setSearch(event.target.value)}
        />
      }
      exports={{
        table: () => toCatalogueTable(types, result),
        settings,
        caption: t('title'),
        painting: () =>
          paintBars([
            {
              heading: t('columnHeads'),
              rows: types
                .filter(({ noTest }) => noTest === null)
                .map((type) => {
                  const isCounted = result !== null && namesHeads(type);
                  const count = isCounted ? listScoringPlaces(type, result).length : 0;
                  const all = result === null ? 1 : result.layerCount * result.headCount;
                  return {
                    label: clipName(nameType(type), LABEL_LENGTH),
                    share: count / all,
                    value: isCounted ? String(count) : '–',
                  };
                }),
            },
          ]),
      }}
    >
      {types.length === 0 && <p className="state">{t('nothing')}</p>}
      {STAGES.map((stage) => (
        <StageSection
          key={stage}
          stage={stage}
          types={types.filter((each) => each.stage === stage)}
          result={result}
        />
      ))}
    </ViewFrame>
  );
}

function StageSection(props: {
  readonly stage: Stage;
  readonly types: readonly HeadType[];
  readonly result: AtlasResult | null;
}) {
  const { stage, types, result } = props;
  const groups = [...new Set(types.map(({ group }) => group))];
  if (types.length === 0) return null;
  return (
    <details className="stage" open>
      <summary>
        <h3>{sayType(`stage-${stage}`)}</h3>
        <span className="faint">{sayType(`stage-${stage}-is`)}</span>
      </summary>
      {groups.map((group) => (
        <div key={group} className="group">
          <h4>{sayType(`group-${group}`)}</h4>
          {types
            .filter((each) => each.group === group)
            .map((type) => (
              <TypeEntry key={type.id} type={type} result={result} />
            ))}
        </div>
      ))}
    </details>
  );
}

function TypeEntry({
  type,
  result,
}: {
  readonly type: HeadType;
  readonly result: AtlasResult | null;
}) {
  const isOpen = useAtlas((state) => state.view.type === type.id);
  const { setView } = useAtlasActions();
  const count =
    result === null || type.noTest !== null ? 0 : listScoringPlaces(type, result).length;
  const state =
    type.noTest !== null
      ? t('noTestShort')
      : result === null
        ? t('untested')
        : namesHeads(type)
          ? t('scoring', { count })
          : t('scoresOnly');
  return (
    <div className="head-type" data-type={type.id}>
      <button
        type="button"
        className="type-name"
        aria-expanded={isOpen}
        onClick={() => setView({ type: isOpen ? null : type.id })}
      >
        <span>{nameType(type)}</span>
        <span className={count > 0 ? 'count some' : 'count'}>{state}</span>
      </button>
      {isOpen && <TypeBody type={type} result={result} />}
    </div>
  );
}

function TypeBody({
  type,
  result,
}: {
  readonly type: HeadType;
  readonly result: AtlasResult | null;
}) {
  return (
    <div className="type-body">
      <p>{defineType(type)}</p>
      <p className="faint">
        {sayFoundIn(type)}; {sayTendency(type)}
      </p>
      {type.noTest !== null && <p>{sayAtlas(type.noTest)}</p>}
      {type.tests.map((test) => (
        <TestEntry
          key={test}
          id={test}
          result={result}
          heads={
            result === null
              ? []
              : (listByTest(type, result).find((each) => each.test === test)?.heads ?? [])
          }
        />
      ))}
    </div>
  );
}

function TestEntry(props: {
  readonly id: string;
  readonly result: AtlasResult | null;
  readonly heads: readonly ScoredHead[];
}) {
  const { id, result, heads } = props;
  const test = getTest(id);
  const { setView } = useAtlasActions();
  return (
    <div className="test-entry">
      <p>
        <strong>{nameTest(id)}</strong>{' '}
        <span className="faint">
          {t('threshold', {
            threshold: formatNumber(test.threshold),
            whose: t(test.isThresholdKnown ? 'known' : 'ours'),
          })}
        </span>
      </p>
      <p>{describeHow(id)}</p>
      <p className="faint">
        {t('formulaOf', { formula: test.formula })}
        <br />
        {t('sourceOf', { source: test.source })} {test.certainty === 'ours' && t('oursLabel')}
      </p>
      {result !== null && id in result.undefinedTests && <p>{sayWhy(result.undefinedTests[id])}</p>}
      {result !== null && id in result.tests && (
        <>
          {test.namesRole ? (
            <HeadButtons id={id} heads={heads} result={result} />
          ) : (
            <p className="faint">{t('namesNone')}</p>
          )}
          <p>
            <button type="button" className="chip" onClick={() => setView({ role: id })}>
              {t('showMap')}
            </button>
          </p>
        </>
      )}
    </div>
  );
}

function HeadButtons(props: {
  readonly id: string;
  readonly heads: readonly ScoredHead[];
  readonly result: AtlasResult;
}) {
  const { id, heads, result } = props;
  const { select } = useActions();
  const { setView } = useAtlasActions();
  if (heads.length === 0) {
    const { scores } = result.tests[id];
    const best = scores.reduce(
      (most, score, at) => (score > (scores[most] ?? Number.NaN) || most < 0 ? at : most),
      -1,
    );
    return (
      <p className="faint">
        {best < 0 || Number.isNaN(scores[best])
          ? t('noneDefined')
          : t('none', {
              head: `L${Math.floor(best / result.headCount)}·H${best % result.headCount}`,
              score: formatNumber(scores[best], 3),
            })}
      </p>
    );
  }
  return (
    <p className="head-buttons">
      {heads.slice(0, MOST_HEADS).map(({ layer, head, score }) => (
        <button
          key={`${layer}.${head}`}
          type="button"
          className="chip"
          onClick={() => {
            setView({ role: id });
            select({ layer, head });
          }}
        >
          {t('head', { layer, head, score: formatNumber(score) })}
        </button>
      ))}
      {heads.length > MOST_HEADS && (
        <span className="faint">{t('more', { count: heads.length - MOST_HEADS })}</span>
      )}
    </p>
  );
}
