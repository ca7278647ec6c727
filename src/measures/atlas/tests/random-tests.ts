import { createMassTest } from '../role-test.ts';

/** Tests on random tokens that come again: nothing but position and earlier copies can be used. */
export const RANDOM_TESTS = [
  createMassTest({
    id: 'induction',
    stage: 'reason',
    family: 'induction',
    formula: 'r₁…r_m r₁…r_m: mean over i ≥ m − 1 of a_i,i−(m−1)',
    source: 'TransformerLens main demo; methods 5.2 [CODE]',
    certainty: 'standard',
    threshold: 0.4,
    kinds: ['random'],
    keysOf:
      ({ period }) =>
      (query) =>
        query >= period - 1 ? [query - (period - 1)] : [],
  }),
  createMassTest({
    id: 'prefix-matching',
    stage: 'reason',
    family: 'induction',
    formula:
      '25 random tokens 4 times after the begin token: mean over queries with earlier copies j of Σ_j a_i,j+1',
    source: 'Olsson et al. 2022; methods 5.3 [MEM]',
    certainty: 'standard',
    threshold: 0.4,
    kinds: ['cycles'],
    keysOf({ period, tokens }) {
      const begin = tokens.ids.length % period;
      return function* (query) {
        for (let copy = query - period; copy >= begin; copy -= period) yield copy + 1;
      };
    },
  }),
  createMassTest({
    id: 'previous',
    stage: 'identify',
    family: 'position',
    formula: 'random tokens twice: mean over i ≥ 1 of a_i,i−1',
    source: 'TransformerLens main demo; methods 5.2 [CODE]',
    certainty: 'standard',
    threshold: 0.4,
    kinds: ['random'],
    keysOf: () => (query) => [query - 1],
  }),
  createMassTest({
    id: 'duplicate',
    stage: 'identify',
    family: 'copies',
    formula: 'random tokens twice: mean over i ≥ m of a_i,i−m',
    source: 'TransformerLens main demo; methods 5.2 [CODE]',
    certainty: 'standard',
    threshold: 0.4,
    kinds: ['random'],
    keysOf:
      ({ period }) =>
      (query) => [query - period],
  }),
  createMassTest({
    id: 'current',
    stage: 'beyond',
    family: 'position',
    formula: 'random tokens twice: mean over i of a_ii',
    source: 'methods 5.2 [CODE]',
    certainty: 'standard',
    threshold: 0.4,
    kinds: ['random'],
    keysOf: () => (query) => [query],
    evidenceFrom: 8,
  }),
  createMassTest({
    id: 'first-random',
    stage: 'beyond',
    family: 'sink',
    formula: 'random tokens twice: mean over i of a_i0',
    source: 'methods 5.2 [CODE]',
    certainty: 'standard',
    threshold: 0.9,
    isCommon: true,
    kinds: ['random'],
    keysOf: () => () => [0],
    evidenceFrom: 8,
  }),
];
