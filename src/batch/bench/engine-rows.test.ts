import { expect, it } from 'vitest';
import { toRatio } from './engine-rows.ts';

const run = (milliseconds: number, cores: number) => ({ milliseconds, cores });

it('the ratio is the median of undisturbed pairs, each WASM run over the native run before it', () => {
  const native = [run(1000, 1.9), run(4000, 0.8), run(500, 1.5)];
  expect(toRatio(native, [3000, 3000, 2000])).toMatchObject({
    kind: 'value',
    value: 3.5,
    samples: [3, 4],
    detail: '2 of 3 pairs',
  });
});

it('without an undisturbed pair there is no ratio, but the reason and the numbers', () => {
  const outcome = toRatio([run(5000, 0.9)], [3700]);
  expect(outcome.kind).toBe('not-measured');
  expect(outcome).toHaveProperty('why', expect.stringContaining('0.74'));
});
