import { getMaximumEntropy } from '../../../measures/entropy.ts';
import { confidence, confidenceTail } from '../../../measures/heads/confidence.ts';
import { effectiveKeys } from '../../../measures/heads/effective-keys.ts';
import {
  entropy,
  entropyOmitted,
  entropyOmittedShare,
  entropyRenormalised,
  entropyRenormalisedShare,
  entropyShare,
} from '../../../measures/heads/entropy.ts';
import { apply, entropyOf, largest, mean, named, number, over } from '../arithmetic.ts';
import type { MeasureDoc } from '../measure-doc.ts';
import { measureExample, toAttentionTable, WIDENING } from './example-attention.ts';
import { prose } from './spread-prose.ts';

const { words, weights } = WIDENING;
const tail = (row: readonly number[]): readonly number[] => row.slice(1);
const rest = (row: readonly number[]): readonly number[] => {
  const sum = tail(row).reduce((total, each) => total + each, 0);
  return tail(row).map((each) => each / sum);
};
const H = (i: number, value: number) => named(`H_${i}`, value);

/** Entropy of each row as a line of arithmetic; `says` words stand at the first. */
function entropySteps(rows: readonly (readonly number[])[], first: number, says: number) {
  return rows.map((row, k) => ({
    left: `H_${first + k}`,
    expression: row.length === 1 && row[0] === 1 ? number(0) : entropyOf(row),
    says: k === 0 ? says : null,
  }));
}

const HEAD = { words, weights };
const values = (rows: readonly (readonly number[])[]): readonly number[] =>
  rows.map((row) => entropyOf(row).value);
const KEPT = values(weights);
const RENORMALISED = values(weights.slice(2).map(rest));
const OMITTED = values(weights.slice(1).map(tail));

export const SPREAD: readonly MeasureDoc[] = [
  {
    id: 'entropy',
    group: 'spread',
    formulas: [
      'H_i = −∑_j a_{ij} \\ln a_{ij}',
      'H = \\frac{1}{n} ∑_i H_i',
      'b_{ij} = \\frac{a_{ij}}{∑_{k ≥ 1} a_{ik}}',
    ],
    symbols: ['a_{ij}', 'H_i', 'n', 'b_{ij}'],
    facts: [entropy, entropyRenormalised, entropyOmitted],
    needs: ['rows'],
    related: ['entropy-share', 'effective-keys', 'confidence', 'first'],
    prose: prose('entropy'),
    work: () => ({
      tables: [toAttentionTable(HEAD)],
      steps: [
        ...entropySteps(weights, 0, 0),
        ...entropySteps(weights.slice(2).map(rest), 2, 1),
        { left: 'H_0', expression: number(0), says: 2 },
        ...entropySteps(weights.slice(1).map(tail), 1, 2).map((step) => ({ ...step, says: null })),
      ],
      results: [
        { left: 'H', expression: mean(KEPT), value: measureExample(entropy, HEAD), unit: 'nats' },
        {
          left: 'H',
          expression: mean(RENORMALISED),
          value: measureExample(entropyRenormalised, HEAD),
          unit: 'nats',
        },
        {
          left: 'H',
          expression: mean([0, ...OMITTED]),
          value: measureExample(entropyOmitted, HEAD),
          unit: 'nats',
        },
      ],
    }),
  },
  {
    id: 'entropy-share',
    group: 'spread',
    formulas: ['\\frac{1}{n − 1} ∑_{i ≥ 1} \\frac{H_i}{\\ln n_i}'],
    symbols: ['H_i', 'n_i'],
    facts: [entropyShare, entropyRenormalisedShare, entropyOmittedShare],
    needs: ['rows'],
    related: ['entropy', 'effective-keys'],
    prose: prose('entropy-share'),
    work: () => {
      const shareOf = (entropies: readonly number[], first: number, bound: (i: number) => number) =>
        entropies.map((value, k) => over(number(value), bound(first + k)));
      const kept = KEPT.slice(1).map((value, k) => over(value, apply('ln', k + 2)));
      const renormalised = RENORMALISED.map((value, k) => over(value, apply('ln', k + 2)));
      const omitted = shareOf(OMITTED, 1, (i) => getMaximumEntropy(i, 'drop'));
      const toSteps = (shares: typeof kept, first: number, says: number) =>
        shares.map((expression, k) => ({
          left: `\\frac{H_${first + k}}{\\text{largest}}`,
          expression,
          says: k === 0 ? says : null,
        }));
      const meanOf = (shares: typeof kept) => mean(shares.map(({ value }) => value));
      return {
        tables: [toAttentionTable(HEAD)],
        steps: [...toSteps(kept, 1, 0), ...toSteps(renormalised, 2, 1), ...toSteps(omitted, 1, 2)],
        results: [
          {
            left: '\\text{share}',
            expression: meanOf(kept),
            value: measureExample(entropyShare, HEAD),
            unit: 'share',
          },
          {
            left: '\\text{share}',
            expression: meanOf(renormalised),
            value: measureExample(entropyRenormalisedShare, HEAD),
            unit: 'share',
          },
          {
            left: '\\text{share}',
            expression: meanOf(omitted),
            value: measureExample(entropyOmittedShare, HEAD),
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'effective-keys',
    group: 'spread',
    formulas: ['K = \\frac{1}{n − 2} ∑_{i ≥ 2} \\exp(H_i)'],
    symbols: ['H_i', 'n'],
    facts: [effectiveKeys],
    needs: ['rows'],
    related: ['entropy', 'interdependency'],
    prose: prose('effective-keys'),
    work: () => ({
      tables: [toAttentionTable(HEAD, (_, column) => column > 0)],
      steps: entropySteps(weights.slice(2).map(rest), 2, 0).flatMap((step, k) => [
        step,
        { left: `\\exp(H_${k + 2})`, expression: apply('exp', RENORMALISED[k]), says: null },
      ]),
      results: [
        {
          left: 'K',
          expression: mean(
            RENORMALISED.map((value, k) => apply('exp', H(k + 2, value))).map(({ value }) => value),
          ),
          value: measureExample(effectiveKeys, HEAD),
          unit: 'keys',
        },
      ],
    }),
  },
  {
    id: 'confidence',
    group: 'spread',
    formulas: ['\\frac{1}{n} ∑_i \\max_j a_{ij}'],
    symbols: ['a_{ij}', 'n'],
    facts: [confidence, confidenceTail],
    needs: ['rows'],
    related: ['entropy', 'first', 'positional'],
    prose: prose('confidence'),
    work: () => ({
      tables: [
        toAttentionTable(
          HEAD,
          (row, column) => weights[row].indexOf(Math.max(...weights[row])) === column,
        ),
      ],
      steps: [
        ...weights.map((row, i) => ({
          left: `\\max_j a_{${i}j}`,
          expression: largest(row),
          says: i === 0 ? 0 : null,
        })),
        ...weights.slice(1).map((row, k) => ({
          left: `\\max_{j ≥ 1} a_{${k + 1}j}`,
          expression: largest(tail(row)),
          says: k === 0 ? 1 : null,
        })),
      ],
      results: [
        {
          left: '\\text{confidence}',
          expression: mean(weights.map((row) => Math.max(...row))),
          value: measureExample(confidence, HEAD),
          unit: 'share',
        },
        {
          left: '\\text{confidence}',
          expression: mean(weights.slice(1).map((row) => Math.max(...tail(row)))),
          value: measureExample(confidenceTail, HEAD),
          unit: 'share',
        },
      ],
    }),
  },
];
