import { expect, it, vi } from 'vitest';
import { DEFAULT_DISPLAY } from './display-options.ts';
import { createMeasurePageStore } from './measure-page.ts';
import { fromFragment, toFragment } from './url-state.ts';

it('the open page goes into the link and comes out of it', () => {
  const page = createMeasurePageStore({});
  expect(page.linkPart.write()).toEqual({});
  const listener = vi.fn();
  const stop = page.linkPart.subscribe(listener);
  page.select('entropy-share');
  expect(listener).toHaveBeenCalledOnce();
  stop();
  page.select('entropy');
  expect(listener).toHaveBeenCalledOnce();

  const fragment = toFragment({
    selection: { layer: 0, head: 0, query: null, key: null },
    display: DEFAULT_DISPLAY,
    sampleId: null,
    text: null,
    workspace: 'measures',
    parts: page.linkPart.write(),
  });
  expect(fragment).toContain('at=measures');
  expect(fragment).toContain('measures.id=entropy');
  const { state, problems } = fromFragment(fragment);
  expect(problems).toEqual([]);
  expect(state.workspace).toBe('measures');
  expect(createMeasurePageStore(state.parts).store.getState().id).toBe('entropy');
});

it('what a hostile link says is kept short', () => {
  const { store } = createMeasurePageStore({ 'measures.id': 'x'.repeat(10_000) });
  expect(store.getState().id).toHaveLength(80);
});
