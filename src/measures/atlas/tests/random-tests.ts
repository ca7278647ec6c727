import type { Probe } from '../probe.ts';
import { createMassTest } from '../role-test.ts';

/** Where the repeated tokens begin: after the begin token, where the model's texts have one. */
const firstOf = ({ period, tokens }: Probe): number => tokens.ids.length % period;

/** The first query of the second round. */
const secondRound = (probe: Probe): number => firstOf(probe) + probe.period;

/** One key so many tokens back, for queries from `from` on; the begin token is no key. */
const back =
  (probe: Probe, offset: number, from = firstOf(probe)) =>
  (query: number): readonly number[] =>
    query >= from && query - offset >= firstOf(probe) ? [query - offset] : [];

/**
 * Tests on random tokens that come again: nothing but position and earlier copies can be
 * used. A begin token stands before them where the model's texts have one; its row and column are left
 * out (methods 5.2), but for the test of the first token.
 */
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
    leads: true,
    keysOf: (probe) => back(probe, probe.period - 1),
    evidenceFrom: secondRound,
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
    keysOf(probe) {
      const { period } = probe;
      const begin = firstOf(probe);
      return function* (query) {
        for (let copy = query - period; copy >= begin; copy -= period) yield copy + 1;
      };
    },
    evidenceFrom: secondRound,
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
    leads: true,
    keysOf: (probe) => back(probe, 1),
    evidenceFrom: 8,
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
    leads: true,
    keysOf: (probe) => back(probe, probe.period),
    evidenceFrom: secondRound,
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
    keysOf: (probe) => back(probe, 0),
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
    keysOf: (probe) => (query) => (query >= firstOf(probe) ? [0] : []),
    evidenceFrom: 8,
  }),
];
