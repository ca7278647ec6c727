import { useActions, useApp } from '../../state/hooks.tsx';
import { useViewStatus } from '../../state/view-status.ts';
import type { TokenizedText } from '../../text/token.ts';
import type { ViewStatus } from '../../ui/ViewFrame.tsx';
import { t } from './messages.ts';

/** A text that is too long is offered to be cut to this many tokens: seconds, not minutes. */
const KEPT_TOKENS = 1024;
const KEPT_CHARACTERS = 4000;

/**
 * Where the panel stands: the field works in every state, the tokens are shown as soon as they are cut,
 * whatever the run does.
 */
export function usePanelStatus(tokens: TokenizedText | null): ViewStatus {
  const actions = useActions();
  const { text, conversation, tooLong } = useApp((state) => ({
    text: state.text,
    conversation: state.conversation,
    tooLong:
      state.run.status === 'failed' && state.run.error.code === 'text-too-long'
        ? state.run.error.details
        : null,
  }));
  const status = useViewStatus();
  const hasTokens = tokens !== null;
  const hasTheseTokens = tokens?.text === text;
  if (status.kind === 'failed') {
    const shown = { ...status, keepsContent: hasTheseTokens };
    if (tooLong === null || conversation !== null) return shown;
    const limit = Number(tooLong.limit) || KEPT_TOKENS;
    const count = Math.min(KEPT_TOKENS, limit, tokens?.ids.length ?? 0);
    const cut = hasTheseTokens
      ? { label: t('keepFirst', { count }), end: tokens.ends[count - 1] }
      : keepFirstCharacters(Math.min(KEPT_CHARACTERS, 2 * limit));
    return {
      ...shown,
      isQuiet: false,
      action: { label: cut.label, run: () => actions.setText(text.slice(0, cut.end)) },
    };
  }
  if (text === '') return { kind: 'empty', message: t('invite') };
  if (status.kind === 'working') {
    // While the model loads, the page's other parts say how far it is; here it matters for the tokens.
    const message = hasTokens ? status.message : `${t('loadingTokens')} ${status.message}`;
    return { ...status, message, keepsContent: hasTokens };
  }
  if (!hasTokens) return { kind: 'working', message: t('cutting'), share: null };
  return { kind: 'ready' };
}

function keepFirstCharacters(count: number): { readonly label: string; readonly end: number } {
  return { label: t('keepFirstCharacters', { count }), end: count };
}
