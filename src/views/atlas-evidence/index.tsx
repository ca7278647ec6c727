import { useState } from 'react';
import { clipName } from '../../lib/clip-name.ts';
import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import { hasRole } from '../../measures/atlas/battery.ts';
import { listRoles } from '../../measures/atlas/head-roles.ts';
import { useAtlas, useAtlasActions } from '../../state/atlas/atlas-hooks.tsx';
import { describeHow, nameTest, sayDetail } from '../../state/atlas/names.ts';
import { sayWhy } from '../../state/atlas/test-messages.ts';
import { useAtlasSettings } from '../../state/atlas/use-atlas-settings.ts';
import { useAtlasResult, useAtlasStatus } from '../../state/atlas/use-atlas-status.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { shortToken } from '../../text/display-token.ts';
import { paintBars } from '../../ui/paint-bars.ts';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { chooseTest, findEvidence, type ShownEvidence } from './evidence-of.ts';
import { t } from './messages.ts';
import { ProbeText } from './ProbeText.tsx';
import './atlas-evidence.css';

const MOST_ROLES = 8;
const LABEL_LENGTH = 21;

export default function AtlasEvidenceView() {
  const result = useAtlasResult();
  const status = useAtlasStatus();
  const { layer, head } = useApp((state) => state.selection);
  const role = useAtlas((state) => state.view.role);
  const { setView } = useAtlasActions();
  const settings = useAtlasSettings();
  const at = result === null ? 0 : layer * result.headCount + head;
  const roles = result === null ? [] : listRoles(result.tests, at).slice(0, MOST_ROLES);
  const id = result === null ? null : chooseTest(result, at, role);
  const found = result === null || id === null ? null : findEvidence(result, at, id);
  const cell = found?.cell ?? null;
  const subtitle = t('subtitle', { layer, head });
  return (
    <ViewFrame
      id="atlas-evidence"
      title={t('title')}
      subtitle={subtitle}
      about={{
        sentence: t('about'),
        formula: found === null ? t('formula') : found.test.formula,
        source: found === null ? t('source') : found.test.source,
        isOurs: found?.test.certainty === 'ours',
      }}
      status={status}
      exports={{
        table: () => ({
          columns: [t('columnIndex'), t('columnToken'), t('columnMark')],
          rows:
            cell === null
              ? []
              : Array.from(cell.probe.tokens.ids, (_, i) => [
                  i,
                  cell.probe.tokens.pieces[i],
                  i === cell.query ? t('query') : i === cell.key ? t('key') : '',
                ]),
        }),
        settings: () => ({
          ...settings(),
          head: `${layer}.${head}`,
          test: id ?? '',
          score: String(found?.score ?? ''),
          query: String(cell?.query ?? ''),
          key: String(cell?.key ?? ''),
          weight: String(cell?.weight ?? ''),
        }),
        caption: `${subtitle} · ${id === null ? '' : nameTest(id)}`,
        painting: () =>
          paintBars([
            {
              heading: subtitle,
              rows: roles.map(({ test, score, strength }) => ({
                label: clipName(nameTest(test.id), LABEL_LENGTH),
                share: Math.min(1, strength),
                value: formatNumber(score),
              })),
            },
          ]),
      }}
    >
      {result !== null && (
        <>
          {roles.length > 0 && (
            <fieldset className="choice">
              <legend className="spoken">{t('roles')}</legend>
              {roles.map(({ test, score }) => (
                <button
                  key={test.id}
                  type="button"
                  className="chip"
                  aria-pressed={test.id === id}
                  onClick={() => setView({ role: test.id })}
                >
                  {`${nameTest(test.id)} ${formatNumber(score)}`}
                </button>
              ))}
            </fieldset>
          )}
          {roles.length === 0 && <p className="state">{t('noRoles')}</p>}
          {id !== null && id in result.undefinedTests && (
            <p className="note">{sayWhy(result.undefinedTests[id])}</p>
          )}
          {found !== null && (
            <Found found={found} detail={sayDetail(result.tests, found.test.id, at)} />
          )}
        </>
      )}
    </ViewFrame>
  );
}

function Found({ found, detail }: { readonly found: ShownEvidence; readonly detail: string }) {
  const { test, score, rank, scored, reaching, probeCount, cell } = found;
  return (
    <div className="evidence">
      <h3>{nameTest(test.id)}</h3>
      <p>{describeHow(test.id)}</p>
      {rank === null ? (
        <p>{t('undefinedScore')}</p>
      ) : (
        <p data-readout="atlas-score" data-reached={hasRole(test, score)}>
          {t('score', {
            score: formatNumber(score, 3),
            threshold: formatNumber(test.threshold),
            whose: t(test.isThresholdKnown ? 'known' : 'ours'),
          })}{' '}
          {detail !== '' && `${detail}. `}
          {t('rank', { rank, all: scored, count: reaching })}
        </p>
      )}
      {test.needs === 'weights' && <p className="faint">{t('weightsOnly')}</p>}
      {test.needs !== 'weights' && cell === null && <p className="faint">{t('noCell')}</p>}
      {cell !== null && <Cell cell={cell} probeCount={probeCount} />}
    </div>
  );
}

function Cell(props: {
  readonly cell: NonNullable<ShownEvidence['cell']>;
  readonly probeCount: number;
}) {
  const { probe, query, key, weight } = props.cell;
  const { tokens } = probe;
  const { layer, head } = useApp((state) => state.selection);
  const { setTokens, setDisplay, select, openWorkspace } = useActions();
  const [isOpened, setIsOpened] = useState(false);
  const say = (at: number): string =>
    shortToken(tokens.text.slice(tokens.starts[at], tokens.ends[at]) || tokens.pieces[at], 24);
  const open = (): void => {
    setTokens(tokens);
    // Queries and keys of evidence count tokens.
    setDisplay({ unit: 'token' });
    select({ layer, head, query, key });
    openWorkspace('read');
    setIsOpened(true);
  };
  return (
    <>
      <p className="faint">{t('fromProbes', { count: props.probeCount })}</p>
      <ProbeText tokens={tokens} query={query} key_={key} />
      <p className="mono" data-readout="atlas-cell">
        {t('cell', {
          query,
          queryText: say(query),
          weight: formatPercent(weight),
          key,
          keyText: say(key),
        })}
      </p>
      <p>
        <button type="button" className="button" onClick={open}>
          {t('open')}
        </button>{' '}
        <span role="status" className="faint">
          {isOpened && t('opened')}
        </span>
      </p>
    </>
  );
}
