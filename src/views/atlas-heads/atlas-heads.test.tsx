// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { parseRoleFilter } from '../../measures/atlas/role-filter.ts';
import { AtlasProvider } from '../../state/atlas/atlas-hooks.tsx';
import { StoreProvider } from '../../state/hooks.tsx';
import { createAtlasScene } from '../../testing/atlas-scene.ts';
import { toHeadRows } from './head-rows.ts';
import AtlasHeads from './index.tsx';

afterEach(cleanup);

async function open() {
  const made = createAtlasScene();
  const result = await made.test();
  render(
    <StoreProvider store={made.scene}>
      <AtlasProvider atlas={made.atlas}>
        <AtlasHeads />
      </AtlasProvider>
    </StoreProvider>,
  );
  const heads = () =>
    within(screen.getByRole('region', { name: 'Heads and their roles' }))
      .getAllByRole('rowheader')
      .map(({ textContent }) => textContent);
  return { ...made, result, heads, user: userEvent.setup() };
}

describe('the table of heads', () => {
  it('lists all heads by place with their roles', async () => {
    const { heads } = await open();
    expect(heads()).toEqual(['L0·H0', 'L0·H1', 'L1·H0', 'L1·H1']);
    const row = screen.getByRole('row', { name: /L0·H1/ });
    expect(row.textContent).toContain('Previous token');
  });

  it('sorts by a score, and keeps the choice in the view', async () => {
    const { heads, user, state, result } = await open();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Sort by' }), 'previous');
    expect(state().view.sort).toBe('previous');
    const scores = [...result.tests.previous.scores];
    expect(heads()[0]).toBe('L0·H1');
    const sorted = toHeadRows(result, 'previous', parseRoleFilter('')).map(({ score }) => score);
    expect(sorted).toEqual([...scores].sort((a, b) => b - a));
  });

  it('filters, and says what it cannot read', async () => {
    const { heads, user } = await open();
    const filter = screen.getByRole('searchbox', { name: /Filter/ });
    await user.type(filter, 'previous > .9');
    expect(heads()).toEqual(['L0·H1']);
    await user.clear(filter);
    await user.type(filter, 'nonsense > 1');
    expect(screen.getByRole('alert').textContent).toContain('“nonsense > 1”');
    expect(heads().length).toBe(4);
    await user.clear(filter);
    await user.type(filter, 'layer > 5');
    expect(screen.getByText('No head matches.')).toBeTruthy();
  });

  it('selects a head for all views', async () => {
    const { user, scene } = await open();
    await user.click(screen.getByRole('button', { name: 'L1·H0' }));
    expect(scene.state().selection).toMatchObject({ layer: 1, head: 0 });
    expect(screen.getByRole('row', { name: /L1·H0/ }).getAttribute('aria-current')).toBe('true');
  });

  it('compares heads by scores and by attention', async () => {
    const { user } = await open();
    expect(screen.getByRole('heading', { name: 'Most like L0·H0' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'by attention' }));
    // On the probe text the drawn head looks at itself: no other head of the fake does.
    const names = await screen.findAllByRole('button', { name: /^L\d·H\d 0\.\d{3}$/ });
    expect(names.length).toBe(3);
  });
});
