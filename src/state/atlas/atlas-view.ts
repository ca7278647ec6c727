import { BATTERY } from '../../measures/atlas/battery.ts';
import { findHeadType } from '../../measures/atlas/catalogue.ts';
import type { LinkParameters } from '../link-part.ts';

/** What the atlas shows: canonical, kept in the link. */
export interface AtlasView {
  /** The test whose scores the map shows; null for each head's strongest role. */
  readonly role: string | null;
  /** The test by which the table is sorted, highest first; null sorts by place. */
  readonly sort: string | null;
  /** Conditions for heads, as typed. */
  readonly filter: string;
  /** The type that is open in the catalogue; null for none. */
  readonly type: string | null;
}

export const DEFAULT_VIEW: AtlasView = { role: null, sort: null, filter: '', type: null };

const LONGEST_FILTER = 200;
const isTest = (id: string): boolean => BATTERY.some((each) => each.id === id);

/** What differs from the defaults, as parameters of the link. */
export function toAtlasParameters({ role, sort, filter, type }: AtlasView): LinkParameters {
  return {
    ...(role === null ? {} : { 'atlas.role': role }),
    ...(sort === null ? {} : { 'atlas.sort': sort }),
    ...(filter === '' ? {} : { 'atlas.filter': filter }),
    ...(type === null ? {} : { 'atlas.type': type }),
  };
}

/** Reads the link's parameters; what makes no sense is left at its default, and named. */
export function fromAtlasParameters(parameters: LinkParameters): {
  readonly view: AtlasView;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const read = (name: string, isValid: (value: string) => boolean): string | null => {
    const value = parameters[`atlas.${name}`];
    if (value === undefined || isValid(value)) return value ?? null;
    problems.push(`atlas.${name}=${value.slice(0, 40)}`);
    return null;
  };
  const view = {
    role: read('role', isTest),
    sort: read('sort', isTest),
    filter: (parameters['atlas.filter'] ?? '').slice(0, LONGEST_FILTER),
    type: read('type', (value) => findHeadType(value) !== undefined),
  };
  return { view, problems };
}
