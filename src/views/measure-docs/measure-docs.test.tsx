// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMeasurePageStore } from '../../state/measure-page.ts';
import { MeasurePageProvider } from '../../state/measure-page-hooks.tsx';
import { ViewFrame } from '../../ui/ViewFrame.tsx';
import { DOCS } from './docs.ts';
import MeasureDocsView from './index.tsx';

beforeAll(() => {
  window.scrollTo = vi.fn() as typeof window.scrollTo;
});
afterEach(cleanup);

function open(id?: string) {
  const page = createMeasurePageStore(id === undefined ? {} : { 'measures.id': id });
  render(
    <MeasurePageProvider page={page}>
      <MeasureDocsView />
    </MeasurePageProvider>,
  );
  return {
    page,
    user: userEvent.setup(),
    index: () => screen.getByRole('navigation', { name: /All measures/ }),
    title: () => screen.getByRole('heading', { level: 1 }).textContent,
    entry: (name: string) =>
      within(screen.getByRole('navigation', { name: /All measures/ })).getByRole('button', {
        name,
      }),
  };
}

describe('the workspace of measures', () => {
  it('opens the first page, and the page of a link', () => {
    const { title, entry } = open();
    expect(title()).toBe('Entropy');
    expect(entry('Entropy').getAttribute('aria-current')).toBe('page');
    cleanup();
    expect(open('rollout').title()).toBe('Attention rollout');
    cleanup();
    expect(open('distance-tail').title()).toBe('Attention distance');
  });
  it('says so when a link names a measure that is not there', () => {
    const { title } = open('nonsense');
    expect(title()).toBe('Entropy');
    expect(screen.getByText(/no measure named “nonsense”/)).toBeDefined();
  });
  it('has headings, a table with its axes, and regions with names', () => {
    open();
    const headings = screen.getAllByRole('heading', { level: 2 }).map((each) => each.textContent);
    for (const name of ['Formula', 'A worked example', 'What it does not say', 'At a glance'])
      expect(headings).toContain(name);
    const table = screen.getByRole('table');
    expect(within(table).getByRole('columnheader', { name: 'query ↓ key →' })).toBeDefined();
    expect(within(table).getAllByRole('rowheader')).toHaveLength(4);
    expect(within(table).getByRole('cell', { name: '0.4' })).toBeDefined();
    expect(within(table).getAllByRole('cell', { name: 'cannot look there' })).toHaveLength(6);
    expect(screen.getByRole('article', { name: 'Entropy' })).toBeDefined();
    expect(screen.getByRole('complementary', { name: 'At a glance' })).toBeDefined();
    expect(document.querySelectorAll('math').length).toBeGreaterThan(10);
    expect(document.querySelector('math')?.namespaceURI).toMatch(/MathML/);
  });
  it('is walked through by arrow keys', async () => {
    const { user, title, entry, page } = open();
    entry('Entropy').focus();
    await user.keyboard('{ArrowDown}');
    expect(title()).toBe('Normalised entropy');
    expect(document.activeElement).toBe(entry('Normalised entropy'));
    await user.keyboard('{End}');
    expect(page.store.getState().id).toBe(DOCS.at(-1)?.id);
    await user.keyboard('{ArrowDown}{Home}{ArrowUp}');
    expect(title()).toBe('Entropy');
    // One stop for Tab.
    const stops = within(screen.getByRole('navigation', { name: /All measures/ }))
      .getAllByRole('button')
      .filter((each) => each.dataset.doc !== undefined && each.tabIndex === 0);
    expect(stops).toHaveLength(1);
  });
  it('finds by search, and opens what was found by Enter', async () => {
    const { user, title, index } = open();
    await user.type(screen.getByRole('searchbox', { name: 'Find a measure' }), 'hedges');
    expect(within(index()).getByRole('status').textContent).toBe('1 measure');
    await user.keyboard('{Enter}');
    expect(title()).toBe('Hedges’ g');
    await user.clear(screen.getByRole('searchbox'));
    await user.type(screen.getByRole('searchbox'), 'qwertz');
    expect(within(index()).getByRole('status').textContent).toMatch(/No measure/);
  });
  it('leads from page to page and puts the reader at the new title', async () => {
    const { user, title } = open();
    const related = screen.getByRole('navigation', { name: 'See also' });
    await user.click(within(related).getByRole('button', { name: 'Confidence' }));
    expect(title()).toBe('Confidence');
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
  });
  it.each(DOCS.map(({ id }) => id))('draws %s', (id) => {
    const error = vi.spyOn(console, 'error');
    open(id);
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
  });
});

it('the explanation of a view leads on', async () => {
  const onOpen = vi.fn();
  render(
    <ViewFrame
      id="x"
      title="A view"
      about={{
        sentence: 'A sentence.',
        formula: 'x',
        source: 'y',
        more: { label: 'More about this measure', onOpen },
      }}
      status={{ kind: 'ready' }}
    >
      <p>content</p>
    </ViewFrame>,
  );
  const user = userEvent.setup();
  await user.click(screen.getByText('What is this?'));
  await user.click(await screen.findByRole('button', { name: 'More about this measure' }));
  expect(onOpen).toHaveBeenCalledOnce();
});
