import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPathRequest, toPathRequest } from '../../batch/model-sources.ts';
import { startNodeRuntime } from '../../batch/node-runtime.ts';
import { SurveyCollector } from '../../engine/collect-survey.ts';
import { InProcessEngine } from '../../engine/in-process-engine.ts';
import { BATTERY, getTest, hasRole } from '../../measures/atlas/battery.ts';
import { listRoles } from '../../measures/atlas/head-roles.ts';
import type { Probe } from '../../measures/atlas/probe.ts';
import { RoleCollector } from '../../measures/atlas/role-collector.ts';
import type { ProbeTest, RoleTest } from '../../measures/atlas/role-test.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import { createLayerSummary, summariseRows } from '../../tensor/summary-rows.ts';
import type { AtlasResult } from './atlas-result.ts';
import { buildProbes } from './build-probes.ts';
import { runBattery } from './run-battery.ts';

const MODEL = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';

/** Tests whose role is about place alone, and those that name no head. */
const isOfPlace = ({ id, family, isCommon, namesRole }: RoleTest): boolean =>
  family === 'position' || isCommon || !namesRole || id === 'current';

type Row = (query: number) => readonly number[];

const onlyAt =
  (keyOf: (query: number) => number): Row =>
  (query) =>
    Array.from({ length: query + 1 }, (_, key) => Number(key === Math.max(0, keyOf(query))));
const fading =
  (share: number): Row =>
  (query) => {
    const weights = Array.from({ length: query + 1 }, (_, key) => share ** (query - key));
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / all);
  };
const mixed =
  (a: Row, b: Row): Row =>
  (query) => {
    const other = b(query);
    return a(query).map((weight, key) => (weight + other[key]) / 2);
  };

/** Heads that know nothing of what stands in a text. */
const DRAWN: Readonly<Record<string, Row>> = {
  uniform: fading(1),
  first: onlyAt(() => 0),
  ...Object.fromEntries(
    Array.from({ length: 13 }, (_, k) => [`${k} back`, onlyAt((query) => query - k)]),
  ),
  'fading by 0.5': fading(0.5),
  'fading by 0.7': fading(0.7),
  'fading by 0.9': fading(0.9),
  'previous and first': mixed(
    onlyAt((query) => query - 1),
    onlyAt(() => 0),
  ),
  'four back and first': mixed(
    onlyAt((query) => query - 4),
    onlyAt(() => 0),
  ),
};

/** Scores of drawn heads on probes, through the engine's own collecting of sums. */
function scoreDrawn(probes: readonly Probe[], rows: readonly Row[]) {
  const tests = BATTERY.filter((test): test is ProbeTest => test.needs === 'probes');
  const collector = new RoleCollector(tests, probes, 1, rows.length);
  for (const [index, { tokens }] of probes.entries()) {
    const { ids } = tokens;
    const n = ids.length;
    const survey = new SurveyCollector({ ids, ...collector.request(index) }, rows.length, null);
    const attention = new Float32Array(rows.length * n * n);
    const summary = createLayerSummary(0, rows.length, n, 1);
    rows.forEach((row, head) => {
      const drawn = Array.from({ length: n }, (_, query) => Float32Array.from(row(query)));
      drawn.forEach((weights, query) => {
        attention.set(weights, (head * n + query) * n);
      });
      summariseRows(summary, head, ids, (query) => drawn[query]);
    });
    survey.take({ start: 0, count: n, tokensPerTile: 1 }, attention);
    collector.take(index, { layer: 0, summary, patterns: survey.patterns, corner: survey.corner });
  }
  return collector.finish();
}

describe('what the battery claims', () => {
  let engine: InProcessEngine;
  let facts: ModelFacts;

  beforeAll(async () => {
    engine = new InProcessEngine({
      startRuntime: async () => startNodeRuntime(1),
      openSources: openPathRequest,
      pause: async () => undefined,
    });
    facts = await engine.loadModel(toPathRequest(MODEL), () => undefined);
  }, 60_000);
  afterAll(() => engine.dispose());

  it('of heads that go by place alone is nothing but place', async () => {
    const names = Object.keys(DRAWN);
    const { probes } = await buildProbes(engine, facts);
    const results = scoreDrawn(probes, Object.values(DRAWN));
    const claims = BATTERY.filter((test) => test.needs === 'probes' && !isOfPlace(test)).flatMap(
      (test) =>
        names.flatMap((name, head) => {
          const score = results[test.id].scores[head];
          return Number.isNaN(score) || hasRole(test, score)
            ? [`${name}: ${test.id} ${score}`]
            : [];
        }),
    );
    expect(claims).toEqual([]);
    // The drawing is what it says.
    for (const k of [1, 5, 8]) {
      const head = names.indexOf(`${k} back`);
      expect(hasRole(getTest('positional'), results.positional.scores[head])).toBe(true);
    }
    expect(results.previous.scores[names.indexOf('1 back')]).toBeCloseTo(1);
    expect(results.sink.scores[names.indexOf('first')]).toBeCloseTo(1);
    expect(results['name-attention'].scores[names.indexOf('4 back')]).toBeLessThan(0.05);
  }, 120_000);

  it('of the embedded model is rare and does not contradict itself', async () => {
    const result: AtlasResult = await runBattery({
      engine,
      facts,
      whenFree: async () => undefined,
      now: Date.now,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    expect(result.undefinedTests).toEqual({});
    const most = 0.1 * facts.layerCount * facts.headCount;
    const common = BATTERY.filter((test) => !isOfPlace(test)).flatMap((test) => {
      const { scores } = result.tests[test.id];
      const count = scores.filter((score) => hasRole(test, score)).length;
      return count > most ? [`${test.id}: ${count}`] : [];
    });
    expect(common).toEqual([]);
    const rolesOf = (layer: number, head: number): readonly string[] =>
      listRoles(result.tests, layer * facts.headCount + head).map(({ test }) => test.id);
    // Looks at the name that comes, but its output lowers it.
    expect(rolesOf(24, 4)).toContain('negative-name-mover');
    expect(rolesOf(24, 4)).not.toContain('name-mover');
    expect(rolesOf(23, 0)).toContain('name-mover');
    expect(rolesOf(18, 6)[0]).toBe('induction');
    for (const id of ['induction', 'previous', 'duplicate', 'name-mover', 'syntax-determiner']) {
      const { evidence } = result.tests[id];
      expect(
        evidence?.keys.some((key) => key === 0),
        id,
      ).toBe(false);
    }
  }, 300_000);
});
