import { useCallback } from 'react';
import { createMessages } from '../../lib/messages.ts';
import { PROGRAM } from '../../lib/program.ts';
import { useApp } from '../hooks.tsx';
import { getModelKey } from '../model-key.ts';
import { getSetName, sayCut } from './domain-names.ts';
import type { DomainOptions } from './domain-options.ts';
import type { DomainResults } from './domain-results.ts';
import { useDomains } from './domains-hooks.tsx';

const t = createMessages('domain-settings', {
  notComputed: 'not computed',
  set_one: '{{name}}: {{count}} text',
  set_other: '{{name}}: {{count}} texts',
  partial: 'some texts were not finished',
  whole: 'all texts finished',
});

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
    program: PROGRAM,
    model: results.modelName,
    sha256: sha256 ?? t('notComputed'),
    sets: results.sets
      .map((set) => t('set', { name: getSetName(set), count: set.profiles.length }))
      .join('; '),
    length: sayCut(results),
    reference: name(results.referenceId),
    compared: name(results.comparedId),
    options: JSON.stringify(options),
    state: t(results.isPartial ? 'partial' : 'whole'),
  };
}

/** The same for exports, read at the moment of the export. */
export function useDomainSettings(results: DomainResults | null): () => Settings {
  const options = useDomains((state) => state.options);
  const modelKey = useDomains((state) => state.shownPlan?.modelKey ?? null);
  const sha256 = useApp(({ model }) =>
    model.status === 'ready' && getModelKey(model.facts) === modelKey ? model.facts.sha256 : null,
  );
  return useCallback(
    () => (results === null ? {} : toDomainSettings(results, options, sha256)),
    [results, options, sha256],
  );
}
