import { createDomainsLink, readDomainOptions } from '../state/domains/domains-link.ts';
import { createDomainsStore, type DomainsStore } from '../state/domains/domains-store.ts';
import type { LinkParameters, LinkPart } from '../state/link-part.ts';
import type { HeadlightStore } from '../state/store.ts';
import { parseDomainFile } from '../text/sets/domain-file.ts';
import type { TextSet } from '../text/sets/text-set.ts';
import { createKeptDomains } from './kept-domains.ts';

const BUILT_IN = ['conversation', 'web', 'code', 'mathematics'] as const;

async function loadBuiltIn(): Promise<readonly TextSet[]> {
  const sets = await Promise.all(
    BUILT_IN.map(async (domain) => {
      const response = await fetch(new URL(`domains/${domain}.jsonl`, document.baseURI));
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      return parseDomainFile(await response.text()).sets;
    }),
  );
  return sets.flat();
}

/** The page's sets of texts: options from the link, sets and results from this browser. */
export function createPageDomains(
  headlight: HeadlightStore,
  parameters: LinkParameters,
): {
  readonly domains: DomainsStore;
  readonly linkPart: LinkPart;
  readonly problems: readonly string[];
} {
  const { options, problems } = readDomainOptions(parameters);
  const domains = createDomainsStore(
    { headlight, kept: createKeptDomains(), loadBuiltIn },
    options,
  );
  return { domains, linkPart: createDomainsLink(domains.store), problems };
}
