import { describe, expect, it } from 'vitest';
import { startNodeRuntime } from '../batch/node-runtime.ts';
import { HeadlightError } from '../lib/headlight-error.ts';
import { ElementType, GraphBuilder } from '../model/onnx/graph-builder.ts';
import { toRuntimeError } from './runtime.ts';

const runtime = startNodeRuntime(1);
const weights = new Uint8Array(new Float32Array([2, 3]).buffer);
const writeGraph = (operator: string) => (inline: Uint8Array | null) => {
  const g = new GraphBuilder(inline);
  const x = g.input('x', ElementType.float32, ['N', 2]);
  g.node(operator, [x, g.weight({ name: 'w', shape: [2], offset: 0 })], {}, 'y');
  g.output('y', ElementType.float32, ['N', 2]);
  return g.finish('small');
};

describe('a runtime', () => {
  it('runs a graph with its weights', async () => {
    const session = await runtime.createSession(writeGraph('Mul'), weights);
    const x = new runtime.Tensor('float32', Float32Array.of(1, 10, 5, 7), [2, 2]);
    const { y } = await session.run({ x }, ['y']);
    expect(Array.from(y.data as Float32Array)).toEqual([2, 30, 10, 21]);
    await session.release();
  });

  it('rejects a graph that it does not know, and inputs that do not fit, with a code', async () => {
    await expect(runtime.createSession(writeGraph('Wobble'), weights)).rejects.toMatchObject({
      code: 'runtime-failed',
      message: expect.stringContaining('Wobble'),
    });
    const session = await runtime.createSession(writeGraph('Mul'), weights);
    const x = new runtime.Tensor('float32', new Float32Array(3), [1, 3]);
    await expect(session.run({ x }, ['y'])).rejects.toMatchObject({ code: 'runtime-failed' });
    await expect(session.run({}, ['y'])).rejects.toMatchObject({ code: 'runtime-failed' });
    await session.release();
  });

  it('says that memory ran out in many ways', () => {
    for (const message of [
      'std::bad_alloc',
      'Aborted(OOM). Build with -sASSERTIONS for more info.',
      'failed to allocate memory for requested buffer of size 12345',
      'memory access out of bounds',
    ])
      expect(toRuntimeError(new Error(message)).code).toBe('out-of-memory');
    expect(toRuntimeError(new RangeError('Array buffer allocation failed')).code).toBe(
      'out-of-memory',
    );
    expect(toRuntimeError(new HeadlightError('cancelled', 'x')).code).toBe('cancelled');
  });
});
