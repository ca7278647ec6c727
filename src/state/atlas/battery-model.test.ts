import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPathRequest, toPathRequest } from '../../batch/model-sources.ts';
import { startNodeRuntime } from '../../batch/node-runtime.ts';
import { InProcessEngine } from '../../engine/in-process-engine.ts';
import { type Probe, toRepeatedProbe } from '../../measures/atlas/probe.ts';
import { repeatIds } from '../../measures/atlas/probes/random.ts';
import { RoleCollector, type TestResult } from '../../measures/atlas/role-collector.ts';
import { RANDOM_TESTS } from '../../measures/atlas/tests/random-tests.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import { findDifference } from '../../testing/close-to.ts';
import { readGoldenJson } from '../../testing/golden.ts';
import { type BuiltProbes, buildProbes } from './build-probes.ts';

interface Induction {
  readonly sequences: readonly (readonly number[])[];
  readonly scores: Readonly<Record<string, readonly (readonly number[])[]>>;
}

const golden = readGoldenJson<Induction>('induction.json');
const MODEL = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';

describe('the battery on the embedded model', () => {
  let engine: InProcessEngine;
  let facts: ModelFacts;
  let built: BuiltProbes;

  beforeAll(async () => {
    engine = new InProcessEngine({
      startRuntime: async () => startNodeRuntime(1),
      openSources: openPathRequest,
      pause: async () => undefined,
    });
    facts = await engine.loadModel(toPathRequest(MODEL), () => undefined);
    built = await buildProbes(engine, facts);
  }, 60_000);
  afterAll(() => engine.dispose());

  async function score(probes: readonly Probe[]): Promise<Readonly<Record<string, TestResult>>> {
    const collector = new RoleCollector(RANDOM_TESTS, probes, facts.layerCount, facts.headCount);
    for (const [index, { tokens }] of probes.entries()) {
      await engine.survey({ ids: tokens.ids, ...collector.request(index) }, (layer) =>
        collector.take(index, layer),
      );
    }
    return collector.finish();
  }

  const topFive = (scores: ArrayLike<number>): readonly string[] =>
    Array.from(scores, (value, at) => ({ value, at }))
      .sort((a, b) => b.value - a.value)
      .slice(0, 5)
      .map(({ at }) => `${Math.floor(at / facts.headCount)}.${at % facts.headCount}`);

  it('equals the reference on its random sequences', async () => {
    const probes = await Promise.all(
      golden.sequences.map(async (ids, i) =>
        toRepeatedProbe(
          `golden-${i}`,
          'random',
          await engine.tokensOf(repeatIds(Int32Array.from(ids), 2)),
          ids.length,
        ),
      ),
    );
    const tests = await score(probes);
    for (const [name, id] of [
      ['induction', 'induction'],
      ['previous', 'previous'],
      ['duplicate', 'duplicate'],
      ['current', 'current'],
      ['first', 'first-random'],
    ]) {
      const wanted = golden.scores[name].flat();
      expect(findDifference(tests[id].scores, wanted, { rtol: 1e-4, atol: 1e-4 }), name).toBeNull();
    }
  }, 120_000);

  it('names the reference’s five best induction and previous-token heads, in order', async () => {
    const tests = await score(built.probes.filter(({ kind }) => kind === 'random'));
    for (const id of ['induction', 'previous'])
      expect(topFive(tests[id].scores), id).toEqual(topFive(golden.scores[id].flat()));
  }, 120_000);

  it('has probes of every kind, their places one token each', () => {
    expect(built.problems).toEqual({});
    const counts = new Map<string, number>();
    for (const { kind } of built.probes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      random: 8,
      cycles: 4,
      text: 6,
      names: 16,
      acronym: 18,
      choice: 12,
      'yes-no': 12,
      sentiment: 12,
      fact: 16,
      sentence: 24,
      needle: 6,
    });
    const isCut = ({ kind, isSingle }: Probe) => kind !== 'fact' && !isSingle;
    expect(built.probes.filter(isCut).map(({ id }) => id)).toEqual([]);
  });

  it('repeats plain tokens only, after the begin token where it is asked for', () => {
    for (const { kind, tokens, period } of built.probes) {
      if (kind !== 'random' && kind !== 'cycles') continue;
      const begin = kind === 'cycles' ? 1 : 0;
      expect(tokens.special.filter(Boolean).length).toBe(begin);
      expect(tokens.ids.length).toBe(begin + period * (kind === 'cycles' ? 4 : 2));
      for (let i = begin + period; i < tokens.ids.length; i++)
        expect(tokens.ids[i]).toBe(tokens.ids[i - period]);
    }
  });
});
