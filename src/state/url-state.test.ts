import { describe, expect, it } from 'vitest';
import { DEFAULT_DISPLAY } from './display-options.ts';
import { fromFragment, toFragment } from './url-state.ts';

describe('the link', () => {
  it('restores what it was made of', () => {
    const state = {
      selection: { layer: 18, head: 6, query: 40, key: null },
      display: {
        ...DEFAULT_DISPLAY,
        firstToken: 'drop',
        cumulatedMass: 0.9,
        gridFilter: 'entropy < 1',
      },
      sampleId: null,
      text: 'a & b = "c"\n😀',
    } as const;
    const read = fromFragment(toFragment(state));
    expect(read.problems).toEqual([]);
    expect(read.state.selection).toEqual({ layer: 18, head: 6, query: 40 });
    expect(read.state.display).toEqual({
      firstToken: 'drop',
      cumulatedMass: 0.9,
      gridFilter: 'entropy < 1',
    });
    expect(read.state.text).toBe(state.text);
  });

  it('leaves the text out unless it is given, and names a sample instead of its text', () => {
    const selection = { layer: 0, head: 0, query: null, key: null };
    const base = { selection, display: DEFAULT_DISPLAY };
    expect(toFragment({ ...base, sampleId: null, text: null })).toBe('v=1&head=0.0');
    expect(toFragment({ ...base, sampleId: 'plumber', text: 'x' })).toContain('sample=plumber');
  });

  it('opens what it can of a broken link and says what it could not', () => {
    const read = fromFragment('#v=1&head=3.x&query=7&scale=cubic&cumulatedMass=7&unit=word');
    expect(read.state.selection).toEqual({ query: 7 });
    expect(read.state.display).toEqual({ unit: 'word' });
    expect(read.problems).toEqual(['head=3.x', 'scale=cubic', 'cumulatedMass=7']);
  });

  it('ignores a fragment that is not ours and names a version it does not know', () => {
    expect(fromFragment('#section-2').problems).toEqual([]);
    expect(fromFragment('#v=99&head=1.1').problems).toEqual(['v=99']);
    expect(fromFragment('#v=99&head=1.1').state.selection).toEqual({});
  });
});
