import { type CausalSlice, weightAt } from '../../../tensor/causal-slice.ts';
import { type Probe, type ProbeKind, placeOf, positionsOf, type TokenRange } from '../probe.ts';
import {
  describeTest,
  type HeavyCell,
  type ProbeTest,
  type Reading,
  type RoleScore,
  type TestDescription,
  toShare,
} from '../role-test.ts';

/** Σ of a query's weights over a range of keys. */
export function massOn(matrix: CausalSlice, query: number, range: TokenRange): number {
  return positionsOf(range).reduce((sum, key) => sum + weightAt(matrix, query, key), 0);
}

/** A query's heaviest key of a range. */
export function heaviestIn(
  matrix: CausalSlice,
  query: number,
  range: TokenRange,
): HeavyCell | null {
  return positionsOf(range).reduce<HeavyCell | null>((best, key) => {
    const weight = weightAt(matrix, query, key);
    return key > query || (best !== null && best.weight >= weight) ? best : { query, key, weight };
  }, null);
}

/** The last token of a probe: where the model is about to answer. */
export const lastOf = ({ tokens }: Probe): number => tokens.ids.length - 1;

/** The last token of a place, which has seen all of it. */
export const endOf = (probe: Probe, name: string): number => placeOf(probe, name).end - 1;

/** A test that reads whole matrices of short probes. */
export function createMatrixTest(
  test: Parameters<typeof describeTest>[0] & {
    readonly kinds: readonly ProbeKind[];
    readonly width?: number;
    readMatrix(matrix: CausalSlice, probe: Probe): Reading | null;
    readonly score?: (sums: ArrayLike<number>) => RoleScore;
  },
): ProbeTest {
  const { kinds, width = 2, readMatrix, score = toShare, ...rest } = test;
  const description: TestDescription = describeTest(rest);
  return {
    ...description,
    needs: 'probes',
    kinds,
    width,
    needsMatrix: true,
    patternsOf: () => [],
    read: (seen, probe) => readMatrix(seen.matrix(), probe),
    score,
  };
}
