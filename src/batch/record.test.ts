import { readFileSync } from 'node:fs';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeHeadValues } from '../measures/head-measures.ts';
import { fromRecording, toRecording } from '../protocol/recorded-run.ts';
import { parseSafetensors, toSafetensors } from '../tensor/safetensors.ts';
import { findDifference } from '../testing/close-to.ts';
import { runSample } from './record.ts';

const file = new Uint8Array(readFileSync('public/recorded/repeats.headlight'));

describe('the recorded run that opens the page', () => {
  let fresh: Awaited<ReturnType<typeof runSample>>;
  beforeAll(async () => {
    fresh = await runSample('repeats');
  });

  it('is small and of the text and model that the page opens with', () => {
    const { run } = fromRecording(file, 'recorded');
    expect(file.length).toBeLessThan(400_000);
    expect(run.tokens).toEqual(fresh.run.tokens);
    expect(run.model.sha256).toBe(fresh.run.model.sha256);
    expect(run.runId).toBe('recorded');
  });

  it('equals a fresh run within the errors that it states', async () => {
    const { run, reader } = fromRecording(file, 'recorded');
    const weight = { atol: (run.recorded?.largestWeightError ?? 0) + 1e-5 };
    for (const [layer, summary] of run.layers.entries()) {
      const exact = fresh.run.layers[layer];
      if (summary === null || exact === null) throw new Error(`layer ${layer} is missing`);
      for (const name of [
        'entropy',
        'tailEntropy',
        'tailMass',
        'distance',
        'tailDistance',
      ] as const) {
        const tolerance = { rtol: 2 ** -12, atol: 2e-4 };
        expect(findDifference(summary[name], exact[name], tolerance)).toBeNull();
      }
      for (const name of ['currentWeight', 'previousWeight'] as const)
        expect(findDifference(summary[name], exact[name], weight)).toBeNull();
      const sums = { atol: 4 * weight.atol };
      for (const name of ['duplicateWeight', 'inductionWeight', 'firstFourMass'] as const)
        expect(findDifference(summary[name], exact[name], sums)).toBeNull();
      expect(findDifference(summary.tiles.max, exact.tiles.max, weight)).toBeNull();
      expect(findDifference(summary.tiles.mean, exact.tiles.mean, weight)).toBeNull();
      expect(findDifference(summary.strongestWeights, exact.strongestWeights, weight)).toBeNull();
      for (let head = 0; head < run.model.headCount; head++) {
        const slice = await reader.readSlice('recorded', layer, head);
        const wanted = await fresh.engine.readSlice('repeats', layer, head);
        expect(slice.size).toBe(wanted.size);
        expect(findDifference(slice.packed, wanted.packed, weight)).toBeNull();
      }
    }
    const [recorded, wanted] = [run.predictions, fresh.run.predictions];
    expect(recorded?.texts).toEqual(wanted?.texts);
    const logs = { atol: 1e-3 };
    expect(
      findDifference(recorded?.surprise ?? [], wanted?.surprise ?? [1], logs, true),
    ).toBeNull();
  });

  it('comes back the same when it is recorded again', async () => {
    const { run, reader } = fromRecording(file, 'recorded');
    const again = fromRecording(await toRecording(run, reader, '2026-01-01'), 'recorded').run;
    expect({ ...again, recorded: null }).toEqual({ ...run, recorded: null });
    expect(again.recorded?.recordedOn).toBe('2026-01-01');
  });

  it('of an earlier version, without distances that leave the first key out, has none', () => {
    const { 'run.json': record, 'arrays.safetensors': data } = unzipSync(file);
    const arrays = parseSafetensors(data).arrays.filter(({ name }) => name !== 'tailDistance');
    const older = zipSync({ 'run.json': record, 'arrays.safetensors': toSafetensors(arrays) });
    const [layer] = fromRecording(older, 'older').run.layers;
    const [values] = computeHeadValues(layer!, fromRecording(file, 'recorded').run.tokens.ids);
    expect(values['distance-tail']).toBeNaN();
    expect(values.distance).toBeGreaterThan(0);
  });
});

describe('a recorded run that is broken', () => {
  const zip = (files: Record<string, string>) =>
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
  it.each([
    ['no zip', strToU8('not a zip at all'), /zip/i],
    ['a zip without its parts', zip({ 'a.txt': '' }), /lacks run.json/],
    ['no JSON', zip({ 'run.json': '{', 'arrays.safetensors': '' }), /no JSON/],
    [
      'another version',
      zip({ 'run.json': '{"version":9}', 'arrays.safetensors': '' }),
      /version 9/,
    ],
    [
      'an empty description',
      zip({ 'run.json': '{"version":1}', 'arrays.safetensors': '' }),
      /lacks/,
    ],
  ])('is refused: %s', (_, bytes, message) => {
    expect(() => fromRecording(bytes, 'x')).toThrow(message);
  });
});
