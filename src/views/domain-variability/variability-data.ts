import { computeSinkRate } from '../../measures/slices/sink-rate.ts';
import { computeVariability, VARIABILITY_SIDE } from '../../measures/slices/variability.ts';
import { poolTexts, toHeadValues } from '../../measures/text-profile.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import type { DomainResults, DomainSetResults } from '../../state/domains/domain-results.ts';
import type { Table } from '../../ui/table.ts';

/** What one set says of all heads. */
export interface SetVariability {
  readonly set: DomainSetResults;
  readonly name: string;
  /** [layer, head]; NaN where undefined. */
  readonly values: Float64Array;
  /** Share of the heads; NaN where undefined. */
  readonly sinkRate: number;
}

/** Variability and sink rate of every set that has a finished text. */
export function toVariability({ sets, layerCount, headCount }: DomainResults): SetVariability[] {
  return sets
    .filter(({ profiles }) => profiles.length > 0)
    .map((set) => {
      const first = poolTexts(set.profiles, 'first');
      const corners = set.profiles.map((profile) => profile.corners);
      return {
        set,
        name: getSetName(set),
        values: computeVariability(corners, layerCount * headCount, VARIABILITY_SIDE),
        sinkRate: computeSinkRate(first === null ? [] : toHeadValues(first)),
      };
    });
}

/** One row a head, one column a set. */
export function toVariabilityTable(found: readonly SetVariability[], headCount: number): Table {
  const heads = found[0]?.values.length ?? 0;
  return {
    columns: ['layer', 'head', ...found.map(({ name }) => name)],
    rows: Array.from({ length: heads }, (_, at) => [
      Math.floor(at / headCount),
      at % headCount,
      ...found.map(({ values }) => values[at]),
    ]),
  };
}
