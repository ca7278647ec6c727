import { useMemo } from 'react';
import { PROGRAM } from '../lib/program.ts';
import { useApp, useRun, useShownSelection } from './hooks.tsx';

/** What made the numbers, for exports: model and hash, text, selection, display options. */
export function useExportSettings(): () => Readonly<Record<string, string>> {
  const run = useRun();
  const selection = useShownSelection();
  const display = useApp((state) => state.display);
  const sha256 = useApp((state) =>
    state.model.status === 'ready' ? state.model.facts.sha256 : null,
  );
  return useMemo(
    () => () => ({
      program: PROGRAM,
      model: run?.model.name ?? '',
      file: run?.model.fileName ?? '',
      sha256: sha256 ?? 'not computed',
      precision: run?.model.precision ?? '',
      device: run?.model.device ?? '',
      tokens: String(run?.tokens.ids.length ?? 0),
      selection: JSON.stringify(selection),
      display: JSON.stringify(display),
      text: run?.tokens.text ?? '',
    }),
    [run, selection, display, sha256],
  );
}
