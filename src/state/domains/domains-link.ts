import type { StoreApi } from 'zustand/vanilla';
import type { LinkParameters, LinkPart } from '../link-part.ts';
import { DEFAULT_DOMAIN_OPTIONS, type DomainOptions } from './domain-options.ts';
import type { DomainsState } from './domains-state.ts';

const CHOICES = {
  view: ['map', 'layers', 'heads'],
  shows: ['values', 'difference'],
  firstKey: ['without', 'with'],
} as const satisfies { readonly [K in keyof DomainOptions]?: readonly DomainOptions[K][] };
const METHODS = ['tsne', 'umap', 'pca'] as const;
const POOLINGS = ['mean', 'last'] as const;
const FORMS = ['cumulative', 'shares'] as const;
const ORDERS = ['delta', 'g', 'difference', 'p'] as const;

/** What the Domains workspace adds to the link: what is shown, not the texts. */
export function createDomainsLink(store: StoreApi<DomainsState>): LinkPart {
  return {
    write: () => writeDomainOptions(store.getState().options),
    subscribe: (listener) =>
      store.subscribe((state, before) => {
        if (state.options !== before.options) listener();
      }),
  };
}

/** What differs from the defaults, as "domains.measure" and so on. */
export function writeDomainOptions(all: DomainOptions): LinkParameters {
  const { projection, weights, differences, ...options } = all;
  const defaults = DEFAULT_DOMAIN_OPTIONS;
  return {
    ...writeChanged(options, defaults, 'domains.'),
    ...writeChanged(projection, defaults.projection, 'domains.projection.'),
    ...writeChanged(weights, defaults.weights, 'domains.weights.'),
    ...writeChanged(differences, defaults.differences, 'domains.differences.'),
  };
}

function writeChanged<T extends object>(
  values: Partial<T>,
  defaults: T,
  prefix: string,
): LinkParameters {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name, value]) => value !== null && value !== defaults[name as keyof T])
      .map(([name, value]) => [prefix + name, String(value)]),
  );
}

/** Reads what `writeDomainOptions` wrote; what makes no sense is left out and named in `problems`. */
export function readDomainOptions(parameters: LinkParameters): {
  readonly options: Partial<DomainOptions>;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const options: Record<string, unknown> = {};
  const projection: Record<string, unknown> = {};
  const weights: Record<string, unknown> = {};
  const differences: Record<string, unknown> = {};
  const read = (
    into: Record<string, unknown>,
    name: string,
    prefix: string,
    parse: (value: string) => unknown,
  ): void => {
    const value = parameters[prefix + name];
    if (value === undefined) return;
    const parsed = parse(value);
    if (parsed === undefined) problems.push(`${prefix}${name}=${value.slice(0, 40)}`);
    else into[name] = parsed;
  };
  const oneOf = (allowed: readonly string[]) => (value: string) =>
    allowed.find((each) => each === value);
  const matching = (pattern: RegExp) => (value: string) =>
    pattern.test(value) ? value : undefined;
  const whole = (value: string) => (/^\d{1,6}$/.test(value) ? Number(value) : undefined);

  for (const [name, allowed] of Object.entries(CHOICES))
    read(options, name, 'domains.', oneOf(allowed));
  read(options, 'measure', 'domains.', matching(/^[a-z][a-z-]{0,39}$/));
  for (const name of ['referenceId', 'comparedId'])
    read(options, name, 'domains.', matching(/^[\p{L}\p{M}\p{N}-]{1,60}$/u));
  read(projection, 'method', 'domains.projection.', oneOf(METHODS));
  read(projection, 'pooling', 'domains.projection.', oneOf(POOLINGS));
  read(projection, 'layer', 'domains.projection.', whole);
  read(projection, 'seed', 'domains.projection.', whole);
  read(weights, 'form', 'domains.weights.', oneOf(FORMS));
  read(weights, 'layer', 'domains.weights.', whole);
  read(differences, 'order', 'domains.differences.', oneOf(ORDERS));
  read(differences, 'onlySignificant', 'domains.differences.', (value) =>
    value === 'true' ? true : undefined,
  );
  for (const [name, part] of Object.entries({ projection, weights, differences })) {
    const defaults = DEFAULT_DOMAIN_OPTIONS[name as 'projection' | 'weights' | 'differences'];
    if (Object.keys(part).length > 0) options[name] = { ...defaults, ...part };
  }
  return { options: options as Partial<DomainOptions>, problems };
}
