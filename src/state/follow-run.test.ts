import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ModelFacts } from '../model/model-facts.ts';
import type { RunData } from '../protocol/run.ts';
import { createLayerSummary } from '../tensor/summary-rows.ts';
import { followRun } from './follow-run.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const tokens = {
  text: 'a',
  ids: Int32Array.of(1),
  pieces: ['a'],
  starts: Int32Array.of(0),
  ends: Int32Array.of(1),
  special: [false],
};
const layer = (index: number) =>
  ({ kind: 'layer', summary: createLayerSummary(index, 1, 1, 1) }) as const;

function follow(layerCount: number) {
  const shown: number[] = [];
  const seen: RunData[] = [];
  const controller = new AbortController();
  const onEvent = followRun({
    runId: 'run',
    model: { layerCount } as ModelFacts,
    signal: controller.signal,
    onTokens: () => undefined,
    onShow: (run, layersDone) => {
      seen.push(run);
      shown.push(layersDone);
    },
  });
  onEvent({ kind: 'tokens', tokens, reusedTokens: 0 });
  return { onEvent, shown, seen, controller };
}

describe('followRun', () => {
  it('shows a quick run once, when all its layers are there', () => {
    const { onEvent, shown, seen } = follow(3);
    for (const index of [0, 1, 2]) onEvent(layer(index));
    expect(shown).toEqual([3]);
    expect(seen[0].layers.map((each) => each?.layer)).toEqual([0, 1, 2]);
    vi.advanceTimersByTime(1000);
    expect(shown).toEqual([3]);
  });

  it('shows a slow run every so often, each time all that has come', () => {
    const { onEvent, shown } = follow(5);
    onEvent(layer(0));
    expect(shown).toEqual([]);
    vi.advanceTimersByTime(150);
    expect(shown).toEqual([1]);
    onEvent(layer(1));
    onEvent(layer(2));
    expect(shown).toEqual([1]);
    vi.advanceTimersByTime(150);
    expect(shown).toEqual([1, 3]);
    vi.advanceTimersByTime(450);
    expect(shown).toEqual([1, 3]);
    onEvent(layer(3));
    expect(shown).toEqual([1, 3, 4]);
    onEvent(layer(4));
    expect(shown).toEqual([1, 3, 4, 5]);
  });

  it('shows predictions at once, and nothing after it was cancelled', () => {
    const { onEvent, shown, seen, controller } = follow(1);
    onEvent(layer(0));
    const predictions = {
      count: 1,
      ids: new Int32Array(5),
      logProbabilities: new Float32Array(5),
      texts: ['', '', '', '', ''],
      surprise: new Float32Array(1),
    };
    onEvent({ kind: 'predictions', predictions });
    expect(shown).toEqual([1, 1]);
    expect(seen[1].predictions).toBe(predictions);
    controller.abort();
    onEvent({ kind: 'predictions', predictions });
    expect(shown).toEqual([1, 1]);
  });
});
