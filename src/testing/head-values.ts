import { HEAD_MEASURES, type HeadValues } from '../measures/head-measures.ts';

/** Values of a head with what a test is about; all others are undefined. */
export function headValues(some: Partial<HeadValues>): HeadValues {
  const none = Object.fromEntries(HEAD_MEASURES.map(({ id }) => [id, Number.NaN])) as HeadValues;
  return { ...none, ...some };
}
