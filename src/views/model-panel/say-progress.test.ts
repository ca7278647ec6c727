import { describe, expect, it } from 'vitest';
import type { DownloadProgress } from '../../protocol/library.ts';
import { formatMillions } from './ModelFactsList.tsx';
import { sayOrigin, sayProgress, sayTimeLeft } from './say-progress.ts';

const half: DownloadProgress = {
  stage: 'downloading',
  fileName: 'a.gguf',
  doneBytes: 50e6,
  totalBytes: 100e6,
  bytesPerSecond: 2e6,
  secondsLeft: 25,
  hasRestarted: false,
};

describe('progress', () => {
  it('says how much, how fast and how long', () => {
    expect(sayProgress('a', half)).toBe('a: 50.0 MB of 100.0 MB · 2.0 MB/s · 25 seconds left');
  });
  it('leaves out what is not known', () => {
    const unknown = { ...half, totalBytes: null, bytesPerSecond: null, secondsLeft: null };
    expect(sayProgress('a', unknown)).toBe('a: 50.0 MB');
    expect(sayProgress('a', null)).toBe('Fetching a …');
  });
  it('says that a file begins anew, is checked, or waits', () => {
    expect(sayProgress('a', { ...half, hasRestarted: true })).toContain('begun anew');
    expect(sayProgress('a', { ...half, stage: 'checking' })).toContain('reading again');
    expect(
      sayProgress('a', {
        stage: 'waiting',
        seconds: 3.2,
        why: 'the line dropped',
        doneBytes: 5e6,
        totalBytes: null,
      }),
    ).toBe('the line dropped; trying again in 4 s. 5.0 MB are here.');
  });
});

it.each([
  [0.2, '1 second left'],
  [90, '90 seconds left'],
  [150, '3 minutes left'],
  [3600, '60 minutes left'],
  [9000, '3 hours left'],
])('%f seconds are "%s"', (seconds, said) => {
  expect(sayTimeLeft(seconds)).toBe(said);
});

it('an origin is said in a few words', () => {
  expect(sayOrigin({ kind: 'url', url: 'https://a.org/m.gguf' })).toBe('from a.org');
  const hub = { kind: 'hub', hubUrl: 'https://h.co', revision: 'main', path: '' } as const;
  expect(sayOrigin({ ...hub, repo: 'o/n' })).toBe('o/n at h.co');
});

it('parameters are told in millions with the digits that matter', () => {
  expect([164_000, 1_230_000, 134_515_008, 1_240_000_000].map(formatMillions)).toEqual([
    '0.16',
    '1.2',
    '135',
    '1,240',
  ]);
});
