import { useMemo } from 'react';
import {
  useApp,
  useDisplayedSlice,
  useRun,
  useShownSelection,
  useSlice,
} from '../../state/hooks.tsx';
import { previewed } from '../../state/selection.ts';
import { getUnits, type UnitSpan } from '../../text/get-units.ts';
import { locateTurns } from '../../text/locate-turns.ts';
import type { TokenizedText } from '../../text/token.ts';
import { type Strip, toStrip } from './strip-blocks.ts';
import { computeTint, type TintSources, type TintValues } from './tint-values.ts';
import { toUnitOfToken } from './unit-marks.ts';

/** What the strip shows: tokens as soon as they are cut, values as soon as they are computed. */
export interface ShownStrip {
  readonly tokens: TokenizedText;
  /** Whether the text has moved on from these tokens a moment ago. */
  readonly isBehind: boolean;
  readonly strip: Strip;
  readonly units: readonly UnitSpan[];
  readonly unitOf: Int32Array;
  /** What tints are computed from; null while there is no run of these tokens. */
  readonly sources: TintSources | null;
  /** The chosen tint's values; null without a tint, or while they are not there. */
  readonly values: TintValues | null;
}

/** The text's tokens with what tints them; null before the first text is cut. */
export function useShownStrip(): ShownStrip | null {
  const { text, cut, conversation } = useApp((state) => ({
    text: state.text,
    cut: state.tokens,
    conversation: state.conversation,
  }));
  const isModelReady = useApp((state) => state.model.status === 'ready');
  const { tint, unit, firstToken, entropyUnit } = useApp((state) => state.display);
  const { layer, head } = useShownSelection();
  const { query, key } = useApp((state) => ({
    query: state.selection.query ?? previewed(state.selection, state.preview).query,
    key: state.selection.key ?? previewed(state.selection, state.preview).key,
  }));
  const run = useRun();
  const sliceState = useSlice();
  const displayed = useDisplayedSlice(sliceState.status === 'ready' ? sliceState.slice : null);
  const isRunCurrent = run !== null && run.tokens.text === text;
  const latest = isRunCurrent ? run.tokens : cut;
  const tokens = latest?.text === text || isModelReady ? latest : null;
  const strip = useMemo(
    () => tokens && toStrip(tokens, conversation === null ? [] : locateTurns(tokens, conversation)),
    [tokens, conversation],
  );
  const units = useMemo(() => (tokens === null ? [] : getUnits(tokens, unit)), [tokens, unit]);
  const unitOf = useMemo(() => toUnitOfToken(units), [units]);
  const sources = useMemo(
    (): TintSources | null =>
      isRunCurrent
        ? { run, displayed, units, layer, head, query, key, firstToken, entropyUnit }
        : null,
    [isRunCurrent, run, displayed, units, layer, head, query, key, firstToken, entropyUnit],
  );
  // Pointing at tokens previews queries; only the tints that follow one are computed anew then.
  const needed = {
    query: tint === 'from-query' ? query : null,
    key: tint === 'to-key' ? key : null,
  };
  const values = useMemo(
    () =>
      tint === 'none' || !isRunCurrent
        ? null
        : computeTint(tint, {
            run,
            displayed,
            units,
            layer,
            head,
            query: needed.query,
            key: needed.key,
            firstToken,
            entropyUnit,
          }),
    [
      tint,
      isRunCurrent,
      run,
      displayed,
      units,
      layer,
      head,
      needed.query,
      needed.key,
      firstToken,
      entropyUnit,
    ],
  );
  return useMemo(
    () =>
      tokens === null || strip === null || tokens.ids.length === 0
        ? null
        : { tokens, isBehind: tokens.text !== text, strip, units, unitOf, sources, values },
    [tokens, text, strip, units, unitOf, sources, values],
  );
}
