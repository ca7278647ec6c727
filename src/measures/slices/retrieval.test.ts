import { describe, expect, it } from 'vitest';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { summariseSlices } from '../../testing/summarise-slices.ts';
import {
  computeRougeRecall,
  findNeedle,
  scoreForcedRetrieval,
  scoreRetrieval,
} from './retrieval.ts';

describe('findNeedle', () => {
  const prompt = Int32Array.of(1, 2, 3, 4, 5, 6, 7);
  it('finds the first window that has nearly all of the needle', () => {
    expect(findNeedle(prompt, Int32Array.of(4, 3, 5))).toEqual({ start: 2, end: 5 });
    expect(findNeedle(prompt, Int32Array.of(7))).toEqual({ start: 6, end: 7 });
  });
  it('wants more than nine in ten', () => {
    const long = Int32Array.from({ length: 30 }, (_, i) => i);
    const ten = Int32Array.of(5, 6, 7, 8, 9, 10, 11, 12, 13, 99);
    expect(findNeedle(long, ten)).toBeNull();
    const eleven = Int32Array.of(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 99);
    expect(findNeedle(long, eleven)).toEqual({ start: 4, end: 15 });
  });
  it('is not there', () => {
    expect(findNeedle(prompt, Int32Array.of(8, 9))).toBeNull();
    expect(findNeedle(prompt, new Int32Array())).toBeNull();
    expect(findNeedle(new Int32Array(), Int32Array.of(1))).toBeNull();
  });
});

describe('scoreRetrieval', () => {
  const prompt = Int32Array.of(1, 2, 3, 4, 2);
  const span = { start: 1, end: 3 };
  it('counts tokens that were looked up in the needle and written', () => {
    const steps = [
      { strongestKey: 1, id: 2 },
      { strongestKey: 2, id: 9 }, // looked at, but something else was written
      { strongestKey: 4, id: 2 }, // written, but looked up elsewhere
      { strongestKey: 2, id: 3 },
    ];
    expect(scoreRetrieval(steps, prompt, span)).toBe(1);
  });
  it('counts repeats again and gives 0 to heads that look elsewhere', () => {
    const twice = [1, 1, 1].map((strongestKey) => ({ strongestKey, id: 2 }));
    expect(scoreRetrieval(twice, prompt, span)).toBe(1.5);
    expect(scoreRetrieval([], prompt, span)).toBe(0);
    expect(scoreRetrieval([], prompt, { start: 2, end: 2 })).toBeNaN();
  });
});

it('scoreForcedRetrieval takes the true next token for the one written', () => {
  const { slice, tokens } = attentionFromText(
    'key is red door is red\n1\n.5 .5\n.2 .3 .5\n0 .9 0 .1\n.1 0 .8 0 .1\n0 0 1 0 0 0',
  );
  const summary = summariseSlices([slice], tokens.ids);
  const span = { start: 1, end: 3 };
  // "door" looks at "is", which comes next; "is" looks at "red", which comes next.
  expect(scoreForcedRetrieval(summary, 0, tokens.ids, span, { start: 4, end: 6 })).toBe(1);
  expect(scoreForcedRetrieval(summary, 0, tokens.ids, span, { start: 3, end: 4 })).toBe(0);
  expect(scoreForcedRetrieval(summary, 0, tokens.ids, span, { start: 6, end: 6 })).toBeNaN();
});

it('computeRougeRecall counts the expected words that were said', () => {
  expect(computeRougeRecall('a b b', 'b c')).toBeCloseTo(1 / 3);
  expect(computeRougeRecall('Eat a sandwich.', 'a sandwich, eat')).toBe(1);
  expect(computeRougeRecall('x', '')).toBe(0);
  expect(computeRougeRecall('', 'x')).toBeNaN();
});
