import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openModelPath } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { type CompleteRun, readStreams, runText } from '../batch/run-text.ts';
import { BLOCK_QUERIES } from '../model/block-limits.ts';
import { ROW_MEASURES } from '../tensor/summary-rows.ts';
import { findDifference } from '../testing/close-to.ts';
import { type LoadedModel, loadModel } from './loaded-model.ts';
import { computePredictions } from './predict.ts';
import { recomputeRows } from './read-rows.ts';
import { planRun } from './run-layers.ts';
import type { Runtime } from './runtime.ts';

const LLAMA = 'src/testing/golden/architectures/llama/model.gguf';
const TOLERANCE = { atol: 1e-5, rtol: 1e-5 };
const noPause = async () => undefined;

/** The native runtime; counts the queries that go through layers. */
function createCountingRuntime(): { readonly runtime: Runtime; readonly taken: () => number } {
  const inner = startNodeRuntime(2);
  let queries = 0;
  const runtime: Runtime = {
    ...inner,
    async createSession(...args) {
      const session = await inner.createSession(...args);
      return {
        run(feeds, outputs) {
          if (feeds.past_key) queries += feeds.x.dims[0];
          return session.run(feeds, outputs);
        },
        release: () => session.release(),
      };
    },
  };
  return {
    runtime,
    taken() {
      const count = queries;
      queries = 0;
      return count;
    },
  };
}

const { runtime, taken } = createCountingRuntime();
let model: LoadedModel;
beforeAll(async () => {
  const source = await openModelPath(LLAMA);
  model = await loadModel(source, runtime, () => undefined);
  await source.close();
});

/** Ids of a text with many copies, so that duplicate and induction weights are not all 0. */
const textOf = (length: number, seed = 0): Int32Array<ArrayBuffer> =>
  Int32Array.from({ length }, (_, i) => ((i * 7 + seed * 31 + (i % 5) * (i % 11)) % 60) + 40);
const join = (...parts: readonly Int32Array[]): Int32Array<ArrayBuffer> =>
  Int32Array.from(parts.flatMap((part) => Array.from(part)));

/** Tiles of a layer from its exact rows: the largest or the mean of a tile's causal cells. */
function poolRows(run: CompleteRun, layer: number, pool: 'max' | 'mean', size: number): number[] {
  const n = run.ids.length;
  const count = Math.ceil(n / size);
  return (run.cache.layers[layer].attention ?? []).flatMap((rows) => {
    const largest = new Array<number>(count * count).fill(0);
    const sums = largest.slice();
    const cells = largest.slice();
    for (let query = 0; query < n; query++) {
      rows.row(query).forEach((weight, key) => {
        const tile = Math.floor(query / size) * count + Math.floor(key / size);
        largest[tile] = Math.max(largest[tile], weight);
        sums[tile] += weight;
        cells[tile]++;
      });
    }
    return pool === 'max' ? largest : sums.map((sum, i) => (cells[i] > 0 ? sum / cells[i] : 0));
  });
}

/** What is wrong with a run beside another of the same ids, or null. */
function compareRuns(actual: CompleteRun, fresh: CompleteRun): string | null {
  const n = fresh.ids.length;
  for (const [layer, summary] of fresh.summaries.entries()) {
    const mine = actual.summaries[layer];
    const coarsest = Math.max(mine.tiles.tokensPerTile, summary.tiles.tokensPerTile);
    if (mine.tiles.tokensPerTile !== coarsest) return `layer ${layer}: tiles became finer`;
    for (const pool of ['max', 'mean'] as const) {
      const wrong = findDifference(
        mine.tiles[pool],
        poolRows(fresh, layer, pool, coarsest),
        TOLERANCE,
      );
      if (wrong) return `layer ${layer}, ${pool} tiles of ${coarsest}: ${wrong}`;
    }
    for (const name of [...ROW_MEASURES, 'strongestWeights'] as const) {
      const wrong = findDifference(mine[name], summary[name], TOLERANCE, true);
      if (wrong) return `layer ${layer}, ${name}: ${wrong}`;
    }
    for (let head = 0; head < summary.headCount; head++) {
      for (let query = 0; query < n; query++) {
        const rows = [actual, fresh].map((run) => run.cache.layers[layer].attention?.[head]);
        if (!rows[0] || !rows[1]) return `layer ${layer} kept no rows`;
        const wrong = findDifference(rows[0].row(query), rows[1].row(query), TOLERANCE);
        if (wrong) return `layer ${layer}, head ${head}, query ${query}: ${wrong}`;
      }
    }
  }
  return findDifference(actual.cache.outputs.rows(0, n), fresh.cache.outputs.rows(0, n), {
    atol: 1e-4,
    rtol: 1e-5,
  });
}

async function expectEdit(before: Int32Array<ArrayBuffer>, after: Int32Array<ArrayBuffer>) {
  const { cache } = await runText(model, before);
  const { kept } = planRun(cache, after);
  taken();
  const edited = await runText(model, after, cache);
  expect(taken()).toBe(3 * (after.length - kept));
  expect(compareRuns(edited, await runText(model, after))).toBeNull();
  return kept;
}

describe('an edited text', () => {
  const base = textOf(90);
  const other = Int32Array.of(7, 8, 9);

  it.each<[string, Int32Array<ArrayBuffer>, Int32Array<ArrayBuffer>, number]>([
    ['the same again', base, base, 90],
    ['a word after the end', base, join(base, other), 90],
    ['a word taken from the end', base, base.slice(0, 87), 86],
    ['the last token replaced', base, join(base.subarray(0, 89), other.subarray(0, 1)), 88],
    ['a word put into the middle', base, join(base.subarray(0, 45), other, base.subarray(45)), 44],
    ['a word taken from the middle', base, join(base.subarray(0, 45), base.subarray(48)), 44],
    ['a word put before the beginning', base, join(other, base), 0],
    ['the first token taken away', base, base.slice(1), 0],
    ['another text', base, textOf(70, 3), 0],
    ['a text that begins within a cell-by-cell one', textOf(40), join(textOf(40), other), 40],
    ['one token after one', textOf(1), textOf(2), 1],
    ['one token left of many', base, base.slice(0, 1), 0],
  ])(
    '%s: equals a run from the beginning, and runs only what follows the change',
    async (_, before, after, kept) => {
      expect(await expectEdit(before, after)).toBe(kept);
    },
  );

  it.each([
    [63, 64],
    [64, 65],
    [65, 64],
    [127, 130],
    [128, 129],
    [200, 260],
    [255, 258],
    [256, 257],
    [300, 600],
    [513, 510],
    [600, 100],
  ])('from %i to %i tokens, where tiles change their size', async (from, to) => {
    const long = textOf(700);
    await expectEdit(long.slice(0, from), long.slice(0, to));
    await expectEdit(
      long.slice(0, from),
      join(
        long.subarray(0, Math.min(from, to) - 1),
        textOf(to, 5).subarray(0, to - Math.min(from, to) + 1),
      ),
    );
  });

  it('equals a run from the beginning after any series of edits', async () => {
    const edit = fc.record({
      at: fc.nat(200),
      removed: fc.nat(150),
      added: fc.nat(150),
      seed: fc.nat(50),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(250),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (start, edits) => {
          let ids = textOf(start + 1);
          const { cache } = await runText(model, ids);
          for (const { at, removed, added, seed } of edits) {
            const from = Math.min(at, ids.length);
            const after = join(
              ids.subarray(0, from),
              textOf(added, seed),
              ids.subarray(from + removed),
            );
            if (after.length === 0) continue;
            ids = after;
            const edited = await runText(model, ids, cache);
            expect(compareRuns(edited, await runText(model, ids))).toBeNull();
          }
        },
      ),
      { numRuns: 25, seed: 20_261_124 },
    );
  });

  it('has predictions as from the beginning, also where only the last ones changed', async () => {
    for (const after of [join(base, other), join(base.subarray(0, 50), other), base.slice(0, 30)]) {
      const { cache } = await runText(model, base);
      const before = await computePredictions(model.stack, cache, base, null, noPause);
      await runText(model, after, cache);
      const edited = await computePredictions(model.stack, cache, after, before, noPause);
      const fresh = await runText(model, after);
      const all = await computePredictions(model.stack, fresh.cache, after, null, noPause);
      expect(edited.ids).toEqual(all.ids);
      const tolerance = { atol: 1e-4 };
      expect(findDifference(edited.logProbabilities, all.logProbabilities, tolerance)).toBeNull();
      expect(findDifference(edited.surprise, all.surprise, tolerance, true)).toBeNull();
    }
  });
});

describe('blocks of queries', () => {
  it('equal the whole, token by token too', async () => {
    const ids = textOf(2 * BLOCK_QUERIES + 40);
    const whole = await runText(model, ids);
    for (const step of [1, 17, BLOCK_QUERIES]) {
      const from = step === 1 ? ids.length - 20 : 0;
      let run = await runText(model, ids.slice(0, from + step));
      for (let end = from + 2 * step; run.ids.length < ids.length; end += step)
        run = await runText(model, ids.slice(0, Math.min(end, ids.length)), run.cache);
      expect(compareRuns(run, whole)).toBeNull();
    }
  });

  it('give rows again that were not kept', async () => {
    const run = await runText(model, textOf(300));
    for (let layer = 0; layer < 3; layer++) {
      const again = await recomputeRows(model.stack, run.cache, layer);
      for (let head = 0; head < 4; head++) {
        for (let query = 0; query < 300; query++) {
          const kept = run.cache.layers[layer].attention?.[head].row(query) ?? [];
          expect(findDifference(again[head].row(query), kept, TOLERANCE)).toBeNull();
        }
      }
    }
  });

  it('have logits and streams for every position', async () => {
    const run = await runText(model, textOf(130));
    const { hidden, logits } = await readStreams(model, run);
    expect(hidden).toHaveLength(4 * 130 * 64);
    expect(logits).toHaveLength(130 * 400);
    expect(hidden.every(Number.isFinite) && logits.every(Number.isFinite)).toBe(true);
  });
});
