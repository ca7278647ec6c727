import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPathRequest, toPathRequest } from '../batch/model-sources.ts';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import type { SurveyEnd, SurveyedLayer, SurveyRequest } from '../protocol/survey.ts';
import { createPattern } from '../tensor/cell-pattern.ts';
import { countWeights, WEIGHT_BINS } from '../tensor/weight-histogram.ts';
import { findDifference } from '../testing/close-to.ts';
import { GoldenArrays, readGoldenJson } from '../testing/golden.ts';
import { InProcessEngine } from './in-process-engine.ts';

// One model whose layers see everything, one whose layers have windows shorter than the text.
describe.each(['llama', 'gemma3'])('a survey of %s', (name) => {
  const { text, ids: given } = readGoldenJson<{ text: string; ids: number[] }>(
    `architectures/${name}/expected.json`,
  );
  const golden = new GoldenArrays(`architectures/${name}/expected`);
  const attention = golden.floats('attention');
  const [layerCount, headCount, n] = golden.shape('attention');
  const hidden = golden.floats('hidden');
  const width = golden.shape('hidden')[2];
  const ids = Int32Array.from(given);
  const pattern = createPattern(n, (query) => (query % 2 === 0 ? [query - 2, query] : [0]));
  const weightAt = (layer: number, head: number, query: number, key: number): number =>
    attention[((layer * headCount + head) * n + query) * n + key];
  let engine: InProcessEngine;
  let windows: readonly (number | null)[] = [];

  beforeAll(async () => {
    engine = new InProcessEngine({
      startRuntime: async () => startNodeRuntime(1),
      openSources: openPathRequest,
      pause: async () => undefined,
    });
    const request = toPathRequest(`src/testing/golden/architectures/${name}/model.gguf`);
    await engine.loadModel(request, () => undefined);
  });
  afterAll(() => engine.dispose());

  async function survey(
    request: Omit<SurveyRequest, 'ids'>,
    tokens = ids,
  ): Promise<{ readonly layers: readonly SurveyedLayer[]; readonly end: SurveyEnd }> {
    const layers: SurveyedLayer[] = [];
    const end = await engine.survey({ ids: tokens, ...request }, (layer) => layers.push(layer));
    windows = layers.map(({ summary }) => summary.window);
    return { layers, end };
  }

  it('sums what a pattern’s cells get, and finds the heaviest of them', async () => {
    const { layers } = await survey({ patterns: [pattern, createPattern(n, () => [])] });
    expect(layers.map(({ layer }) => layer)).toEqual(
      Array.from({ length: layerCount }, (_, l) => l),
    );
    for (const { layer, patterns } of layers) {
      for (let head = 0; head < headCount; head++) {
        const cells = Array.from({ length: n }, (_, query) =>
          Array.from(
            pattern.keys.subarray(pattern.starts[query], pattern.starts[query + 1]),
            (key) => ({
              query,
              key,
              weight: weightAt(layer, head, query, key),
            }),
          ),
        ).flat();
        const sum = cells.reduce((total, { weight }) => total + weight, 0);
        expect(findDifference([patterns.sums[head]], [sum], { atol: 1e-3 })).toBeNull();
        const heaviest = Math.max(...cells.map(({ weight }) => weight));
        expect(findDifference([patterns.bestWeights[head]], [heaviest], { atol: 1e-4 })).toBeNull();
        const found = weightAt(layer, head, patterns.bestQueries[head], patterns.bestKeys[head]);
        expect(findDifference([found], [heaviest], { atol: 1e-4 })).toBeNull();
        expect(patterns.sums[headCount + head]).toBe(0);
        expect(patterns.bestWeights[headCount + head]).toBeNaN();
        expect(patterns.bestKeys[headCount + head]).toBe(-1);
      }
    }
  });

  it('gives columns and the corner cell by cell', async () => {
    const { layers } = await survey({ columns: [3, 0], corner: 5 });
    for (const { layer, columns, corner } of layers) {
      const wantedColumns: number[] = [];
      const wantedCorner: number[] = [];
      for (let head = 0; head < headCount; head++) {
        for (const key of [3, 0]) {
          for (let query = 0; query < n; query++)
            wantedColumns.push(key > query ? 0 : weightAt(layer, head, query, key));
        }
        for (let query = 0; query < 5; query++) {
          for (let key = 0; key <= query; key++)
            wantedCorner.push(weightAt(layer, head, query, key));
        }
      }
      expect(findDifference(columns, wantedColumns, { atol: 1e-4 })).toBeNull();
      expect(findDifference(corner, wantedCorner, { atol: 1e-4 })).toBeNull();
    }
  });

  it('counts every weight that a query may give, but the first key’s', async () => {
    const { layers } = await survey({ countsWeights: true });
    for (const { layer, weightCounts } of layers) {
      const window = windows[layer] ?? n;
      const expected = new Float64Array(WEIGHT_BINS);
      for (let head = 0; head < headCount; head++) {
        for (let query = 0; query < n; query++) {
          for (let key = Math.max(1, query + 1 - window); key <= query; key++)
            countWeights(expected, Float32Array.of(weightAt(layer, head, query, key)));
        }
      }
      const total = (bins: Float64Array | null): number => bins?.reduce((a, b) => a + b, 0) ?? -1;
      expect(total(weightCounts)).toBe(total(expected));
      // A weight at a bin's edge may fall on its other side by rounding.
      let moved = 0;
      expected.forEach((count, bin) => {
        moved += Math.abs(count - (weightCounts?.[bin] ?? Number.NaN));
      });
      expect(moved).toBeLessThanOrEqual(4);
    }
  });

  it('takes the stream at every layer as its mean and its last token', async () => {
    const { layers, end } = await survey({ takesStream: true });
    const points = [...layers.map(({ stream }) => stream), end.stream];
    expect(points).toHaveLength(layerCount + 1);
    const scale = hidden.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    points.forEach((point, layer) => {
      const rows = hidden.subarray(layer * n * width, (layer + 1) * n * width);
      const mean = Array.from({ length: width }, (_, d) => {
        let sum = 0;
        for (let t = 0; t < n; t++) sum += rows[t * width + d];
        return sum / n;
      });
      expect(findDifference(point?.mean ?? [], mean, { atol: 1e-3 * scale })).toBeNull();
      expect(
        findDifference(point?.last ?? [], rows.subarray((n - 1) * width), { atol: 1e-3 * scale }),
      ).toBeNull();
    });
  });

  it('gives the same summary as a run, and leaves what is held of the person’s text', async () => {
    const summaries: Float32Array[] = [];
    await engine.run({ runId: 'own', text, keepLayers: [], addsBegin: false }, (event) => {
      if (event.kind === 'layer') summaries.push(event.summary.entropy.slice());
    });
    const before = await engine.readSlice('own', 0, 0);
    const { layers } = await survey({});
    const other = await survey({}, ids.slice(0, 3));
    expect(other.layers[0].summary.queryCount).toBe(3);
    expect(layers[0].weightCounts).toBeNull();
    expect(layers[0].stream).toBeNull();
    layers.forEach(({ summary }, layer) => {
      expect(
        findDifference(summary.entropy, summaries[layer], { atol: 1e-6, rtol: 1e-6 }),
      ).toBeNull();
    });
    const after = await engine.readSlice('own', 0, 0);
    expect(Array.from(after.packed)).toEqual(Array.from(before.packed));
  });

  it('refuses what does not fit, by its reason', async () => {
    await expect(survey({}, new Int32Array(0))).rejects.toMatchObject({ code: 'text-empty' });
    await expect(survey({ columns: [n] })).rejects.toMatchObject({ code: 'argument-invalid' });
    await expect(survey({ patterns: [createPattern(n + 1, () => [])] })).rejects.toMatchObject({
      code: 'argument-invalid',
    });
    const controller = new AbortController();
    const stopped = engine.survey({ ids }, () => controller.abort(), controller.signal);
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  });
});
