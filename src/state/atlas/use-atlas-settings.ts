import { useMemo } from 'react';
import { PROGRAM } from '../../lib/program.ts';
import { useApp } from '../hooks.tsx';
import { useAtlasResult } from './use-atlas-status.ts';

/** What made the atlas's numbers, for exports: model and hash, battery, seed. */
export function useAtlasSettings(): () => Readonly<Record<string, string>> {
  const result = useAtlasResult();
  const facts = useApp((state) => (state.model.status === 'ready' ? state.model.facts : null));
  return useMemo(
    () => () => ({
      program: PROGRAM,
      model: result?.modelName ?? facts?.name ?? '',
      file: facts?.fileName ?? '',
      sha256: facts?.sha256 ?? 'not computed',
      precision: facts?.precision ?? '',
      device: facts?.device ?? '',
      battery: String(result?.version ?? ''),
      seed: String(result?.seed ?? ''),
      probes: String(result?.probes.length ?? 0),
      tested: result === null ? '' : new Date(result.madeAt).toISOString(),
    }),
    [result, facts],
  );
}
