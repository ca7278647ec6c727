import { createMessages } from '../lib/messages.ts';
import type { DisplayedSlice } from '../measures/displayed-slice.ts';
import { getRole } from '../measures/roles.ts';
import type { RunData } from '../protocol/run.ts';
import { getAdvice } from './error-advice.ts';
import {
  getHeadValues,
  useActions,
  useApp,
  useDisplayedSlice,
  useRun,
  useShownSelection,
  useSlice,
} from './hooks.tsx';
import type { Selection } from './selection.ts';
import { useWeightedSlice } from './use-weighted-slice.ts';
import { type RunViewStatus, useViewStatus } from './view-status.ts';

const t = createMessages('shown-head', {
  title: 'Layer {{layer}} · Head {{head}}',
  working: 'Reading this head …',
  byValues: 'weight × length of the value that it carries, as a share of the row',
  again: 'Run the text again',
  induction: 'induction head',
  previous: 'previous-token head',
  duplicate: 'duplicate-token head',
  current: 'current-token head',
  first: 'first-token head',
});

/** Panels narrower than this have no room for the head's role beside its name, CSS pixels. */
const ROLE_IN_HEADER = 540;

/** Whether a panel shows the head's role in its header; otherwise it stands below the picture. */
export function hasRoomForRole(width: number): boolean {
  return width >= ROLE_IN_HEADER;
}

/** The selected head as its views show it. */
export interface ShownHead {
  readonly run: RunData | null;
  readonly selection: Selection;
  /** "Layer 18 · Head 6". */
  readonly title: string;
  /** Its role on this text, in words. */
  readonly role: string | undefined;
  /** Its matrix under the display options; null while there is none. */
  readonly displayed: DisplayedSlice | null;
  /** What its cells are when they are not the weights themselves; null when they are. */
  readonly weightingNote: string | null;
  /** Where run and matrix stand together. */
  readonly status: RunViewStatus;
}

/** The selected head: its matrix, its name and role, and what to say while there is none. */
export function useShownHead(): ShownHead {
  const run = useRun();
  const selection = useShownSelection();
  const runStatus = useViewStatus(selection.layer);
  const actions = useActions();
  const weighting = useApp(({ display }) => display.weighting);
  const state = useWeightedSlice(useSlice());
  const slice =
    state.status === 'ready' ? state.slice : state.status === 'working' ? state.previous : null;
  const displayed = useDisplayedSlice(slice);
  const summary = run?.layers[selection.layer] ?? null;
  const values =
    run === null || summary === null
      ? null
      : getHeadValues(summary, run.tokens.ids)[selection.head];
  const role = values ? getRole(values) : null;
  const hasRun = runStatus.kind === 'ready' || runStatus.kind === 'stale';
  let status = runStatus;
  if (state.status === 'failed' && runStatus.kind !== 'failed') {
    status = {
      kind: 'failed',
      message: state.error.message,
      nextStep: getAdvice(state.error.code),
      action: { label: t('again'), run: actions.runAgain },
    };
  } else if (hasRun && (displayed === null || state.status === 'working')) {
    // The head before stays until this one is read, and the frame says so.
    const keepsContent = displayed !== null;
    status = { kind: 'working', message: t('working'), share: null, keepsContent };
  } else if (runStatus.kind === 'working' && displayed === null) {
    status = { ...runStatus, keepsContent: false };
  }
  return {
    run,
    selection,
    title: t('title', { layer: selection.layer, head: selection.head }),
    role: role === null ? undefined : t(role),
    displayed,
    weightingNote: weighting === 'values' ? t('byValues') : null,
    status,
  };
}
