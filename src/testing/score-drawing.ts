import { SurveyCollector } from '../engine/collect-survey.ts';
import { getTest } from '../measures/atlas/battery.ts';
import type { Links, Probe, ProbeKind, TokenRange } from '../measures/atlas/probe.ts';
import { RoleCollector } from '../measures/atlas/role-collector.ts';
import type { HeavyCell } from '../measures/atlas/role-test.ts';
import { type CausalSlice, rowOf } from '../tensor/causal-slice.ts';
import { createLayerSummary, summariseRows } from '../tensor/summary-rows.ts';
import { attentionFromText } from './attention-from-text.ts';

/** A probe and what the one head of a test's model does with it. */
export interface DrawnProbe {
  readonly probe: Probe;
  readonly slice: CausalSlice;
}

/** Reads a drawing as a probe; places are given as [start, end) in words. */
export function drawProbe(
  kind: ProbeKind,
  drawing: string,
  part: {
    readonly places?: Readonly<Record<string, readonly (readonly [number, number])[]>>;
    readonly period?: number;
    readonly answer?: number;
    readonly links?: Links;
  } = {},
): DrawnProbe {
  const { tokens, slice } = attentionFromText(drawing);
  const places = Object.fromEntries(
    Object.entries(part.places ?? {}).map(([name, ranges]) => [
      name,
      ranges.map(([start, end]): TokenRange => ({ start, end })),
    ]),
  );
  const { period = 0, answer = -1, links = {} } = part;
  return {
    probe: {
      id: drawing.split('\n')[0],
      kind,
      tokens,
      places,
      isSingle: true,
      period,
      answer,
      links,
    },
    slice,
  };
}

/** Scores drawings by a test, through the engine's own collecting of sums. */
export function scoreDrawings(
  id: string,
  drawn: readonly DrawnProbe[],
): {
  readonly score: number;
  readonly detail: number;
  readonly best: (HeavyCell & { readonly probe: number }) | null;
  readonly probeCount: number;
} {
  const test = getTest(id);
  if (test.needs !== 'probes') throw new Error(`${id} needs no probes`);
  const collector = new RoleCollector(
    [test],
    drawn.map(({ probe }) => probe),
    1,
    1,
  );
  drawn.forEach(({ probe, slice }, index) => {
    const { ids } = probe.tokens;
    const n = ids.length;
    const survey = new SurveyCollector({ ids, ...collector.request(index) }, 1, null);
    const attention = new Float32Array(n * n);
    for (let query = 0; query < n; query++) attention.set(rowOf(slice, query), query * n);
    survey.take({ start: 0, count: n, tokensPerTile: 1 }, attention);
    const summary = createLayerSummary(0, 1, n, 1);
    summariseRows(summary, 0, ids, (query) => rowOf(slice, query));
    const { patterns, corner } = survey;
    collector.take(index, { layer: 0, summary, patterns, corner });
  });
  const { scores, details, evidence, probeCount } = collector.finish()[id];
  const best =
    evidence === null || evidence.probes[0] < 0
      ? null
      : {
          probe: evidence.probes[0],
          query: evidence.queries[0],
          key: evidence.keys[0],
          weight: evidence.weights[0],
        };
  return { score: scores[0], detail: details[0], best, probeCount };
}

/** A drawing's rows of a head that looks from each query at just one key. */
export function rowsLookingAt(size: number, keyOf: (query: number) => number): string {
  return Array.from({ length: size }, (_, query) =>
    Array.from({ length: query + 1 }, (_, key) => (key === keyOf(query) ? '1' : '0')).join(' '),
  ).join('\n');
}
