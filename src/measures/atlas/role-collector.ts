import type { CausalSlice } from '../../tensor/causal-slice.ts';
import { rowStart } from '../../tensor/causal-slice.ts';
import type { CellPattern } from '../../tensor/cell-pattern.ts';
import type { LayerSummary } from '../../tensor/layer-summary.ts';
import type { Probe } from './probe.ts';
import type { HeavyCell, ProbeTest, SeenHead } from './role-test.ts';

/** A layer of a surveyed probe, as far as tests need it; arrays are [pattern, head] and [head, cell]. */
export interface SeenLayer {
  readonly layer: number;
  readonly summary: LayerSummary;
  readonly patterns: {
    readonly sums: Float64Array;
    readonly bestWeights: Float32Array;
    readonly bestQueries: Int32Array;
    readonly bestKeys: Int32Array;
  };
  readonly corner: Float32Array;
}

/** Where each head shows a role best, [layer, head] each. */
export interface Evidence {
  /** Index among the probes; -1 where there is none. */
  readonly probes: Int32Array;
  readonly queries: Int32Array;
  readonly keys: Int32Array;
  /** NaN where there is none. */
  readonly weights: Float32Array;
}

/** What a test found, [layer, head]. */
export interface TestResult {
  /** NaN where undefined. */
  readonly scores: Float64Array;
  /** A number beside the score that the test explains; NaN where there is none. */
  readonly details: Float64Array;
  /** Null for tests of weights alone. */
  readonly evidence: Evidence | null;
  /** How many probes the test read. */
  readonly probeCount: number;
}

/** What is asked of the engine for a probe. */
export interface ProbeRequest {
  readonly patterns: readonly CellPattern[];
  readonly corner: number;
}

interface Account {
  readonly test: ProbeTest;
  /** [layer, head, width] */
  readonly sums: Float64Array;
  readonly evidence: Evidence;
  readonly probes: Set<number>;
}

/** Adds up what the heads of a model do with probes, layer by layer. */
export class RoleCollector {
  private readonly accounts: readonly Account[];

  constructor(
    tests: readonly ProbeTest[],
    private readonly probes: readonly Probe[],
    private readonly layerCount: number,
    private readonly headCount: number,
  ) {
    const size = layerCount * headCount;
    this.accounts = tests.map((test) => ({
      test,
      sums: new Float64Array(size * test.width),
      evidence: {
        probes: new Int32Array(size).fill(-1),
        queries: new Int32Array(size).fill(-1),
        keys: new Int32Array(size).fill(-1),
        weights: new Float32Array(size).fill(Number.NaN),
      },
      probes: new Set<number>(),
    }));
  }

  private readers(probe: Probe): readonly Account[] {
    return this.accounts.filter(({ test }) => test.kinds.includes(probe.kind));
  }

  /** What has to be asked of the engine for a probe. */
  request(index: number): ProbeRequest {
    const probe = this.probes[index];
    const readers = this.readers(probe);
    const needsMatrix = readers.some(({ test }) => test.needsMatrix);
    return {
      patterns: readers.flatMap(({ test }) => test.patternsOf(probe)),
      corner: needsMatrix ? probe.tokens.ids.length : 0,
    };
  }

  /** Takes a layer of a probe that was asked for as `request` says. */
  take(index: number, seen: SeenLayer): void {
    const probe = this.probes[index];
    const { headCount } = this;
    let firstPattern = 0;
    for (const account of this.readers(probe)) {
      for (let head = 0; head < headCount; head++)
        this.takeHead(account, index, seen, head, firstPattern);
      firstPattern += account.test.patternsOf(probe).length;
    }
  }

  private takeHead(
    { test, sums, evidence, probes }: Account,
    index: number,
    seen: SeenLayer,
    head: number,
    firstPattern: number,
  ): void {
    const probe = this.probes[index];
    const reading = test.read(this.toSeenHead(seen, head, firstPattern, probe), probe);
    if (reading === null) return;
    if (reading.isControl !== true) probes.add(index);
    const at = seen.layer * this.headCount + head;
    reading.adds.forEach((value, k) => {
      sums[at * test.width + k] += value;
    });
    const { best } = reading;
    if (best === null || best.weight <= evidence.weights[at]) return;
    evidence.probes[at] = index;
    evidence.queries[at] = best.query;
    evidence.keys[at] = best.key;
    evidence.weights[at] = best.weight;
  }

  private toSeenHead(
    { summary, patterns, corner }: SeenLayer,
    head: number,
    firstPattern: number,
    probe: Probe,
  ): SeenHead {
    const placeOf = (pattern: number): number => (firstPattern + pattern) * this.headCount + head;
    return {
      summary,
      head,
      sum: (pattern) => patterns.sums[placeOf(pattern)],
      best(pattern): HeavyCell | null {
        const at = placeOf(pattern);
        return patterns.bestKeys[at] < 0
          ? null
          : {
              query: patterns.bestQueries[at],
              key: patterns.bestKeys[at],
              weight: patterns.bestWeights[at],
            };
      },
      matrix(): CausalSlice {
        const size = probe.tokens.ids.length;
        const cells = rowStart(size);
        return { size, packed: corner.subarray(head * cells, (head + 1) * cells) };
      },
    };
  }

  /** Scores of all tests by id; a test without probes has NaN everywhere. */
  finish(): Readonly<Record<string, TestResult>> {
    const size = this.layerCount * this.headCount;
    return Object.fromEntries(
      this.accounts.map(({ test, sums, evidence, probes }) => {
        const scores = new Float64Array(size);
        const details = new Float64Array(size);
        for (let at = 0; at < size; at++) {
          const own = sums.subarray(at * test.width, (at + 1) * test.width);
          const { score, detail } = test.score(own);
          scores[at] = score;
          details[at] = detail ?? Number.NaN;
        }
        return [test.id, { scores, details, evidence, probeCount: probes.size }];
      }),
    );
  }
}
