import { useCallback } from 'react';
import { useApp } from '../hooks.tsx';
import { getSetName, sayCut } from './domain-names.ts';
import type { DomainOptions } from './domain-options.ts';
import type { DomainResults } from './domain-results.ts';
import { useDomains } from './domains-hooks.tsx';

export type Settings = Readonly<Record<string, string>>;

/** What made the numbers of a result: program, model, sets, cutting, options. */
export function toDomainSettings(
  results: DomainResults,
  options: DomainOptions,
  sha256: string | null,
): Settings {
  const name = (id: string | null): string => {
    const set = results.sets.find((each) => each.id === id);
    return set === undefined ? '' : getSetName(set);
  };
  return {
    program: 'Headlight 0.1.0',
    model: results.modelName,
    sha256: sha256 ?? 'not computed',
    sets: results.sets.map((set) => `${getSetName(set)}: ${set.profiles.length} texts`).join('; '),
    length: sayCut(results),
    reference: name(results.referenceId),
    compared: name(results.comparedId),
    options: JSON.stringify(options),
    state: results.isPartial ? 'some texts were not finished' : 'all texts finished',
  };
}

/** The same for exports, read at the moment of the export. */
export function useDomainSettings(results: DomainResults | null): () => Settings {
  const options = useDomains((state) => state.options);
  const sha256 = useApp((state) =>
    state.model.status === 'ready' && state.model.facts.name === results?.modelName
      ? state.model.facts.sha256
      : null,
  );
  return useCallback(
    () => (results === null ? {} : toDomainSettings(results, options, sha256)),
    [results, options, sha256],
  );
}
