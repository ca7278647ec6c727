import { type CausalSlice, weightAt } from '../../../tensor/causal-slice.ts';
import type { LayerSummary } from '../../../tensor/layer-summary.ts';
import { countQueries } from '../../patterns/pattern-measure.ts';
import type { ProbeKind } from '../probe.ts';
import {
  createCellFinder,
  describeTest,
  type MassDescription,
  type ProbeTest,
  type SeenHead,
} from '../role-test.ts';

/** Offsets 0 … OFFSETS − 1 are told apart; what lies farther back counts as the last of them. */
const OFFSETS = 48;
/** Queries before this one have hardly a choice. */
const FIRST_QUERY = 8;
/** Numbers that a control keeps for a head: mass and cells of each offset. */
export const CONTROL_WIDTH = 2 * OFFSETS;

/** The kind of probe on which a head's habit of looking so many tokens back is measured. */
export const CONTROL_KIND: ProbeKind = 'text';

/** Added to the formula of a test that takes the control off. */
export const CONTROL_FORMULA =
  'less the head’s mean attention at the same distances back in the ordinary texts';

const binOf = (offset: number): number => Math.min(offset, OFFSETS - 1);

const known = new WeakMap<LayerSummary, Map<number, readonly number[]>>();

/** [mass by offset, cells by offset] of the queries that take part; the first key is left out. */
export function measureOffsets(
  matrix: CausalSlice,
  takesPart: (query: number) => boolean = () => true,
): readonly number[] {
  const adds = new Array<number>(CONTROL_WIDTH).fill(0);
  for (let query = Math.min(FIRST_QUERY, matrix.size - 1); query < matrix.size; query++) {
    if (!takesPart(query)) continue;
    for (let key = 1; key <= query; key++) {
      const bin = binOf(query - key);
      adds[bin] += weightAt(matrix, query, key);
      adds[OFFSETS + bin]++;
    }
  }
  return adds;
}

/** `measureOffsets` of a head on a probe, once for all tests. */
export function readControl(seen: SeenHead): readonly number[] {
  let heads = known.get(seen.summary);
  if (heads === undefined) {
    heads = new Map();
    known.set(seen.summary, heads);
  }
  const found = heads.get(seen.head) ?? measureOffsets(seen.matrix());
  heads.set(seen.head, found);
  return found;
}

/** How often each offset occurs among cells. */
export function countOffsets(offsets: Iterable<number>): readonly number[] {
  const counts = new Array<number>(OFFSETS).fill(0);
  for (const offset of offsets) counts[binOf(offset)]++;
  return counts;
}

/** How many numbers `countOffsets` gives. */
export const OFFSET_COUNT = OFFSETS;

/**
 * The attention that a head would give to cells of these offsets if it went by distance as it does in the
 * control: Σ over offsets of count x mean. Offsets that the control is too short for count as the farthest
 * that it has; NaN without a control.
 */
export function expectMass(counts: ArrayLike<number>, control: ArrayLike<number>): number {
  let expected = 0;
  let mean = Number.NaN;
  for (let offset = 0; offset < OFFSETS; offset++) {
    if (control[OFFSETS + offset] > 0) mean = control[offset] / control[OFFSETS + offset];
    if (counts[offset] > 0) expected += counts[offset] * mean;
  }
  return expected;
}

/**
 * A test like `createMassTest`'s that takes off what the head gives to the same distances anyway, measured
 * on ordinary texts (our operationalisation): a head that goes by distance alone has about 0.
 */
export function createControlledTest(
  description: MassDescription & { readonly kinds: readonly ProbeKind[] },
): ProbeTest {
  const { kinds, keysOf: _keys, evidenceFrom: _from, ...rest } = description;
  const find = createCellFinder(description);
  const width = 2 + OFFSETS + CONTROL_WIDTH;
  return {
    ...describeTest({ ...rest, formula: `${rest.formula}, ${CONTROL_FORMULA}` }),
    needs: 'probes',
    kinds: [...kinds, CONTROL_KIND],
    width,
    needsMatrix: true,
    patternsOf(probe) {
      if (probe.kind === CONTROL_KIND) return [];
      const { pattern, shown } = find(probe);
      return [pattern, shown];
    },
    read(seen, probe) {
      const blank = new Array<number>(2 + OFFSETS).fill(0);
      if (probe.kind === CONTROL_KIND)
        return { adds: [...blank, ...readControl(seen)], best: null, isControl: true };
      const { pattern } = find(probe);
      const { starts, keys } = pattern;
      if (keys.length === 0) return null;
      const offsets = Array.from({ length: pattern.size }, (_, query) =>
        Array.from(keys.subarray(starts[query], starts[query + 1]), (key) => query - key),
      ).flat();
      return {
        adds: [seen.sum(0), countQueries(pattern), ...countOffsets(offsets)],
        best: seen.best(1),
      };
    },
    score(sums) {
      const all = Array.from(sums);
      const expected = expectMass(all.slice(2, 2 + OFFSETS), all.slice(2 + OFFSETS));
      return {
        score: sums[1] > 0 ? (sums[0] - expected) / sums[1] : Number.NaN,
        detail: null,
      };
    },
  };
}
