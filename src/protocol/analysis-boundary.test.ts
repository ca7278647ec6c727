import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InProcessAnalysis } from '../analysis/in-process-analysis.ts';
import { HeadlightError } from '../lib/headlight-error.ts';
import { nextTask } from '../lib/next-task.ts';
import type { ProjectionRequest } from '../lib/projections/project-points.ts';
import { createRandom } from '../lib/random.ts';
import type { GroupRequest } from '../lib/statistics/compare-groups.ts';
import { createServedWorker, type FakeWorker } from '../testing/fake-worker.ts';
import type { Analysis } from './analysis.ts';
import { serveAnalysis } from './serve-analysis.ts';
import { createWorkerAnalysis } from './worker-analysis.ts';

const random = createRandom(1);
const values = (count: number) => Float64Array.from({ length: count }, random);

const GROUPS: GroupRequest = {
  a: values(12 * 40).fill(Number.NaN, 7, 8),
  b: values(11 * 40),
  columns: 40,
  seed: 1,
  resamples: 400,
  permutations: 400,
};
/** Takes minutes when it is not cancelled. */
const ENDLESS: GroupRequest = { ...GROUPS, permutations: 1e9 };
const POINTS: ProjectionRequest = {
  method: 'tsne',
  points: Float32Array.from(values(20 * 6)),
  columns: 6,
  seed: 1,
  labels: Int32Array.from({ length: 20 }, (_, i) => i % 2),
};

let behind: Analysis;
let workers: FakeWorker[];
let analysis: Analysis;
beforeEach(() => {
  // A clock that runs fast, so that small work has stretches and is told of.
  let time = 0;
  behind = new InProcessAnalysis({
    pause: nextTask,
    now: () => {
      time += 10;
      return time;
    },
  });
  workers = [];
  analysis = createWorkerAnalysis(() => {
    const worker = createServedWorker((endpoint) => serveAnalysis(behind, endpoint));
    workers.push(worker);
    return worker;
  });
});
afterEach(() => {
  behind.dispose();
  for (const worker of workers) worker.terminate();
});

/** Starts endless work and waits until it is on its way. */
async function startEndless(on: Analysis, signal?: AbortSignal) {
  let isOnItsWay = (): void => undefined;
  const onItsWay = new Promise<void>((resolve) => {
    isOnItsWay = resolve;
  });
  const running = on.compareGroups(ENDLESS, isOnItsWay, signal);
  const settled = running.then(
    () => null,
    (error: unknown) => error,
  );
  await onItsWay;
  return { settled };
}

/** Messages that come out of a worker that nothing was asked of: none when nothing runs in it. */
async function countMessages(worker: FakeWorker): Promise<number> {
  const before = worker.received.length;
  for (let task = 0; task < 20; task++) await nextTask();
  return worker.received.length - before;
}

describe('the analysis across the boundary', () => {
  it('gives what the analysis itself gives, for every call', async () => {
    expect(workers).toHaveLength(0);
    expect(await analysis.compareGroups(GROUPS)).toEqual(await behind.compareGroups(GROUPS));
    expect(await analysis.project(POINTS)).toEqual(await behind.project(POINTS));
    expect(workers).toHaveLength(1);
    expect(GROUPS.a).toHaveLength(12 * 40);
    expect(POINTS.points).toHaveLength(20 * 6);
  });

  it('tells how far it is, rising', async () => {
    for (const start of [
      (onProgress: (share: number) => void) => analysis.compareGroups(GROUPS, onProgress),
      (onProgress: (share: number) => void) => analysis.project(POINTS, onProgress),
    ]) {
      const told: number[] = [];
      await start((share) => told.push(share));
      expect(told.length).toBeGreaterThan(2);
      expect(told).toEqual([...told].sort((one, other) => one - other));
      expect(told[0]).toBeGreaterThan(0);
      expect(told.at(-1)).toBeLessThanOrEqual(1);
    }
  });

  it('brings errors with their code and details', async () => {
    const few = { ...POINTS, points: POINTS.points.slice(0, 12), labels: undefined };
    const error = await analysis.project(few).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HeadlightError);
    expect(error).toMatchObject({ code: 'argument-invalid', details: { points: 2, needed: 4 } });
    const wrong = analysis.compareGroups({ ...GROUPS, columns: 7 });
    await expect(wrong).rejects.toMatchObject({
      code: 'argument-invalid',
      details: { columns: 7, valuesA: 480 },
    });
  });

  it('stops what is cancelled, in the worker too', async () => {
    const controller = new AbortController();
    const { settled } = await startEndless(analysis, controller.signal);
    controller.abort();
    expect(await settled).toMatchObject({ code: 'cancelled' });
    await expect(analysis.compareGroups(GROUPS)).resolves.toBeDefined();
    expect(await countMessages(workers[0])).toBe(0);
  });

  it('takes turns: a small question is answered while a large one runs', async () => {
    const controller = new AbortController();
    const { settled } = await startEndless(analysis, controller.signal);
    const answered = await analysis.project(POINTS);
    expect(answered.coordinates).toHaveLength(40);
    controller.abort();
    expect(await settled).toMatchObject({ code: 'cancelled' });
  });
});

describe('an analysis’ worker that ends', () => {
  it('by a crash ends what was asked, and another one answers the next call', async () => {
    const running = analysis.compareGroups(ENDLESS);
    const failed = expect(running).rejects.toMatchObject({
      code: 'worker-died',
      message: expect.stringContaining('The analysis stopped'),
    });
    workers[0].crash(new Event('error'));
    await failed;
    await expect(analysis.compareGroups(GROUPS)).resolves.toBeDefined();
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
  });

  it('when it is disposed lets go of its worker, and starts anew when asked', async () => {
    analysis.dispose();
    expect(workers).toHaveLength(0);
    const running = analysis.compareGroups(ENDLESS);
    const failed = expect(running).rejects.toMatchObject({ code: 'worker-died' });
    analysis.dispose();
    await failed;
    expect(workers[0].isTerminated).toBe(true);
    await expect(analysis.project(POINTS)).resolves.toBeDefined();
    expect(workers).toHaveLength(2);
  });

  it('in process, disposing cancels what runs', async () => {
    const { settled } = await startEndless(behind);
    behind.dispose();
    expect(await settled).toMatchObject({ code: 'cancelled' });
    await expect(behind.compareGroups(GROUPS)).resolves.toBeDefined();
  });
});
