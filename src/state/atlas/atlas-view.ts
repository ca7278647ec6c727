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
const isTest = (id: string | undefined): id is string =>
  id !== undefined && BATTERY.some((each) => each.id === id);

/** What differs from the defaults, as parameters of the link. */
export function toAtlasParameters({ role, sort, filter, type }: AtlasView): LinkParameters {
  return {
    ...(role === null ? {} : { 'atlas.role': role }),
    ...(sort === null ? {} : { 'atlas.sort': sort }),
    ...(filter === '' ? {} : { 'atlas.filter': filter }),
    ...(type === null ? {} : { 'atlas.type': type }),
  };
}

/** Reads the link's parameters; what makes no sense is left at its default. */
export function fromAtlasParameters(parameters: LinkParameters): AtlasView {
  const role = parameters['atlas.role'];
  const sort = parameters['atlas.sort'];
  const type = parameters['atlas.type'];
  return {
    role: isTest(role) ? role : null,
    sort: isTest(sort) ? sort : null,
    filter: (parameters['atlas.filter'] ?? '').slice(0, LONGEST_FILTER),
    type: type !== undefined && findHeadType(type) ? type : null,
  };
}
