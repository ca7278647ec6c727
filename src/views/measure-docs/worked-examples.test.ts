import { describe, expect, it } from 'vitest';
import { DOCS } from './docs.ts';

/**
 * What the examples come to, worked out from the formulas of the methods notes in a few lines of Python
 * each, without this program: entropies by -Σ p ln p over lists, patterns by cells written out by hand,
 * Jensen-Shannon by p ln(p / m), eigenvalues as 3 / √13 and 3 / √17.
 */
const EXPECTED: Readonly<Record<string, readonly number[]>> = {
  entropy: [0.753181, 0.852276, 0.488265],
  'entropy-share': [0.956538, 0.96031, 0.905175],
  'effective-keys': [2.37473],
  confidence: [0.6, 0.35],
  distance: [0.9375, 0.65625],
  positional: [0.75],
  first: [0.466667, 0.75],
  interdependency: [0.375],
  current: [0.4625],
  previous: [0.316667],
  streaming: [0.833333],
  punctuation: [0.28, 0.06],
  'subword-merge': [0.65],
  'rare-words': [0.4, 0.666667],
  'sink-rate': [0.5],
  duplicate: [0.2],
  induction: [0.55],
  detection: [0.27, 0.08, 0.22, -0.26, -0.24, 0.04],
  'induction-test': [0.675, 0.116667, 0.25, 0.241667, 0.466667],
  'prefix-matching': [0.65],
  divergence: [0.023889],
  'head-distance': [0.114639],
  'similar-heads': [0.82734],
  variability: [0.222222],
  'value-weighted': [0.137931, 0.344828],
  rollout: [0.55],
  flow: [0.52, 0.48],
  'ov-copying': [0.83205, 0.727607],
  'token-copying': [0.666667],
  'name-copying': [0.666667, 0.333333],
  successor: [0.666667],
  'copy-suppression': [1.170017, 0.666667],
  retrieval: [1, 0.5, 0.32],
  'negative-attention': [0.335473],
  'weight-distribution': [0.5],
  pooling: [0.758333],
  bootstrap: [1.333333, 4.666667],
  'cliffs-delta': [0.666667],
  'hedges-g': [-1.212183],
  'permutation-test': [0.1],
  'false-discovery': [0.016, 0.5],
  silhouette: [0.653734],
  projection: [0.8],
};

describe('worked examples', () => {
  it('are all here', () => {
    expect(Object.keys(EXPECTED).sort()).toEqual(DOCS.map(({ id }) => id).sort());
  });
  it.each(DOCS.map((doc) => [doc.id, doc] as const))('%s', (id, doc) => {
    const values = doc.work().results.map(({ value }) => value);
    expect(values).toHaveLength(EXPECTED[id].length);
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(EXPECTED[id][i], 5);
    });
  });
});
