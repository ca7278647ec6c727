import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSafetensors } from '../../tensor/safetensors.ts';
import { RECORDED_DOMAINS } from '../../testing/recorded-domains.ts';
import { createRandom } from '../random.ts';
import { finish } from '../sliced-work.ts';
import { compareGroups } from './compare-groups.ts';

/*
 * The promise on what a real model gives: values of all heads on the built-in texts, recorded by
 * `batch/record-domains.ts`. Halves of one domain differ by chance alone.
 */

const HALVINGS = 8;
const RATE = 0.05;
const arrays = parseSafetensors(readFileSync(RECORDED_DOMAINS)).arrays;

function arrayOf(name: string) {
  const found = arrays.find((array) => array.name === name);
  if (found === undefined) throw new Error(`there is no recording of ${name}`);
  const [texts, columns] = found.shape;
  const rowOf = (text: number) =>
    Array.from(found.data.subarray(text * columns, (text + 1) * columns));
  return { texts, columns, rowOf };
}

function toGroup(rowOf: (text: number) => number[], texts: readonly number[]): Float64Array {
  return Float64Array.from(texts.flatMap(rowOf));
}

/** The numbers below `count` in an order by chance. */
function shuffle(count: number, seed: number): number[] {
  const random = createRandom(seed);
  const order = Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}

const countDifferent = (adjustedP: Float64Array): number =>
  adjustedP.filter((p) => p <= RATE).length;

describe('real texts', () => {
  it('in two halves of one domain: heads are called different no more often than promised', () => {
    let withAny = 0;
    let comparisons = 0;
    let heads = 0;
    let different = 0;
    for (const { name } of arrays) {
      const { texts, columns, rowOf } = arrayOf(name);
      for (let halving = 0; halving < HALVINGS; halving++) {
        const order = shuffle(texts, 100 + halving);
        const half = Math.floor(texts / 2);
        const a = toGroup(rowOf, order.slice(0, half));
        const b = toGroup(rowOf, order.slice(half));
        const { adjustedP } = finish(
          compareGroups({ a, b, columns, seed: halving, resamples: 50 }),
        );
        const found = countDifferent(adjustedP);
        comparisons++;
        withAny += +(found > 0);
        different += found;
        heads += columns;
      }
    }
    expect(comparisons).toBe(4 * HALVINGS);
    // Of 32 comparisons at 5 % more than 5 have a chance of .6 %.
    expect(withAny).toBeLessThanOrEqual(5);
    expect(different / heads).toBeLessThanOrEqual(RATE);
  }, 120_000);

  it('of two domains differ in many heads', () => {
    const [chat, code] = [
      arrayOf('conversation/entropy-renormalised'),
      arrayOf('code/entropy-renormalised'),
    ];
    const all = (count: number) => Array.from({ length: count }, (_, at) => at);
    const { adjustedP } = finish(
      compareGroups({
        a: toGroup(chat.rowOf, all(chat.texts)),
        b: toGroup(code.rowOf, all(code.texts)),
        columns: chat.columns,
        seed: 1,
        resamples: 50,
      }),
    );
    expect(countDifferent(adjustedP)).toBeGreaterThan(50);
  });
});
