import type { AppState } from './app-state.ts';
import type { LinkPart } from './link-part.ts';
import { toFragment } from './url-state.ts';

/** The fragment of a link to what is on the page; the text is in it only when it is asked for. */
export function writeLink(
  state: AppState,
  parts: readonly LinkPart[],
  includesText: boolean,
): string {
  const { selection, display, sampleId, modelOrigin, addsBegin, workspace } = state;
  return toFragment({
    workspace,
    selection,
    display,
    sampleId,
    origin: modelOrigin,
    addsBegin,
    text: includesText ? state.text : null,
    // What the model added to the turns is in the text only.
    conversation: state.continuation === null ? state.conversation : null,
    parts: Object.assign({}, ...parts.map((part) => part.write())),
  });
}

/** Whether two states would be written into the same link without text. */
export function isSameLink(a: AppState, b: AppState): boolean {
  return (
    a.selection === b.selection &&
    a.display === b.display &&
    a.sampleId === b.sampleId &&
    a.modelOrigin === b.modelOrigin &&
    a.addsBegin === b.addsBegin &&
    a.workspace === b.workspace
  );
}
