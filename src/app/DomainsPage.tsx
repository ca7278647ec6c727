import { type ComponentType, useEffect } from 'react';
import { useDomainsActions } from '../state/domains/domains-hooks.tsx';
import DomainSets from '../views/domain-sets/index.tsx';
import { DomainResults } from './DomainResults.tsx';
import { Guard } from './Guard.tsx';
import './domains-page.css';

/** What is shown of the results, from the top of the page down. */
const RESULT_VIEWS: readonly ComponentType[] = [DomainResults];

/** The Domains workspace: the sets of texts and their queue, and what was found. */
export function DomainsPage() {
  const actions = useDomainsActions();
  useEffect(() => {
    void actions.open();
  }, [actions]);
  return (
    <main className="domains-page">
      <Guard>
        <DomainSets />
      </Guard>
      <div className="domain-results">
        {RESULT_VIEWS.map((View, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <Guard key={place}>
            <View />
          </Guard>
        ))}
      </div>
    </main>
  );
}
