import { describe, expect, it } from 'vitest';
import type { SurveyedLayer } from '../protocol/survey.ts';
import { rowStart } from '../tensor/causal-slice.ts';
import { FAKE_FACTS, FakeEngine } from '../testing/fake-engine.ts';
import { computeHeadValues, HEAD_MEASURES } from './head-measures.ts';
import { ProfileBuilder } from './profile-builder.ts';
import { PROFILE_CORNER, poolTexts, toHeadValues } from './text-profile.ts';

const TEXT = 'the cat saw the dog saw the cat and the dog';

/** Surveys texts of the fake engine, a sample each. */
async function survey(...texts: readonly string[]) {
  const engine = new FakeEngine();
  await engine.loadModel({ fileName: 'fake', sources: [] }, () => undefined);
  const builder = new ProfileBuilder(FAKE_FACTS);
  const layers: SurveyedLayer[][] = [];
  const ids: Int32Array[] = [];
  for (const text of texts) {
    const tokens = (await engine.tokenize(text)).ids;
    const own: SurveyedLayer[] = [];
    builder.beginSample(tokens);
    const { stream } = await engine.survey(
      {
        ids: tokens,
        corner: Math.min(PROFILE_CORNER, tokens.length),
        countsWeights: true,
        takesStream: true,
      },
      (layer) => {
        own.push(layer);
        builder.addLayer(layer);
      },
    );
    builder.endSample(stream);
    layers.push(own);
    ids.push(tokens);
  }
  return { profile: builder.build(), layers, ids };
}

describe('the profile of a text', () => {
  it('has the value of every measure that the layers’ summaries have', async () => {
    const { profile, layers, ids } = await survey(TEXT);
    const expected = layers[0].map(({ summary }) => computeHeadValues(summary, ids[0]));
    expect(Object.keys(profile.measures)).toEqual(HEAD_MEASURES.map(({ id }) => id));
    for (const { id } of HEAD_MEASURES) {
      const values = toHeadValues(profile.measures[id]);
      const wanted = expected.flatMap((heads) => heads.map((values) => values[id]));
      expect([...values], id).toEqual(wanted);
    }
    expect(profile).toMatchObject({ tokenCount: 11, sampleCount: 1, layerCount: 2, headCount: 2 });
  });

  it('adds samples as texts are pooled, and averages their streams', async () => {
    const both = await survey(TEXT, 'dog cat');
    const [one, other] = [await survey(TEXT), await survey('dog cat')];
    const { profile } = both;
    for (const { id } of HEAD_MEASURES) {
      const pooled = poolTexts([one.profile, other.profile], id);
      expect(profile.measures[id].sums, id).toEqual(pooled?.sums);
      expect(profile.measures[id].weights, id).toEqual(pooled?.weights);
    }
    expect(profile.tokenCount).toBe(13);
    expect(profile.sampleCount).toBe(2);
    const streams = both.layers.map((layers) => layers[1].stream);
    const { hiddenSize } = FAKE_FACTS;
    expect(profile.meanStream[hiddenSize]).toBeCloseTo(
      ((streams[0]?.mean[0] ?? Number.NaN) + (streams[1]?.mean[0] ?? Number.NaN)) / 2,
      5,
    );
    expect(profile.lastStream[hiddenSize + 1]).toBeCloseTo(
      ((streams[0]?.last[1] ?? Number.NaN) + (streams[1]?.last[1] ?? Number.NaN)) / 2,
      5,
    );
  });

  it('counts every weight but those on the first key', async () => {
    const { profile } = await survey('dog cat');
    const perLayer = profile.weightCounts.length / 2;
    const counts = [0, 1].map((layer) =>
      profile.weightCounts
        .subarray(layer * perLayer, (layer + 1) * perLayer)
        .reduce((a, b) => a + b),
    );
    // Two heads, and of two rows only the second has a key beside the first.
    expect(counts).toEqual([2, 2]);
  });

  it('keeps the beginning of the first sample, NaN where it is too short', async () => {
    const { profile } = await survey('dog cat', TEXT);
    const size = rowStart(PROFILE_CORNER);
    // Layer 1, head 0 looks everywhere alike; head 1 at the first token.
    expect([...profile.corners.subarray(2 * size, 2 * size + 4)]).toEqual([
      1,
      0.5,
      0.5,
      Number.NaN,
    ]);
    expect([...profile.corners.subarray(3 * size, 3 * size + 4)]).toEqual([1, 1, 0, Number.NaN]);
    const long = await survey(TEXT);
    expect(long.profile.corners.some(Number.isNaN)).toBe(false);
    expect(long.profile.corners[3 * size - 1]).toBeCloseTo(0.1, 6);
  });

  it('shares the arrays that several measures are divided by', async () => {
    const { profile } = await survey(TEXT);
    const arrays = new Set(Object.values(profile.measures).map(({ weights }) => weights));
    expect(arrays.size).toBeLessThan(HEAD_MEASURES.length);
  });
});
