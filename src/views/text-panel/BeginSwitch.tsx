import { useActions, useApp } from '../../state/hooks.tsx';
import { t } from './messages.ts';

/** Whether a begin token is put before the text: what the model's files say, or the person's own choice. */
export function BeginSwitch() {
  const facts = useApp((state) => (state.model.status === 'ready' ? state.model.facts : null));
  const chosen = useApp((state) => state.addsBegin);
  const actions = useActions();
  if (facts === null || facts.beginToken === null) return null;
  const { beginToken: token, addsBeginToken: own } = facts;
  const isAdded = chosen ?? own;
  return (
    <button
      type="button"
      className="chip begin-switch"
      aria-pressed={isAdded}
      title={t(own ? 'beginOwnYes' : 'beginOwnNo', { token })}
      onClick={() => actions.setAddsBegin(!isAdded === own ? null : !isAdded)}
    >
      {t(isAdded ? 'beginAdded' : 'beginNotAdded', { token })}
    </button>
  );
}
