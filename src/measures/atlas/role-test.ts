import type { CausalSlice } from '../../tensor/causal-slice.ts';
import { type CellPattern, countCells, createPattern } from '../../tensor/cell-pattern.ts';
import { type LayerSummary, STRONGEST_KEYS } from '../../tensor/layer-summary.ts';
import { countQueries } from '../patterns/pattern-measure.ts';
import type { Probe, ProbeKind } from './probe.ts';

/** A cell of a head's matrix and its weight. */
export interface HeavyCell {
  readonly query: number;
  readonly key: number;
  readonly weight: number;
}

/** What a head did with a probe. */
export interface SeenHead {
  readonly summary: LayerSummary;
  readonly head: number;
  /** Σ of the weights of the test's pattern of this number. */
  sum(pattern: number): number;
  /** The heaviest cell of it; null when it has none. */
  best(pattern: number): HeavyCell | null;
  /** The whole matrix; only for tests that ask for it. */
  matrix(): CausalSlice;
}

/** What a probe adds to a head's account: the test's sums, and the cell that shows it best. */
export interface Reading {
  readonly adds: readonly number[];
  readonly best: HeavyCell | null;
  /** Read only to be compared with: not one of the probes that the test is about. */
  readonly isControl?: boolean;
}

/** A head's score; `detail` is a number beside it that the test explains (an offset, a letter). */
export interface RoleScore {
  readonly score: number;
  readonly detail: number | null;
}

/** What the page says of a test, whatever it is made of. */
export interface TestDescription {
  /** Stands in links and files: never changed. */
  readonly id: string;
  readonly stage: Stage;
  /** Which colour and legend entry heads of this role share. */
  readonly family: RoleFamily;
  readonly formula: string;
  /** With the section of the project's notes on methods and its tag. */
  readonly source: string;
  readonly certainty: 'standard' | 'ours';
  /** A head has the role from this score on. */
  readonly threshold: number;
  /** Whether the threshold is the literature's; ours otherwise. */
  readonly isThresholdKnown: boolean;
  /** The score of the purest head: where the colour is full. */
  readonly full: number;
  /** So common among heads that it names one only where no other role does. */
  readonly isCommon: boolean;
  /** Whether reaching the threshold names a head; otherwise the score only stands beside others. */
  readonly namesRole: boolean;
  /** Whether a head that has this role is called by it before all others of the family. */
  readonly leads: boolean;
  readonly unit: 'share' | 'score';
}

/** The survey's four stages; `beyond` for what its table does not hold. */
export type Stage = 'recall' | 'identify' | 'reason' | 'express' | 'beyond';

export const ROLE_FAMILIES = [
  'induction',
  'position',
  'copies',
  'structure',
  'names',
  'meaning',
  'options',
  'sink',
] as const;
export type RoleFamily = (typeof ROLE_FAMILIES)[number];

/** A test that runs probes through the model. */
export interface ProbeTest extends TestDescription {
  readonly needs: 'probes';
  readonly kinds: readonly ProbeKind[];
  /** How many sums it keeps a head. */
  readonly width: number;
  /** Whether it reads the whole matrix of each head. */
  readonly needsMatrix: boolean;
  /** The cells whose weights it wants summed. */
  patternsOf(probe: Probe): readonly CellPattern[];
  /** Null: the probe has nothing for this test. */
  read(seen: SeenHead, probe: Probe): Reading | null;
  /** The score of the sums over all probes; NaN when undefined. */
  score(sums: ArrayLike<number>): RoleScore;
}

/** A test that looks at the model's weights alone; its scores come from the engine. */
export interface WeightTest extends TestDescription {
  readonly needs: 'weights';
  /** The engine's name of the score. */
  readonly scoreKind: string;
}

/** A test that a head passes only with both of two others: its score is the smaller of theirs. */
export interface CombinedTest extends TestDescription {
  readonly needs: 'both';
  /** The test whose evidence is shown, and the other one. */
  readonly parts: readonly [string, string];
}

export type RoleTest = ProbeTest | WeightTest | CombinedTest;

export type Described = Omit<
  TestDescription,
  'isThresholdKnown' | 'full' | 'isCommon' | 'namesRole' | 'leads' | 'unit'
> &
  Partial<TestDescription>;

/** Fills in what most tests have in common. */
export function describeTest(description: Described): TestDescription {
  return {
    isThresholdKnown: false,
    full: 1,
    isCommon: false,
    namesRole: true,
    leads: false,
    unit: 'share',
    ...description,
  };
}

/** sum / weight; NaN when the weight is 0. */
export function toShare(sums: ArrayLike<number>): RoleScore {
  return { score: sums[1] > 0 ? sums[0] / sums[1] : Number.NaN, detail: null };
}

/** The cells of some queries of a probe. */
export function cellsOf(probe: Probe, keysOf: (query: number) => Iterable<number>): CellPattern {
  return createPattern(probe.tokens.ids.length, keysOf);
}

/** The keys of each query of a pattern. */
export function keysOfPattern({ starts, keys }: CellPattern): (query: number) => Iterable<number> {
  return (query) => keys.subarray(starts[query], starts[query + 1]);
}

/** The cells that a test sums, and those of them that can be shown as evidence. */
export interface MassCells {
  readonly pattern: CellPattern;
  readonly shown: CellPattern;
}

/** What a test of attention from queries to keys is made of. */
export interface MassDescription extends Described {
  /** Keys of each query; a query without keys is not counted. */
  keysOf(probe: Probe): (query: number) => Iterable<number>;
  /** Evidence is looked for from this query on: before it a head has hardly a choice. */
  readonly evidenceFrom?: number | ((probe: Probe) => number);
}

/** Finds a test's cells once for each probe. The first key is evidence of sinks only. */
export function createCellFinder({
  keysOf,
  evidenceFrom = 0,
  family,
}: MassDescription): (probe: Probe) => MassCells {
  const known = new WeakMap<Probe, MassCells>();
  return (probe) => {
    const found = known.get(probe);
    if (found !== undefined) return found;
    const keys = keysOf(probe);
    const from = typeof evidenceFrom === 'number' ? evidenceFrom : evidenceFrom(probe);
    const first = family === 'sink' ? 0 : 1;
    const shownKeys = (query: number): readonly number[] =>
      query < from ? [] : [...keys(query)].filter((key) => key >= first);
    const made = { pattern: cellsOf(probe, keys), shown: cellsOf(probe, shownKeys) };
    known.set(probe, made);
    return made;
  };
}

/**
 * A test whose score is the mean attention from each query to the test's keys: the pattern's sum divided
 * by the number of its queries, over all probes together.
 */
export function createMassTest(
  description: MassDescription & { readonly kinds: readonly ProbeKind[] },
): ProbeTest {
  const { kinds, keysOf: _keys, evidenceFrom: _from, ...rest } = description;
  const find = createCellFinder(description);
  return {
    ...describeTest(rest),
    needs: 'probes',
    kinds,
    width: 2,
    needsMatrix: false,
    patternsOf(probe) {
      const { pattern, shown } = find(probe);
      return [pattern, shown];
    },
    read(seen, probe) {
      const { pattern } = find(probe);
      if (countCells(pattern) === 0) return null;
      return { adds: [seen.sum(0), countQueries(pattern)], best: seen.best(1) };
    },
    score: toShare,
  };
}

/** A query's strongest key among those that `isSeen`; null when none of the kept ones is. */
export function findStrongest(
  { strongestKeys, strongestWeights, queryCount }: LayerSummary,
  head: number,
  query: number,
  isSeen: (key: number) => boolean,
): HeavyCell | null {
  const at = (head * queryCount + query) * STRONGEST_KEYS;
  for (let k = 0; k < STRONGEST_KEYS; k++) {
    const key = strongestKeys[at + k];
    if (key < 0) return null;
    if (isSeen(key)) return { query, key, weight: strongestWeights[at + k] };
  }
  return null;
}
