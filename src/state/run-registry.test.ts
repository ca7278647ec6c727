import { describe, expect, it } from 'vitest';
import type { RunData } from '../protocol/run.ts';
import { type CausalSlice, rowStart } from '../tensor/causal-slice.ts';
import { attentionFromText } from '../testing/attention-from-text.ts';
import { RunRegistry } from './run-registry.ts';

const { tokens } = attentionFromText('the cat\n1\n.5 .5');

/** A run of which only the tokens' number matters here. */
function runOf(runId: string, count: number): RunData {
  const ids = new Int32Array(count);
  return {
    runId,
    tokens: { ...tokens, ids },
    layers: [],
    predictions: null,
    recorded: null,
  } as Partial<RunData> as RunData;
}

/** A reader that counts how often it is asked. */
function countingReader(size: number) {
  const asked: string[] = [];
  return {
    asked,
    readSlice: async (runId: string, layer: number, head: number): Promise<CausalSlice> => {
      asked.push(`${runId}/${layer}/${head}`);
      return { size, packed: new Float32Array(rowStart(size)) };
    },
  };
}

describe('RunRegistry', () => {
  it('asks for a matrix once, and has it at hand from then on', async () => {
    const runs = new RunRegistry();
    const reader = countingReader(2);
    runs.set(runOf('a', 2));
    expect(runs.peekSlice('a', 0, 1)).toBeNull();
    const [first, second] = await Promise.all([
      runs.readSlice(reader, 'a', 0, 1),
      runs.readSlice(reader, 'a', 0, 1),
    ]);
    expect(first).toBe(second);
    expect(runs.peekSlice('a', 0, 1)).toBe(first);
    expect(reader.asked).toEqual(['a/0/1']);
  });
  it('asks again when the run has grown', async () => {
    const runs = new RunRegistry();
    const reader = countingReader(2);
    runs.set(runOf('a', 2));
    await runs.readSlice(reader, 'a', 0, 0);
    runs.set(runOf('a', 3));
    expect(runs.peekSlice('a', 0, 0)).toBeNull();
    await runs.readSlice(reader, 'a', 0, 0);
    expect(reader.asked).toHaveLength(2);
  });
  it('does not remember a failure', async () => {
    const runs = new RunRegistry();
    runs.set(runOf('a', 2));
    const broken = { readSlice: () => Promise.reject(new Error('no')) };
    await expect(runs.readSlice(broken, 'a', 0, 0)).rejects.toThrow('no');
    await expect(runs.readSlice(countingReader(2), 'a', 0, 0)).resolves.toHaveProperty('size', 2);
  });
  it('lets go what was asked for longest ago: 24 matrices, or 192 MB of them, but never the latest', async () => {
    const runs = new RunRegistry();
    runs.set(runOf('a', 2));
    const small = countingReader(2);
    for (let head = 0; head < 25; head++) await runs.readSlice(small, 'a', 0, head);
    expect(runs.peekSlice('a', 0, 0)).toBeNull();
    expect(runs.peekSlice('a', 0, 1)).not.toBeNull();
    const packed = { byteLength: 100 << 20 } as Partial<Float32Array> as Float32Array;
    const large = { readSlice: async () => ({ size: 7000, packed }) };
    await runs.readSlice(large, 'a', 1, 0);
    await runs.readSlice(large, 'a', 1, 1);
    expect(runs.peekSlice('a', 1, 0)).toBeNull();
    expect(runs.peekSlice('a', 1, 1)).not.toBeNull();
  });
  it('lets matrices go with their run', async () => {
    const runs = new RunRegistry();
    runs.set(runOf('a', 2));
    runs.set(runOf('b', 2));
    await runs.readSlice(countingReader(2), 'a', 0, 0);
    await runs.readSlice(countingReader(2), 'b', 0, 0);
    runs.keepOnly(['b']);
    expect(runs.get('a')).toBeNull();
    runs.set(runOf('a', 2));
    expect(runs.peekSlice('a', 0, 0)).toBeNull();
    expect(runs.peekSlice('b', 0, 0)).not.toBeNull();
  });
});
