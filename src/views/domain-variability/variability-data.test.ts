import { describe, expect, it } from 'vitest';
import { PROFILE_CORNER } from '../../measures/text-profile.ts';
import { rowStart } from '../../tensor/causal-slice.ts';
import { createProfile } from '../../testing/text-profile.ts';
import { toVariability, toVariabilityTable } from './variability-data.ts';

const CELLS = rowStart(PROFILE_CORNER);

/** One layer of two heads: head 0 looks at `key` from the last row, head 1 always at key 1. */
function profileLooking(key: number) {
  const corners = new Float32Array(2 * CELLS);
  corners[rowStart(PROFILE_CORNER - 1) + key] = 1;
  corners[CELLS + rowStart(PROFILE_CORNER - 1) + 1] = 1;
  return createProfile(
    { first: { sums: [8, 1], weights: [10, 10] } },
    { layerCount: 1, headCount: 2, corners },
  );
}

const results = {
  sets: [
    { id: 'a', name: 'chats', colorIndex: 0, texts: [], profiles: [2, 3].map(profileLooking) },
    { id: 'b', name: 'one', colorIndex: 1, texts: [], profiles: [profileLooking(2)] },
    { id: 'c', name: 'none', colorIndex: 2, texts: [], profiles: [] },
  ],
  layerCount: 1,
  headCount: 2,
  sampleLength: 32,
  samples: 'cut',
  referenceId: 'a',
  comparedId: 'b',
  isPartial: false,
  isStale: false,
  modelName: 'fake',
} as const;

describe('variability of sets', () => {
  it('is a half where two texts share nothing, 0 where position decides, undefined for one text', () => {
    const found = toVariability(results);
    expect(found.map(({ name }) => name)).toEqual(['chats', 'one']);
    // Each text is .5 away from the mean at both cells: (4 · .5) / (2 · 2).
    expect(Array.from(found[0].values)).toEqual([0.5, 0]);
    expect(Array.from(found[1].values)).toEqual([Number.NaN, Number.NaN]);
    expect(found[0].sinkRate).toBe(0.5);
  });

  it('stands in a table of one row a head', () => {
    const { columns, rows } = toVariabilityTable(toVariability(results), 2);
    expect(columns).toEqual(['layer', 'head', 'chats', 'one']);
    expect(rows).toEqual([
      [0, 0, 0.5, Number.NaN],
      [0, 1, 0, Number.NaN],
    ]);
  });
});
