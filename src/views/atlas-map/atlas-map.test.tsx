// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AtlasProvider } from '../../state/atlas/atlas-hooks.tsx';
import { StoreProvider } from '../../state/hooks.tsx';
import { createAtlasScene } from '../../testing/atlas-scene.ts';
import AtlasMap from './index.tsx';
import { roleColor, toRoleMap } from './map-data.ts';

beforeAll(() => {
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  HTMLCanvasElement.prototype.getContext = () => null;
});
afterEach(cleanup);

function show(made: ReturnType<typeof createAtlasScene>) {
  render(
    <StoreProvider store={made.scene}>
      <AtlasProvider atlas={made.atlas}>
        <AtlasMap />
      </AtlasProvider>
    </StoreProvider>,
  );
  return userEvent.setup();
}

describe('the map of roles', () => {
  it('invites to test the model, with the time that it will take', async () => {
    const made = createAtlasScene();
    await made.load();
    const user = show(made);
    expect(screen.getByText(/about 5 seconds/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Test all heads of this model' }));
    await made.atlas.whenIdle();
    expect(await screen.findByRole('group', { name: /Map of all heads/ })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Test all heads of this model' })).toBeNull();
  });

  it('tells progress, and stops', async () => {
    const made = createAtlasScene();
    await made.load();
    const user = show(made);
    made.scene.hold('survey', 6);
    await user.click(screen.getByRole('button', { name: 'Test all heads of this model' }));
    expect(await screen.findByRole('progressbar', { name: /Probe \d+ of \d+/ })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    made.scene.letGo();
    await made.atlas.whenIdle();
    expect(screen.getByRole('button', { name: 'Test all heads of this model' })).toBeTruthy();
  });

  it('says the selected head’s roles, and moves by keys', async () => {
    const made = createAtlasScene();
    await made.test();
    made.scene.actions.select({ layer: 0, head: 1 });
    show(made);
    expect(screen.getByText(/^L0·H1: .*Previous token.*1\.00/)).toBeTruthy();
    fireEvent.keyDown(screen.getByRole('group', { name: /Map of all heads/ }), {
      key: 'ArrowRight',
    });
    expect(made.scene.state().selection).toMatchObject({ layer: 1, head: 1 });
  });

  it('shows one test’s scores with its threshold', async () => {
    const made = createAtlasScene();
    await made.test();
    made.scene.actions.select({ layer: 0, head: 1 });
    const user = show(made);
    await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'previous');
    expect(made.state().view.role).toBe('previous');
    expect(screen.getByText(/reaches the threshold of 0\.40/)).toBeTruthy();
  });
});

describe('the map’s data', () => {
  it('has rows of heads and columns of layers', async () => {
    const result = await createAtlasScene().test();
    const { values, scale } = toRoleMap(result, 'previous');
    const { scores } = result.tests.previous;
    expect([...values]).toEqual([scores[0], scores[2], scores[1], scores[3]]);
    expect(scale).toEqual({ kind: 'sequential', from: 0, to: 1 });
  });

  it('takes a scale with two sides for scores below 0', async () => {
    const result = await createAtlasScene().test();
    const scores = Float64Array.of(-2, 1, Number.NaN, 0);
    const tests = { ...result.tests, negative: { ...result.tests.negative, scores } };
    const { scale, values } = toRoleMap({ ...result, tests }, 'negative');
    expect(scale).toEqual({ kind: 'diverging', limit: 3 });
    expect(values[1]).toBeNaN();
  });

  it('has nothing but undefined cells for a test without scores', async () => {
    const result = await createAtlasScene().test();
    expect([...toRoleMap(result, 'retrieval').values]).toEqual(new Array(4).fill(Number.NaN));
  });

  it('colours stronger roles more', async () => {
    const result = await createAtlasScene().test();
    const [role] = toRoleMap(result, null).roles.filter((each) => each !== null);
    const colors = [0, 0.5, 1, 2].map((strength) => roleColor({ ...role, strength }, 'light'));
    expect(new Set(colors).size).toBe(3);
    expect(colors[2]).toBe(colors[3]);
  });
});
