import { formatPercent } from '../../lib/format-number.ts';
import { useActions, useApp, useUnits } from '../../state/hooks.tsx';
import { shortToken } from '../../text/display-token.ts';
import { t } from './messages.ts';
import { findUnitOf } from './token-card-data.ts';

/** The tokens that the model added, each with its probability; a click selects it as the query. */
export function GeneratedTokens() {
  const continuation = useApp((state) => state.continuation);
  const isBusy = useApp((state) => state.generation.status === 'generating');
  const units = useUnits();
  const actions = useActions();
  if (continuation === null) return null;
  const { tokens, probabilities, end, isCutAlike } = continuation;
  const first = tokens.ids.length - probabilities.length;
  return (
    <div data-readout="generated">
      <p className="faint">
        {t('generated', { count: probabilities.length })}
        {end === null ? '' : `. ${t(`end-${end}`)}`}
      </p>
      <ol className="generated">
        {probabilities.map((probability, i) => {
          const token = first + i;
          const text = tokens.text.slice(tokens.starts[token], tokens.ends[token]);
          return (
            <li key={token}>
              <button
                type="button"
                onClick={() => actions.select({ query: findUnitOf(units, token) })}
              >
                <bdi className="mono">{shortToken(text, 16)}</bdi>
                <small>{formatPercent(probability)}</small>
              </button>
            </li>
          );
        })}
      </ol>
      {isCutAlike === false && <p className="note">{t('recut')}</p>}
      {!isBusy && (
        <button type="button" className="chip" onClick={actions.removeContinuation}>
          {t('remove')}
        </button>
      )}
    </div>
  );
}
