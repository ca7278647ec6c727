import { describe, expect, it } from 'vitest';
import { DEFAULT_HUB, type ModelOrigin } from '../protocol/model-origin.ts';
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

describe('the model of a link', () => {
  const base = {
    selection: { layer: 0, head: 0, query: null, key: null },
    display: DEFAULT_DISPLAY,
    sampleId: null,
    text: null,
  };

  it.each<ModelOrigin>([
    { kind: 'files', name: 'my model & co.gguf' },
    { kind: 'url', url: 'https://example.org/a/b.gguf?x=1&y=2' },
    {
      kind: 'hub',
      hubUrl: DEFAULT_HUB,
      repo: 'owner/name',
      revision: 'main',
      path: 'sub/model.Q4_K_M.gguf',
    },
    {
      kind: 'hub',
      hubUrl: 'http://localhost:8000',
      repo: 'owner/name',
      revision: 'v1.0',
      path: '',
    },
  ])('is restored: %j', (origin) => {
    const read = fromFragment(toFragment({ ...base, origin }));
    expect(read.problems).toEqual([]);
    expect(read.state.origin).toEqual(origin);
  });

  it('is left out when it is the embedded one', () => {
    expect(toFragment({ ...base, origin: { kind: 'embedded' } })).toBe('v=1&head=0.0');
    expect(fromFragment('#v=1&model=embedded').state.origin).toBeNull();
  });

  it('that is no model is said to be so', () => {
    const read = fromFragment('#v=1&model=url:javascript:alert(1)&begin=2');
    expect(read.state).toMatchObject({ origin: null, addsBegin: null });
    expect(read.problems).toEqual(['model=url:javascript:alert(1)', 'begin=2']);
  });

  it('keeps whether a begin token was wanted', () => {
    for (const addsBegin of [true, false, null])
      expect(fromFragment(toFragment({ ...base, addsBegin })).state.addsBegin).toBe(addsBegin);
  });
});

describe('workspaces in the link', () => {
  const base = {
    selection: { layer: 0, head: 0, query: null, key: null },
    display: DEFAULT_DISPLAY,
    sampleId: null,
    text: null,
  };

  it('come back with what they keep for themselves', () => {
    const fragment = toFragment({ ...base, parts: { 'domains.measure': 'entropy' } });
    expect(fragment).toBe('v=1&head=0.0&domains.measure=entropy');
    expect(fromFragment(fragment).state).toMatchObject({
      workspace: null,
      parts: { 'domains.measure': 'entropy' },
    });
    expect(toFragment({ ...base, workspace: 'read' })).not.toContain('at=');
    expect(fromFragment('#v=1&at=read').state.workspace).toBe('read');
    expect(fromFragment('#v=1&at=cellar')).toMatchObject({
      state: { workspace: null },
      problems: ['at=cellar'],
    });
  });
});
