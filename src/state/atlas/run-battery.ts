import { BATTERY, BATTERY_VERSION, getTest } from '../../measures/atlas/battery.ts';
import { RoleCollector, type TestResult } from '../../measures/atlas/role-collector.ts';
import type {
  CombinedTest,
  ProbeTest,
  RoleTest,
  WeightTest,
} from '../../measures/atlas/role-test.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { Engine } from '../../protocol/engine.ts';
import type {
  WeightScoreKind,
  WeightScoreRequest,
  WeightScores,
} from '../../protocol/weight-scores.ts';
import { listScoreKinds } from '../../protocol/weight-scores.ts';
import { getModelKey } from '../model-key.ts';
import type { AtlasResult, UndefinedReason } from './atlas-result.ts';
import { ATLAS_SEED, type BuiltProbes, buildProbes } from './build-probes.ts';
import { buildWeightRequest } from './build-weight-request.ts';

/** How far a battery has come. */
export interface BatteryProgress {
  readonly stage: 'building' | 'probes' | 'weights';
  /** Probes done and all of them. */
  readonly doneProbes: number;
  readonly probeCount: number;
  /** Share of the whole work, 0 to 1. */
  readonly share: number;
}

export interface BatteryHost {
  readonly engine: Pick<Engine, 'tokenize' | 'tokensOf' | 'survey' | 'scoreWeights'>;
  readonly facts: ModelFacts;
  /** Waited for before each probe: the person's own text goes first. */
  whenFree(): Promise<void>;
  now(): number;
  onProgress(progress: BatteryProgress): void;
  readonly signal: AbortSignal;
}

/** Share of the work that the probes are; the rest is the weights'. */
const PROBES_SHARE = 0.75;

const isProbeTest = (test: RoleTest): test is ProbeTest => test.needs === 'probes';
const isWeightTest = (test: RoleTest): test is WeightTest => test.needs === 'weights';
const isCombined = (test: RoleTest): test is CombinedTest => test.needs === 'both';

async function runProbes(
  { engine, facts, whenFree, onProgress, signal }: BatteryHost,
  { probes }: BuiltProbes,
): Promise<Readonly<Record<string, TestResult>>> {
  const { layerCount, headCount } = facts;
  const collector = new RoleCollector(BATTERY.filter(isProbeTest), probes, layerCount, headCount);
  const lengths = probes.map(({ tokens }) => tokens.ids.length);
  const all = lengths.reduce((sum, length) => sum + length, 0);
  let done = 0;
  for (const [index, probe] of probes.entries()) {
    await whenFree();
    signal.throwIfAborted();
    const { ids } = probe.tokens;
    await engine.survey(
      { ids, ...collector.request(index) },
      (layer) => collector.take(index, layer),
      signal,
    );
    done += lengths[index];
    onProgress({
      stage: 'probes',
      doneProbes: index + 1,
      probeCount: probes.length,
      share: (PROBES_SHARE * done) / all,
    });
  }
  return collector.finish();
}

/** Scores of the weights as results; NaN means that a head has none. */
function toWeightResults(scores: WeightScores): Readonly<Record<string, TestResult>> {
  return Object.fromEntries(
    BATTERY.filter(isWeightTest).flatMap((test) => {
      const own = scores[test.scoreKind as WeightScoreKind];
      if (own === undefined) return [];
      const details = new Float64Array(own.length).fill(Number.NaN);
      return [
        [test.id, { scores: Float64Array.from(own), details, evidence: null, probeCount: 0 }],
      ];
    }),
  );
}

/** The smaller of both parts' scores with the first part's evidence; NaN where either is undefined. */
function combine(
  results: Readonly<Record<string, TestResult>>,
): Readonly<Record<string, TestResult>> {
  return Object.fromEntries(
    BATTERY.filter(isCombined).flatMap(({ id, parts: [shown, other] }) => {
      const [a, b] = [results[shown], results[other]];
      if (a === undefined || b === undefined) return [];
      const scores = a.scores.map((score, at) => Math.min(score, b.scores[at]));
      return [[id, { ...a, scores, details: new Float64Array(scores.length).fill(Number.NaN) }]];
    }),
  );
}

function whyUndefined(
  test: RoleTest,
  { problems }: BuiltProbes,
  request: WeightScoreRequest,
): UndefinedReason {
  if (isProbeTest(test))
    return (
      test.kinds.map((kind) => problems[kind]).find((each) => each !== undefined) ?? 'places-lost'
    );
  if (isCombined(test)) return 'places-lost';
  const kinds: readonly string[] = listScoreKinds(request);
  if (kinds.includes(test.scoreKind)) return 'weights-failed';
  if (test.scoreKind === 'successor') return 'no-ordinals';
  return test.scoreKind.endsWith('name-copying') ? 'no-names' : 'vocabulary-small';
}

/**
 * Runs the whole battery on a model, one survey at a time. Tests whose probes cannot be made say why.
 * Rejects with `cancelled` when its signal is raised, and with the engine's errors.
 */
export async function runBattery(host: BatteryHost): Promise<AtlasResult> {
  const { engine, facts, onProgress, signal, now, whenFree } = host;
  const startedAt = now();
  onProgress({ stage: 'building', doneProbes: 0, probeCount: 0, share: 0 });
  const built = await buildProbes(engine, facts, signal);
  const request = await buildWeightRequest(engine, facts, built.probes);
  const fromProbes = await runProbes(host, built);
  await whenFree();
  signal.throwIfAborted();
  const probeCount = built.probes.length;
  const scores = await engine.scoreWeights(
    request,
    ({ doneLayers, layerCount }) =>
      onProgress({
        stage: 'weights',
        doneProbes: probeCount,
        probeCount,
        share: PROBES_SHARE + ((1 - PROBES_SHARE) * doneLayers) / layerCount,
      }),
    signal,
  );
  const parts = { ...fromProbes, ...toWeightResults(scores) };
  const all: Readonly<Record<string, TestResult>> = { ...parts, ...combine(parts) };
  const isDefined = ({ id }: RoleTest): boolean =>
    all[id]?.scores.some((score) => !Number.isNaN(score));
  const defined = BATTERY.filter(isDefined);
  const missing = BATTERY.filter((test) => !isDefined(test));
  return {
    version: BATTERY_VERSION,
    modelKey: getModelKey(facts),
    modelName: facts.name,
    madeAt: now(),
    seconds: (now() - startedAt) / 1000,
    seed: ATLAS_SEED,
    layerCount: facts.layerCount,
    headCount: facts.headCount,
    probes: built.probes.map(({ id, kind, tokens }) => ({ id, kind, tokens })),
    tests: Object.fromEntries(defined.map(({ id }) => [id, all[id]])),
    undefinedTests: Object.fromEntries(
      missing.map((test) => {
        const part = isCombined(test)
          ? test.parts.map(getTest).find((each) => !isDefined(each))
          : undefined;
        return [test.id, whyUndefined(part ?? test, built, request)];
      }),
    ),
  };
}
