import { useMemo } from 'react';
import { formatNumber, formatPercent } from '../../lib/format-number.ts';
import { parseTokenRule } from '../../measures/token-rule.ts';
import { useCustomRole, useCustomRoleActions } from '../../state/atlas/atlas-hooks.tsx';
import type { CustomRunStatus } from '../../state/atlas/custom-role-store.ts';
import type { CustomScores } from '../../state/atlas/score-custom-role.ts';
import { useAtlasSettings } from '../../state/atlas/use-atlas-settings.ts';
import { getAdvice } from '../../state/error-advice.ts';
import { useActions, useApp } from '../../state/hooks.tsx';
import { shortToken } from '../../text/display-token.ts';
import type { TokenizedText } from '../../text/token.ts';
import { Choice, Pick } from '../../ui/Choice.tsx';
import { paintBars } from '../../ui/paint-bars.ts';
import { ViewFrame, type ViewStatus } from '../../ui/ViewFrame.tsx';
import { type CustomRow, toCustomRows, toCustomTable } from './custom-rows.ts';
import { t } from './messages.ts';
import { PaintGrid } from './PaintGrid.tsx';
import { countPainted, PRESETS, type PresetName, paintAll } from './painting.ts';
import './custom-role.css';

const SHOWN = 10;
const FIGURE_ROWS = 30;

export default function CustomRoleView() {
  const { kind, rule, painted, texts, run, found } = useCustomRole((state) => state);
  const actions = useCustomRoleActions();
  const settings = useAtlasSettings();
  const isReady = useApp((state) => state.model.status === 'ready');
  const hasText = useApp((state) => state.tokens !== null);
  const parsed = useMemo(() => parseTokenRule(rule), [rule]);
  const rows = useMemo(() => (found === null ? [] : toCustomRows(found)), [found]);
  const count = countPainted(painted);
  const canFind =
    isReady && (texts === 'probes' || hasText) && (kind === 'rule' ? parsed.ok : count > 0);
  const said = found === null ? '' : sayFound(found);
  return (
    <ViewFrame
      id="custom-role"
      title={t('title')}
      about={{
        sentence: t('about'),
        formula: `${t('formulaRule')}; ${t('formulaPainted')}`,
        source: t('source'),
        isOurs: true,
      }}
      status={toStatus(run, found, actions.cancel, actions.find)}
      lead={
        <div className="role-maker">
          <div className="role-controls">
            <Choice
              label={t('how')}
              value={kind}
              options={(['rule', 'painted'] as const).map((each) => [each, t(each)] as const)}
              onChange={(value) => actions.set({ kind: value })}
            />
            <Pick
              label={t('texts')}
              value={texts}
              options={(['own', 'probes'] as const).map((each) => [each, t(each)] as const)}
              onChange={(value) => actions.set({ texts: value })}
            />
            <button
              type="button"
              className="button primary"
              disabled={!canFind || run.status === 'running'}
              onClick={actions.find}
            >
              {t('find')}
            </button>
          </div>
          {kind === 'rule' ? (
            <RuleField
              rule={rule}
              onChange={(value) => actions.set({ rule: value })}
              onFind={actions.find}
            />
          ) : (
            <>
              <div className="role-controls">
                <span className="faint">{t('presets')}</span>
                {(Object.keys(PRESETS) as PresetName[]).map((preset) => (
                  <button
                    key={preset}
                    type="button"
                    className="chip"
                    onClick={() =>
                      actions.set({ painted: paintAll(painted.side, PRESETS[preset]) })
                    }
                  >
                    {t(preset)}
                  </button>
                ))}
                <button
                  type="button"
                  className="chip"
                  onClick={() => actions.set({ painted: paintAll(painted.side, () => false) })}
                >
                  {t('clear')}
                </button>
                <span className="faint" role="status">
                  {count === 0 ? t('nothingPainted') : t('paintedCount', { count })}
                </span>
              </div>
              <PaintGrid painting={painted} onChange={(value) => actions.set({ painted: value })} />
            </>
          )}
          {isReady && texts === 'own' && !hasText && <p className="note">{t('noText')}</p>}
          {!isReady && <p className="faint">{t('noModel')}</p>}
        </div>
      }
      exports={{
        table: () => (found === null ? { columns: [], rows: [] } : toCustomTable(found)),
        settings: () => ({ ...settings(), role: said, tokens: countTokens(found) }),
        caption: said,
        painting: () =>
          paintBars([
            {
              heading: said,
              rows: rows.slice(0, FIGURE_ROWS).map(({ layer, head, score }) => ({
                label: t('place', { layer, head }),
                share: score,
                value: formatNumber(score, 3),
              })),
            },
          ]),
      }}
    >
      {found !== null && <Found found={found} rows={rows} said={said} />}
    </ViewFrame>
  );
}

function toStatus(
  run: CustomRunStatus,
  found: CustomScores | null,
  onCancel: () => void,
  again: () => void,
): ViewStatus {
  if (run.status === 'running') {
    return {
      kind: 'working',
      message: t('searching', { done: run.done, all: run.all }),
      share: run.done / Math.max(1, run.all),
      onCancel,
      keepsContent: false,
    };
  }
  if (run.status === 'failed') {
    return {
      kind: 'failed',
      message: run.error.message,
      nextStep: getAdvice(run.error.code),
      action: { label: t('find'), run: again },
    };
  }
  return found === null ? { kind: 'empty', message: t('notYet') } : { kind: 'ready' };
}

function RuleField(props: {
  readonly rule: string;
  readonly onChange: (rule: string) => void;
  readonly onFind: () => void;
}) {
  const parsed = parseTokenRule(props.rule);
  return (
    <div>
      <input
        className="rule-field mono"
        value={props.rule}
        aria-label={t('ruleLabel')}
        aria-invalid={!parsed.ok}
        aria-describedby="rule-help"
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && parsed.ok && props.onFind()}
      />
      <p id="rule-help" className={parsed.ok ? 'faint' : 'bad'}>
        {parsed.ok
          ? t('ruleHelp')
          : t(parsed.problem.code, { words: parsed.problem.words, at: parsed.problem.at + 1 })}
      </p>
    </div>
  );
}

function sayFound({ role, tokens }: CustomScores): string {
  const texts = t(tokens.length === 1 ? 'own' : 'probes');
  return role.kind === 'rule'
    ? t('foundRule', { rule: role.text, texts })
    : t('foundPainted', { texts });
}

function countTokens(found: CustomScores | null): string {
  return String(found?.tokens.reduce((sum, { ids }) => sum + ids.length, 0) ?? 0);
}

/** The heads that match best, with the cell that shows it. */
function Found(props: {
  readonly found: CustomScores;
  readonly rows: readonly CustomRow[];
  readonly said: string;
}) {
  const { found, rows, said } = props;
  const { select, setTokens, setDisplay, openWorkspace } = useActions();
  const { layer, head } = useApp((state) => state.selection);
  if (found.cellCount === 0) return <p className="state">{t('noCells')}</p>;
  const open = (row: CustomRow): void => {
    setTokens(found.tokens[found.texts[row.at]]);
    setDisplay({ unit: 'token' });
    select({
      layer: row.layer,
      head: row.head,
      query: found.queries[row.at],
      key: found.keys[row.at],
    });
    openWorkspace('read');
  };
  return (
    <div className="custom-found" data-readout="custom-found">
      <h3>
        {t('best')}: {said}
      </h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('columnHead')}</th>
            <th scope="col" className="number">
              {t(found.role.kind === 'rule' ? 'scoreRule' : 'scorePainted')}
            </th>
            <th scope="col">{t('columnCell')}</th>
            <th scope="col">
              <span className="spoken">{t('open')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map((row) => (
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
              <td className="mono">{sayCell(found, row.at)}</td>
              <td>
                {found.texts[row.at] >= 0 && (
                  <button
                    type="button"
                    className="chip"
                    aria-label={t('openLabel', { layer: row.layer, head: row.head })}
                    onClick={() => open(row)}
                  >
                    {t('open')}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sayCell({ texts, tokens, queries, keys, weights }: CustomScores, at: number): string {
  const text: TokenizedText | undefined = tokens[texts[at]];
  if (text === undefined) return '–';
  const say = (i: number): string =>
    `${i} “${shortToken(text.text.slice(text.starts[i], text.ends[i]) || text.pieces[i])}”`;
  return t('cell', {
    query: say(queries[at]),
    key: say(keys[at]),
    weight: formatPercent(weights[at]),
  });
}
