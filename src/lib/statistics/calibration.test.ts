import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { finish } from '../sliced-work.ts';
import { compareGroups } from './compare-groups.ts';

/*
 * Whether the statistics keep what they promise, on texts that resemble real ones: the values of a text in
 * its columns depend on each other (a few factors of the text move many columns, in both directions), are
 * skewed, and differ in scale. Two random halves of one domain differ by chance alone.
 */

const COLUMNS = 60;
const RATE = 0.05;
const REPETITIONS = 200;

interface Domain {
  /** [texts, COLUMNS] */
  draw(texts: number): Float64Array;
}

function createDomain(seed: number): Domain {
  const random = createRandom(seed);
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const factors = 4;
  const loadings = Float64Array.from({ length: factors * COLUMNS }, normal);
  const scales = Float64Array.from({ length: COLUMNS }, () => Math.exp(normal()));
  return {
    draw(texts) {
      const values = new Float64Array(texts * COLUMNS);
      for (let text = 0; text < texts; text++) {
        const moods = Float64Array.from({ length: factors }, normal);
        for (let column = 0; column < COLUMNS; column++) {
          let value = normal();
          for (let factor = 0; factor < factors; factor++)
            value += moods[factor] * loadings[factor * COLUMNS + column];
          values[text * COLUMNS + column] = scales[column] * Math.exp(value / 3);
        }
      }
      return values;
    },
  };
}

function compareHalves(countA: number, countB: number, permutations: number) {
  const domain = createDomain(1);
  return Array.from({ length: REPETITIONS }, (_, seed) => {
    const [a, b] = [domain.draw(countA), domain.draw(countB)];
    const request = { a, b, columns: COLUMNS, seed, resamples: 50, permutations };
    return finish(compareGroups(request));
  });
}

const isBelow = (values: Float64Array, rate: number): boolean =>
  values.some((value) => value <= rate);

/** The largest distance between the share of values below x and x. */
function computeDistanceToUniform(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return Math.max(
    ...sorted.map((value, i) =>
      Math.max((i + 1) / sorted.length - value, value - i / sorted.length),
    ),
  );
}

describe('two random halves of one domain', () => {
  const LARGEST_SHARE = RATE + 3 * Math.sqrt((RATE * (1 - RATE)) / REPETITIONS);

  for (const { countA, countB, permutations, title } of [
    { countA: 24, countB: 24, permutations: 2500, title: '24 and 24 texts, random splits' },
    { countA: 10, countB: 30, permutations: 2500, title: '10 and 30 texts, random splits' },
    { countA: 8, countB: 7, permutations: 1, title: '8 and 7 texts, all splits' },
  ]) {
    it(`seem different no more often than promised: ${title}`, () => {
      const found = compareHalves(countA, countB, permutations);
      const share = found.filter(({ adjustedP }) => isBelow(adjustedP, RATE)).length / REPETITIONS;
      expect(share).toBeLessThanOrEqual(LARGEST_SHARE);

      // Without the correction for many columns, most repetitions would show some difference.
      const uncorrected = found.filter(({ p }) => isBelow(p, RATE)).length / REPETITIONS;
      expect(uncorrected).toBeGreaterThan(0.5);

      // The p values themselves are uniform: Kolmogorov-Smirnov at 1 % for single columns, whose
      // repetitions are independent, and about as many below .05 and .5 as there should be over all.
      for (const column of [0, 1, 2, 3]) {
        const distance = computeDistanceToUniform(found.map(({ p }) => p[column]));
        expect(distance).toBeLessThan(1.63 / Math.sqrt(REPETITIONS));
      }
      const all = found.flatMap(({ p }) => [...p]);
      const shareBelow = (limit: number) => all.filter((p) => p <= limit).length / all.length;
      expect(Math.abs(shareBelow(0.05) - 0.05)).toBeLessThan(0.015);
      expect(Math.abs(shareBelow(0.5) - 0.5)).toBeLessThan(0.06);
    });
  }
});

describe('two domains that differ in some heads', () => {
  it('are told apart in these, and in few others', () => {
    const domain = createDomain(2);
    const shifted = [3, 17, 29, 41, 58];
    let hits = 0;
    let falseShare = 0;
    const repetitions = 40;
    for (let seed = 0; seed < repetitions; seed++) {
      const [a, b] = [domain.draw(24), domain.draw(24)];
      for (const column of shifted) {
        const ofColumn = [...a, ...b].filter((_, i) => i % COLUMNS === column);
        const mean = ofColumn.reduce((sum, value) => sum + value, 0) / ofColumn.length;
        const squares = ofColumn.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        const shift = 1.5 * Math.sqrt(squares / ofColumn.length);
        for (let text = 0; text < 24; text++) b[text * COLUMNS + column] += shift;
      }
      const request = { a, b, columns: COLUMNS, seed, resamples: 50, permutations: 2500 };
      const { adjustedP, difference } = finish(compareGroups(request));
      const called = [...adjustedP.keys()].filter((column) => adjustedP[column] <= RATE);
      const right = called.filter((column) => shifted.includes(column));
      for (const column of right) expect(difference[column]).toBeLessThan(0);
      hits += right.length;
      falseShare += called.length === 0 ? 0 : (called.length - right.length) / called.length;
    }
    expect(hits / (repetitions * shifted.length)).toBeGreaterThan(0.9);
    // The promised share of false ones, and three standard deviations of what was measured at most (.15).
    expect(falseShare / repetitions).toBeLessThan(RATE + (3 * 0.15) / Math.sqrt(repetitions));
  });

  it('are told apart in a single one of 270 heads by the default number of permutations', () => {
    const columns = 270;
    const random = createRandom(4);
    const make = () => Float64Array.from({ length: 24 * columns }, random);
    const [a, b] = [make(), make()];
    for (let text = 0; text < 24; text++) b[text * columns + 99] += 1;
    const { adjustedP, permutations } = finish(
      compareGroups({ a, b, columns, seed: 1, resamples: 50 }),
    );
    const called = [...adjustedP.keys()].filter((column) => adjustedP[column] <= RATE);
    expect(permutations).toBe(10_800);
    expect(called).toEqual([99]);
  });
});
