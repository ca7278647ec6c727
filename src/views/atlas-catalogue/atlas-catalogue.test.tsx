// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../measures/atlas/catalogue.ts';
import { AtlasProvider } from '../../state/atlas/atlas-hooks.tsx';
import { StoreProvider } from '../../state/hooks.tsx';
import { createAtlasScene } from '../../testing/atlas-scene.ts';
import { listScoringPlaces, searchTypes, toCatalogueTable } from './catalogue-rows.ts';
import AtlasCatalogue from './index.tsx';

afterEach(cleanup);

function show(made: ReturnType<typeof createAtlasScene>) {
  render(
    <StoreProvider store={made.scene}>
      <AtlasProvider atlas={made.atlas}>
        <AtlasCatalogue />
      </AtlasProvider>
    </StoreProvider>,
  );
  return userEvent.setup();
}

describe('the catalogue on the page', () => {
  it('stands there before anything was tested', () => {
    show(createAtlasScene());
    const names = screen.getAllByRole('button', { expanded: false });
    expect(names.length).toBe(CATALOGUE.length);
    expect(screen.getByRole('button', { name: /Induction head.*not tested yet/ })).toBeTruthy();
    expect(screen.getByRole('button', { name: /Memory head.*no test/ })).toBeTruthy();
  });

  it('says what a type does, and why it has no test', async () => {
    const user = show(createAtlasScene());
    await user.click(screen.getByRole('button', { name: /Truthfulness head/ }));
    expect(screen.getByText(/direction that goes with true answers/)).toBeTruthy();
    expect(screen.getByText(/No test here: it needs a classifier/)).toBeTruthy();
  });

  it('names the heads of this model that score, and selects them', async () => {
    const made = createAtlasScene();
    await made.test();
    const user = show(made);
    await user.click(screen.getByRole('button', { name: /Previous token head.*1 head/ }));
    expect(made.state().view.type).toBe('previous');
    await user.click(screen.getAllByRole('button', { name: 'L0·H1 1.00' })[0]);
    expect(made.scene.state().selection).toMatchObject({ layer: 0, head: 1 });
    expect(made.state().view.role).toBe('previous');
  });

  it('names the best head where none reaches the threshold', async () => {
    const made = createAtlasScene();
    await made.test();
    made.atlas.actions.setView({ type: 'duplicate' });
    show(made);
    // On random tokens, and on names.
    expect(screen.getAllByText(/No head of this model reaches the threshold/).length).toBe(2);
  });

  it('is searched in names, definitions and tests', async () => {
    expect(searchTypes('option letter').map(({ id }) => id)).toContain('single-letter');
    expect(searchTypes('successor monday').map(({ id }) => id)).toEqual(['successor']);
    expect(searchTypes('').length).toBe(CATALOGUE.length);
    const user = show(createAtlasScene());
    await user.type(screen.getByRole('searchbox', { name: 'Search the types' }), 'zzz');
    expect(await screen.findByText('No type has these words.')).toBeTruthy();
  });

  it('has a table with a row a type', async () => {
    const result = await createAtlasScene().test();
    const { columns, rows } = toCatalogueTable(CATALOGUE, result);
    expect(rows.length).toBe(CATALOGUE.length);
    for (const row of rows) expect(row.length).toBe(columns.length);
    const previous = rows[CATALOGUE.findIndex(({ id }) => id === 'previous')];
    expect(previous[7]).toBe('0.1');
    expect(previous[8]).toBeNull();
  });

  it('counts no heads by scores that name none', async () => {
    const made = createAtlasScene();
    const result = await made.test();
    const all = new Float64Array(4).fill(1);
    const tests = Object.fromEntries(
      Object.entries(result.tests).map(([id, each]) => [
        id,
        id === 'name-mover' ? each : { ...each, scores: all },
      ]),
    );
    for (const id of ['name-mover', 'copying-map', 'confident']) {
      const type = CATALOGUE.find((each) => each.id === id);
      if (type === undefined) throw new Error('there is such a type');
      expect(listScoringPlaces(type, { ...result, tests }), id).toEqual([]);
    }
    const user = show(made);
    await user.click(screen.getByRole('button', { name: /Copying weights.*scores only/ }));
    expect(screen.getByText(/names no head by itself/)).toBeTruthy();
  });
});
