import { describe, expect, it } from 'vitest';
import { displayName } from './display-name.ts';
import { formatBytes, formatNumber, formatPercent } from './format-number.ts';
import { freeBuffer } from './free-buffer.ts';
import { HeadlightError, toHeadlightError } from './headlight-error.ts';
import { LatestWins } from './latest-wins.ts';
import { createMessages, endSentence } from './messages.ts';

describe('LatestWins', () => {
  /** Work that goes on until it is let go; says whether its signal was raised. */
  function createWork() {
    let finish = (): void => undefined;
    let seen: AbortSignal | null = null;
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const work = (signal: AbortSignal): Promise<void> => {
      seen = signal;
      return done;
    };
    return { work, finish: () => finish(), isAborted: () => seen?.aborted };
  }

  it('raises the signal of what runs when something newer is asked for', async () => {
    const latest = new LatestWins();
    const [first, second] = [createWork(), createWork()];
    const one = latest.start(first.work);
    const two = latest.start(second.work);
    expect([first.isAborted(), second.isAborted()]).toEqual([true, false]);
    first.finish();
    await one;
    // The older one's end does not make the newer one's look like it.
    expect(latest.isBusy).toBe(true);
    second.finish();
    await two;
    expect(latest.isBusy).toBe(false);
  });

  it('is free at once when it is cancelled, and may start again', async () => {
    const latest = new LatestWins();
    const first = createWork();
    void latest.start(first.work);
    latest.cancel();
    expect([latest.isBusy, first.isAborted()]).toEqual([false, true]);
    latest.cancel();
    const second = createWork();
    const two = latest.start(second.work);
    first.finish();
    await Promise.resolve();
    expect([latest.isBusy, second.isAborted()]).toEqual([true, false]);
    second.finish();
    await two;
  });

  it('is free after work that fails, and hands the failure on', async () => {
    const latest = new LatestWins();
    await expect(latest.start(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(latest.isBusy).toBe(false);
  });
});

describe('toHeadlightError', () => {
  it('leaves its own as they are', () => {
    const error = new HeadlightError('text-empty', 'empty', { tokens: 0 });
    expect(toHeadlightError(error)).toBe(error);
  });
  it.each<[unknown, string]>([
    [new Error('std::bad_alloc'), 'out-of-memory'],
    [new RangeError('Array buffer allocation failed'), 'out-of-memory'],
    [new RangeError('Invalid array length'), 'out-of-memory'],
    [new RangeError('WebAssembly.Memory(): could not allocate memory'), 'out-of-memory'],
    [new RangeError('toFixed() digits argument must be between 0 and 100'), 'unexpected'],
    [new DOMException('stopped', 'AbortError'), 'cancelled'],
    [new TypeError('x is not a function'), 'unexpected'],
    ['a string', 'unexpected'],
    [undefined, 'unexpected'],
    [null, 'unexpected'],
  ])('gives %s the code %s', (thrown, code) => {
    const error = toHeadlightError(thrown);
    expect(error.code).toBe(code);
    expect(error.cause ?? null).toBe(thrown ?? null);
  });
});

describe('numbers', () => {
  it('percentages have digits where they help', () => {
    expect([0, 0.0004, 0.004, 0.0994, 0.0996, 0.384, 1].map(formatPercent)).toEqual([
      '0 %',
      '<0.1 %',
      '0.4 %',
      '9.9 %',
      '10 %',
      '38 %',
      '100 %',
    ]);
  });
  it('what is undefined is a dash', () => {
    expect([formatPercent(Number.NaN), formatNumber(Number.NaN)]).toEqual(['–', '–']);
    expect(formatNumber(1.005, 1)).toBe('1.0');
  });
  it('bytes are said in the unit that fits', () => {
    expect([999, 1500, 98_362_432, 2.5e9].map(formatBytes)).toEqual([
      '1 kB',
      '2 kB',
      '98.4 MB',
      '2.50 GB',
    ]);
  });
});

describe('messages', () => {
  const t = createMessages('lib-test', {
    plain: 'Nothing to fill in',
    named: 'Layer {{layer}} of {{all}}',
    tokens_one: '{{count}} token',
    tokens_other: '{{count}} tokens',
  });
  it('are filled in, as they are, with plurals', () => {
    expect(t('plain')).toBe('Nothing to fill in');
    expect(t('named', { layer: 3, all: '<30>' })).toBe('Layer 3 of <30>');
    expect([0, 1, 2].map((count) => t('tokens', { count }))).toEqual([
      '0 tokens',
      '1 token',
      '2 tokens',
    ]);
  });
});

describe('freeBuffer', () => {
  it('empties a buffer where buffers can be transferred, and else leaves it', () => {
    const buffer = new ArrayBuffer(8);
    freeBuffer(buffer);
    const canTransfer = 'transfer' in buffer;
    expect(buffer.byteLength).toBe(canTransfer ? 0 : 8);
    const lengths: number[] = [];
    const transferable = { transfer: (length: number) => lengths.push(length) };
    freeBuffer(transferable as unknown as ArrayBuffer);
    expect(lengths).toEqual([0]);
  });
});

it('a sentence gets its full stop where it has none', () => {
  expect(endSentence('Failed to fetch')).toBe('Failed to fetch.');
  expect(endSentence('Is it there? ')).toBe('Is it there?');
});

it('a name stands within a sentence without turning it or filling it', () => {
  expect(displayName('a\u202egpj.exe\u0000')).toBe('agpj.exe');
  expect(displayName('0123456789', 5)).toBe('01…89');
  expect(displayName('😀😀😀😀😀😀', 5)).toBe('😀😀…😀😀');
  expect(displayName('فِرَّة.gguf')).toBe('فِرَّة.gguf');
});
