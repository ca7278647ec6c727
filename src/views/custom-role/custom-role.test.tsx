// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AtlasProvider } from '../../state/atlas/atlas-hooks.tsx';
import { createEmptyPainting } from '../../state/atlas/custom-role-store.ts';
import { StoreProvider } from '../../state/hooks.tsx';
import { createAtlasScene } from '../../testing/atlas-scene.ts';
import { toCustomTable } from './custom-rows.ts';
import CustomRole from './index.tsx';
import { countPainted, isPainted, PRESETS, paintAll, paintCell } from './painting.ts';

beforeAll(() => {
  HTMLCanvasElement.prototype.getContext = () => null;
});
afterEach(cleanup);

async function open(text = 'the cat saw the dog') {
  const made = createAtlasScene();
  made.scene.actions.setText(text);
  await made.load();
  await made.scene.whenIdle();
  render(
    <StoreProvider store={made.scene}>
      <AtlasProvider atlas={made.atlas}>
        <CustomRole />
      </AtlasProvider>
    </StoreProvider>,
  );
  const user = userEvent.setup();
  const rule = () => screen.getByRole('textbox', { name: /Rule/ });
  return {
    ...made,
    user,
    rule,
    async find() {
      await user.click(screen.getByRole('button', { name: 'Find heads' }));
      await made.atlas.whenIdle();
      return screen.findByRole('table');
    },
  };
}

describe('a role of one’s own', () => {
  it('ranks heads by a rule, and opens the clearest cell in Read', async () => {
    const { user, rule, find, scene } = await open();
    await user.clear(rule());
    await user.type(rule(), 'previous');
    const table = await find();
    const [first] = within(table).getAllByRole('rowheader');
    expect(first.textContent).toBe('L0·H1');
    await user.click(screen.getByRole('button', { name: /clearest cell of L0·H1/ }));
    expect(scene.state().workspace).toBe('read');
    expect(scene.state().selection).toMatchObject({ layer: 0, head: 1, query: 1, key: 0 });
  });

  it('says what is wrong with a rule, and does not try it', async () => {
    const { user, rule } = await open();
    await user.clear(rule());
    expect(screen.getByText(/for example: after same token/)).toBeTruthy();
    await user.type(rule(), 'previous or sideways');
    expect(screen.getByText('“sideways” is no term (character 13).')).toBeTruthy();
    expect(rule().getAttribute('aria-invalid')).toBe('true');
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Find heads' });
    expect(button.disabled).toBe(true);
  });

  it('says that a rule means nothing here', async () => {
    const { user, rule, atlas } = await open();
    await user.clear(rule());
    await user.type(rule(), '40 back{Enter}');
    await atlas.whenIdle();
    expect(await screen.findByText(/means no cell/)).toBeTruthy();
  });

  it('is painted with keys, and found', async () => {
    const { user, find, atlas } = await open('a b c d e f g h i j k l m n o p q r');
    await user.click(screen.getByRole('button', { name: 'paint' }));
    expect(screen.getByText('Nothing is painted yet.')).toBeTruthy();
    const grid = screen.getByRole('group', { name: /Painting, 16 by 16/ });
    fireEvent.keyDown(grid, { key: 'ArrowRight' });
    fireEvent.keyDown(grid, { key: ' ' });
    expect(screen.getAllByText('part 16 looking at part 2: painted').length).toBeGreaterThan(0);
    expect(screen.getByText('1 cell painted')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'first column' }));
    expect(countPainted(atlas.custom.store.getState().painted)).toBe(15);
    const table = await find();
    expect(within(table).getAllByRole('rowheader')[0].textContent).toBe('L1·H1');
  });
});

describe('painting', () => {
  const empty = createEmptyPainting();

  it('keeps to the cells on and below the diagonal', () => {
    expect(paintCell(empty, 2, 3, true)).toBe(empty);
    expect(paintCell(empty, 16, 0, true)).toBe(empty);
    const painted = paintCell(empty, 3, 2, true);
    expect([isPainted(painted, 3, 2), isPainted(empty, 3, 2)]).toEqual([true, false]);
    expect(paintCell(painted, 3, 2, true)).toBe(painted);
    expect(countPainted(paintCell(painted, 3, 2, false))).toBe(0);
  });

  it('has presets to begin with', () => {
    expect(countPainted(paintAll(16, PRESETS.presetPrevious))).toBe(15);
    expect(countPainted(paintAll(16, PRESETS.presetBlock))).toBe(40);
  });
});

describe('the table of matches', () => {
  it('has empty cells where there is nothing to show', () => {
    const { rows } = toCustomTable({
      role: { kind: 'painted', painted: createEmptyPainting() },
      layerCount: 1,
      headCount: 2,
      scores: Float64Array.of(0.2, 0.4),
      texts: Int32Array.of(-1, 0),
      queries: Int32Array.of(-1, 3),
      keys: Int32Array.of(-1, 1),
      weights: Float32Array.of(Number.NaN, 0.5),
      tokens: [],
      cellCount: 1,
    });
    expect(rows).toEqual([
      [0, 1, 0.4, 0, 3, 1, 0.5],
      [0, 0, 0.2, null, null, null, null],
    ]);
  });
});
