import { type CombinedTest, describeTest, type RoleTest, type WeightTest } from './role-test.ts';
import { RANDOM_TESTS } from './tests/random-tests.ts';
import { SYNTAX_TESTS } from './tests/syntax-tests.ts';
import { CHOICE_TESTS, TEMPLATE_TESTS } from './tests/template-tests.ts';
import { TEXT_TESTS } from './tests/text-tests.ts';

/** Changes whenever a probe, a test or a threshold does: kept results of another one are not shown. */
export const BATTERY_VERSION = 2;

const weightTest = (
  scoreKind: string,
  description: Parameters<typeof describeTest>[0],
): WeightTest => ({ ...describeTest(description), needs: 'weights', scoreKind });

/** Tests of the weights alone; the engine computes their scores. */
const WEIGHT_TESTS: readonly WeightTest[] = [
  weightTest('ov-copying-folded', {
    id: 'ov-copying',
    stage: 'beyond',
    family: 'names',
    formula: 'Σ λ / Σ |λ|, λ: eigenvalues of W_U W_OV W_E, the norms’ gains folded in',
    source: 'Elhage et al. 2021; methods 5.6 [MEM]',
    certainty: 'standard',
    threshold: 0.6,
    namesRole: false,
    unit: 'score',
  }),
  weightTest('token-copying', {
    id: 'token-copying',
    stage: 'reason',
    family: 'induction',
    formula:
      '25 random tokens: the head’s direct effect on their logits, mean taken off, negative parts to 0; share on the token itself, from −1 to 1',
    source: 'Olsson et al. 2022; methods 5.3 [MEM]; ours: how the share is stretched to −1 … 1',
    certainty: 'ours',
    threshold: 0.6,
    namesRole: false,
    unit: 'score',
  }),
  weightTest('name-copying', {
    id: 'name-mover-copy',
    stage: 'identify',
    family: 'names',
    formula: 'share of names that the head’s output puts among the five likeliest tokens',
    source: 'Wang et al. 2022; methods 5.7 [CODE]',
    certainty: 'standard',
    threshold: 0.95,
    isThresholdKnown: true,
    namesRole: false,
  }),
  weightTest('negative-name-copying', {
    id: 'negative-name-copy',
    stage: 'identify',
    family: 'names',
    formula: 'the same with the head’s output turned round',
    source: 'Wang et al. 2022; methods 5.7 [CODE]',
    certainty: 'standard',
    threshold: 0.95,
    namesRole: false,
  }),
  weightTest('successor', {
    id: 'successor',
    stage: 'reason',
    family: 'meaning',
    formula: 'share of ordinals whose successor the head’s output likes best among the ordinals',
    source: 'Gould et al. 2023; methods 5.9 [MEM]',
    certainty: 'standard',
    threshold: 0.5,
  }),
  weightTest('copy-suppression', {
    id: 'copy-suppression',
    stage: 'beyond',
    family: 'names',
    formula: '−mean over tokens of the z-score of the diagonal within its row of W_EE W_OV W_U',
    source: 'after McDougall et al. 2023; methods 5.8 [part MEM]',
    certainty: 'ours',
    threshold: 2,
    full: 5,
    unit: 'score',
  }),
];

const combinedTest = (
  parts: CombinedTest['parts'],
  description: Parameters<typeof describeTest>[0],
): CombinedTest => ({ ...describeTest(description), needs: 'both', parts });

/** Roles that a head has only when it looks at the place and writes what it read, or its opposite. */
const COMBINED_TESTS: readonly CombinedTest[] = [
  combinedTest(['name-attention', 'name-mover-copy'], {
    id: 'name-mover',
    stage: 'identify',
    family: 'names',
    formula: 'min(score of “name-attention”, score of “name-mover-copy”)',
    source: 'Wang et al. 2022 (IOI); methods 4.2 [TEX], 5.7 [CODE]; ours: the smaller of both',
    certainty: 'ours',
    threshold: 0.3,
    leads: true,
  }),
  combinedTest(['name-attention', 'negative-name-copy'], {
    id: 'negative-name-mover',
    stage: 'identify',
    family: 'names',
    formula: 'min(score of “name-attention”, score of “negative-name-copy”)',
    source: 'Wang et al. 2022 (IOI); methods 4.2 [TEX], 5.7 [CODE]; ours: the smaller of both',
    certainty: 'ours',
    threshold: 0.3,
  }),
];

/** All tests, in the order in which tables show them. */
export const BATTERY: readonly RoleTest[] = [
  ...RANDOM_TESTS,
  ...TEXT_TESTS,
  ...SYNTAX_TESTS,
  ...COMBINED_TESTS,
  ...TEMPLATE_TESTS,
  ...CHOICE_TESTS,
  ...WEIGHT_TESTS,
];

/** A test by its id. Throws for an id that there is not. */
export function getTest(id: string): RoleTest {
  const test = BATTERY.find((each) => each.id === id);
  if (test === undefined) throw new Error(`there is no test ${id}`);
  return test;
}

/** Whether a score gives a head the role. */
export function hasRole(test: RoleTest, score: number): boolean {
  return score >= test.threshold;
}

/**
 * How far over a test's threshold a score lies, 0 at it and 1 at the purest head (ours): what makes scores
 * of different tests comparable. Negative below; NaN for an undefined score.
 */
export function getStrength({ threshold, full }: RoleTest, score: number): number {
  return (score - threshold) / (full - threshold);
}
