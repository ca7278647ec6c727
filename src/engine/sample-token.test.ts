import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../lib/random.ts';
import { sampleToken } from './sample-token.ts';

const logs = (...shares: number[]) => Float32Array.from(shares, Math.log);
const draws = (logits: Float32Array, temperature: number, topP: number, count: number) => {
  const random = createRandom(3);
  const counts = new Array<number>(logits.length).fill(0);
  for (let i = 0; i < count; i++) counts[sampleToken(logits, temperature, topP, random).id]++;
  return counts.map((each) => each / count);
};

describe('sampleToken', () => {
  it('takes the best at temperature 0, the first of equals, with its probability', () => {
    const choice = sampleToken(logs(0.2, 0.4, 0.4), 0, 1, () => 0.99);
    expect(choice.id).toBe(1);
    expect(choice.probability).toBeCloseTo(0.4);
  });
  it('draws by the model’s probabilities at temperature 1', () => {
    const [a, b, c] = draws(logs(0.5, 0.3, 0.2), 1, 1, 4000);
    expect(Math.abs(a - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(b - 0.3)).toBeLessThan(0.03);
    expect(Math.abs(c - 0.2)).toBeLessThan(0.03);
  });
  it('draws from the smallest set that reaches top-p', () => {
    const [a, b, c] = draws(logs(0.3, 0.5, 0.2), 1, 0.6, 4000);
    expect(c).toBe(0);
    expect(Math.abs(b - 5 / 8)).toBeLessThan(0.03);
    expect(a + b).toBe(1);
    expect(draws(logs(0.3, 0.5, 0.2), 1, 0, 50)).toEqual([0, 1, 0]);
  });
  it('flattens with temperature and sharpens without', () => {
    const flat = draws(logs(0.9, 0.1), 3, 1, 2000)[1];
    expect(flat).toBeGreaterThan(draws(logs(0.9, 0.1), 1, 1, 2000)[1]);
    expect(draws(logs(0.9, 0.1), 0.1, 1, 500)[1]).toBe(0);
  });
  it('never chooses what is no number', () => {
    expect(sampleToken(Float32Array.of(Number.NaN, 1, Number.NaN), 1, 1, () => 0.999).id).toBe(1);
    expect(sampleToken(Float32Array.of(Number.NaN, 1), 0, 1, Math.random).probability).toBe(1);
  });
  it('stays inside the nucleus for any logits, and says the model’s own probability', () => {
    const logits = fc.array(fc.float({ min: -30, max: 30, noNaN: true }), {
      minLength: 1,
      maxLength: 40,
    });
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        logits,
        share,
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        (raw, topP, u) => {
          const values = Float32Array.from(raw);
          const { id, probability } = sampleToken(values, 1, topP, () => u);
          const total = values.reduce((sum, value) => sum + Math.exp(value), 0);
          const shareOf = (value: number) => Math.exp(value) / total;
          expect(probability).toBeCloseTo(shareOf(values[id]), 9);
          const better = values.filter((value) => value > values[id] + 1e-6);
          const before = better.reduce((sum, value) => sum + shareOf(value), 0);
          expect(before).toBeLessThan(topP + 1e-9);
        },
      ),
    );
  });
});
