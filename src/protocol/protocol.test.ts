import { afterEach, describe, expect, it, vi } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import { FAKE_FACTS, FakeEngine, type FakeEngineOptions } from '../testing/fake-engine.ts';
import { createFakeWorker, type FakeWorker } from '../testing/fake-worker.ts';
import type { LoadProgress, RunEvent } from './engine.ts';
import { findTransferables } from './transfer.ts';
import { createWorkerEngine, type WorkerEngine } from './worker-engine.ts';

const MODEL = { fileName: 'fake.gguf', sources: [] };
const request = (runId: string, text = 'the cat saw') => ({ runId, text, keepLayers: [] });
const ignore = (): void => undefined;

let opened: FakeWorker[] = [];
afterEach(() => {
  for (const worker of opened) worker.terminate();
  opened = [];
});

async function open(options: FakeEngineOptions = {}) {
  const behind = new FakeEngine(options);
  const worker = createFakeWorker(behind);
  opened.push(worker);
  const deaths: HeadlightError[] = [];
  const engine = createWorkerEngine(worker, (error) => deaths.push(error));
  await engine.loadModel(MODEL, ignore);
  return { behind, worker, engine, deaths };
}

/** Holds every part of a call until it is let go. */
function createGate() {
  let isHeld = false;
  let letGo = ignore;
  let arrived = ignore;
  return {
    gate: async () => {
      if (!isHeld) return;
      arrived();
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
    },
    /** Resolves when a call waits at the gate. */
    hold() {
      isHeld = true;
      return new Promise<void>((resolve) => {
        arrived = resolve;
      });
    },
    open() {
      isHeld = false;
      letGo();
    },
  };
}

/** Waits until all messages that are on their way have been taken. */
async function settle(engine: WorkerEngine): Promise<void> {
  await engine.tokenize('x');
}

describe('a call across the boundary', () => {
  it('brings events in order, then the result', async () => {
    const { engine } = await open();
    const progress: LoadProgress[] = [];
    const facts = await engine.loadModel(MODEL, (each) => progress.push(each));
    expect(facts).toEqual(FAKE_FACTS);
    expect(progress.map(({ stage }) => stage)).toEqual(['header', 'weights']);
    const kinds: string[] = [];
    expect(await engine.run(request('a'), ({ kind }) => kinds.push(kind))).toBeUndefined();
    expect(kinds).toEqual(['tokens', 'layer', 'layer', 'predictions']);
  });

  it('gives what the engine itself gives, for every call', async () => {
    const { engine, behind } = await open();
    const [there, here]: RunEvent[][] = [[], []];
    await engine.run(request('a'), (event) => there.push(event));
    await behind.run(request('a'), (event) => here.push(event));
    expect(there).toEqual(here);
    expect(await engine.tokenize('the 😀')).toEqual(await behind.tokenize('the 😀'));
    expect(await engine.readSlice('a', 0, 0)).toEqual(await behind.readSlice('a', 0, 0));
    expect(await engine.readHeadVectors('a', 0, 0, 2)).toEqual(
      await behind.readHeadVectors('a', 0, 0, 2),
    );
    expect(await engine.readStream('a', 1)).toEqual(await behind.readStream('a', 1));
    expect(await engine.readLogits('a', 1)).toEqual(await behind.readLogits('a', 1));
    expect(await engine.readFileHash()).toBe(await behind.readFileHash());
    expect(await engine.readValueNorms('a', 0)).toEqual(await behind.readValueNorms('a'));
    expect(await engine.readMeanAttention('a')).toEqual(await behind.readMeanAttention('a'));
    const wanted = { ovCopying: true, suppression: { ids: [1] } };
    const done: number[] = [];
    expect(await engine.scoreWeights(wanted, ({ doneLayers }) => done.push(doneLayers))).toEqual(
      await behind.scoreWeights(wanted, ignore),
    );
    expect(done).toEqual([0, 1, 2]);
    const chat = [{ role: 'user', content: 'hi' }] as const;
    expect(await engine.renderChat(chat, { addGenerationPrompt: true })).toBe('user: hi');
    const made: string[] = [];
    const generation = { runId: 'g', text: 'the', tokenCount: 2, temperature: 0, topP: 1, seed: 1 };
    expect(await engine.generate(generation, ({ text }) => made.push(text))).toEqual({
      stopped: 'count',
    });
    expect(made).toEqual([' cat', ' saw']);
  });

  it('moves what is made for the asker and leaves no copy behind', async () => {
    const { engine, behind } = await open();
    await engine.run(request('a'), ignore);
    const returned: Float32Array[] = [];
    const original = behind.readSlice.bind(behind);
    vi.spyOn(behind, 'readSlice').mockImplementation(async (...args) => {
      const slice = await original(...args);
      returned.push(slice.packed);
      return slice;
    });
    expect((await engine.readSlice('a', 0, 0)).packed).toHaveLength(6);
    expect(returned[0].byteLength).toBe(0);
  });

  it('copies events, since the engine goes on with what they hold', async () => {
    const { engine, behind } = await open();
    const kept: RunEvent[] = [];
    const original = behind.run.bind(behind);
    vi.spyOn(behind, 'run').mockImplementation((asked, onEvent, signal) =>
      original(
        asked,
        (event) => {
          kept.push(event);
          onEvent(event);
        },
        signal,
      ),
    );
    await engine.run(request('a'), ignore);
    const layer = kept.find((event) => event.kind === 'layer');
    expect(layer?.kind === 'layer' && layer.summary.entropy.byteLength).toBeGreaterThan(0);
  });

  it('brings errors with their code, message and details', async () => {
    const { engine } = await open();
    const long = Array.from({ length: 65 }, () => 'a').join(' ');
    const error = await engine.run(request('a', long), ignore).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(HeadlightError);
    expect(error).toMatchObject({
      code: 'text-too-long',
      message: 'The text has 65 tokens; the model was made for 64 at most.',
      details: { tokens: 65, limit: 64 },
    });
  });

  it('gives what is thrown a code, whatever it is', async () => {
    const thrown: unknown[] = [new Error('std::bad_alloc'), 'a mere string', new TypeError('no')];
    const { engine } = await open({
      onCall: (call) => {
        if (call === 'tokenize') throw thrown.shift();
      },
    });
    await expect(engine.tokenize('a')).rejects.toMatchObject({ code: 'out-of-memory' });
    await expect(engine.tokenize('a')).rejects.toMatchObject({
      code: 'unexpected',
      message: 'a mere string',
    });
    await expect(engine.tokenize('a')).rejects.toMatchObject({ code: 'unexpected', message: 'no' });
  });

  it('answers calls that run at the same time each with its own', async () => {
    const { engine } = await open();
    await engine.run(request('a'), ignore);
    const [first, second, third] = await Promise.all([
      engine.readSlice('a', 1, 0),
      engine.tokenize('one two'),
      engine.readSlice('a', 1, 1),
    ]);
    expect(first.packed[1]).toBe(0.5);
    expect(second.pieces).toEqual(['one', 'Ġtwo']);
    expect(third.packed[1]).toBe(1);
  });
});

describe('a cancelled call', () => {
  it('is not sent when it was cancelled before', async () => {
    const { engine, worker, behind } = await open();
    const sent = worker.sent.length;
    await expect(engine.run(request('a'), ignore, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(worker.sent).toHaveLength(sent);
    expect(behind.begun).toHaveLength(0);
  });

  it('rejects at once, stops the engine, and brings no later event', async () => {
    const held = createGate();
    const { engine, worker } = await open(held);
    const waiting = held.hold();
    const controller = new AbortController();
    const kinds: string[] = [];
    const run = engine.run(request('a'), ({ kind }) => kinds.push(kind), controller.signal);
    const rejected = expect(run).rejects.toMatchObject({ code: 'cancelled' });
    await waiting;
    controller.abort();
    await rejected;
    expect(worker.sent.at(-1)).toMatchObject({ type: 'cancel' });
    await settle(engine);
    held.open();
    await settle(engine);
    // The engine's own answer came, said that it stopped, and was dropped.
    const answers = worker.received.filter(
      (message) => message.type === 'error' && message.error.code === 'cancelled',
    );
    expect(answers).toHaveLength(1);
    expect(worker.received.filter(({ type }) => type === 'event')).toHaveLength(3);
    expect(kinds.filter((kind) => kind !== 'tokens')).toEqual([]);
    await engine.run(request('b'), ignore);
  });

  it('drops a result that was on its way when the call was cancelled', async () => {
    const { engine, worker } = await open();
    const controller = new AbortController();
    const seen: string[] = [];
    const run = engine.run(
      request('a'),
      ({ kind }) => {
        seen.push(kind);
        if (kind === 'tokens') controller.abort();
      },
      controller.signal,
    );
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    await settle(engine);
    expect(seen).toEqual(['tokens']);
    expect(worker.received.length).toBeGreaterThan(4);
  });

  it('is nothing once the result is there', async () => {
    const { engine, worker } = await open();
    const controller = new AbortController();
    await engine.run(request('a'), ignore, controller.signal);
    controller.abort();
    await settle(engine);
    expect(worker.sent.some(({ type }) => type === 'cancel')).toBe(false);
  });
});

describe('the death of the worker', () => {
  it('rejects what is pending and every later call, once and with the reason', async () => {
    const held = createGate();
    const { engine, worker, deaths } = await open(held);
    const waiting = held.hold();
    const run = engine.run(request('a'), ignore);
    const rejected = expect(run).rejects.toMatchObject({
      code: 'worker-died',
      message: 'The engine stopped unexpectedly: bad_alloc',
    });
    await waiting;
    worker.crash(Object.assign(new Event('error'), { message: 'bad_alloc' }));
    worker.crash(Object.assign(new Event('error'), { message: 'again' }));
    await rejected;
    expect(worker.isTerminated).toBe(true);
    expect(deaths.map(({ details }) => details.reason)).toEqual(['bad_alloc']);
    await expect(engine.tokenize('a')).rejects.toBe(deaths[0]);
    held.open();
  });

  it('has a reason even when the event brings none', async () => {
    const { engine, worker, deaths } = await open();
    worker.crash(new Event('error'));
    expect(deaths[0].message).toMatch(/could not be run or it crashed/);
    await expect(engine.readFileHash()).rejects.toMatchObject({ code: 'worker-died' });
  });

  it('follows from a message that cannot be read', async () => {
    const { worker, deaths } = await open();
    worker.crash(new Event('messageerror'));
    expect(deaths[0].message).toMatch(/message could not be read/);
  });

  it('is what closing an engine does, without a report of it', async () => {
    const { engine, worker, deaths } = await open();
    engine.dispose();
    expect(worker.isTerminated).toBe(true);
    expect(deaths).toEqual([]);
    await expect(engine.tokenize('a')).rejects.toMatchObject({ code: 'worker-died' });
  });

  it('lets a cancellation after it be nothing', async () => {
    const held = createGate();
    const { engine } = await open(held);
    const waiting = held.hold();
    const controller = new AbortController();
    const run = engine.run(request('a'), ignore, controller.signal);
    const rejected = expect(run).rejects.toMatchObject({ code: 'worker-died' });
    await waiting;
    engine.kill('a test');
    await rejected;
    expect(() => controller.abort()).not.toThrow();
    held.open();
  });
});

describe('arguments that cannot be sent', () => {
  it('reject the call and leave the engine alive', async () => {
    const { engine } = await open();
    const bad = { ...request('a'), text: (() => 'a') as unknown as string };
    await expect(engine.run(bad, ignore)).rejects.toBeInstanceOf(HeadlightError);
    expect((await engine.tokenize('a')).ids).toHaveLength(1);
  });
});

describe('findTransferables', () => {
  it('finds whole buffers once, and leaves views into larger ones', () => {
    const whole = new Float32Array(4);
    const large = new Float32Array(8);
    const value = { a: whole, b: [{ c: whole }, large.subarray(0, 4)], d: null, e: 'x' };
    expect([...findTransferables(value)]).toEqual([whole.buffer]);
    expect([...findTransferables(new SharedArrayBuffer(4))]).toEqual([]);
    expect([...findTransferables(new Uint8Array(new SharedArrayBuffer(4)))]).toEqual([]);
  });
});
