// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { AtlasProvider } from '../../state/atlas/atlas-hooks.tsx';
import { StoreProvider } from '../../state/hooks.tsx';
import { createAtlasScene } from '../../testing/atlas-scene.ts';
import AtlasEvidence from './index.tsx';

afterEach(cleanup);

async function open(layer: number, head: number, role: string | null) {
  const made = createAtlasScene();
  const result = await made.test();
  made.scene.actions.select({ layer, head });
  made.atlas.actions.setView({ role });
  render(
    <StoreProvider store={made.scene}>
      <AtlasProvider atlas={made.atlas}>
        <AtlasEvidence />
      </AtlasProvider>
    </StoreProvider>,
  );
  return { ...made, result, user: userEvent.setup() };
}

describe('evidence', () => {
  it('shows the score, the rank, and the probe with query and key marked', async () => {
    const { result } = await open(0, 1, 'previous');
    expect(screen.getByText(/^Score 1\.000, threshold 0\.40 \(ours\)\./)).toBeTruthy();
    expect(screen.getByText(/Rank 1 of 4 heads; 1 head reaches the threshold/)).toBeTruthy();
    const { evidence } = result.tests.previous;
    if (evidence === null) throw new Error('there is evidence');
    const { tokens } = result.probes[evidence.probes[1]];
    const [query, key] = [evidence.queries[1], evidence.keys[1]];
    expect(screen.getByRole('region', { name: 'Probe text' })).toBeTruthy();
    const marks = document.querySelectorAll('.probe-text mark');
    expect([...marks].map(({ className }) => className)).toEqual(['key', 'query']);
    expect(query - key).toBe(1);
    expect(document.querySelectorAll('.probe-text > span').length).toBe(tokens.ids.length);
    expect(
      screen.getByText(new RegExp(`Query ${query} .* attends 100 % to key ${key}`)),
    ).toBeTruthy();
  });

  it('opens the very tokens in Read, with head, query and key selected', async () => {
    const { user, scene, result } = await open(0, 1, 'previous');
    await user.click(screen.getByRole('button', { name: 'Open in Read' }));
    await scene.whenIdle();
    const { evidence } = result.tests.previous;
    if (evidence === null) throw new Error('there is evidence');
    const { selection, workspace, tokens } = scene.state();
    expect(workspace).toBe('read');
    expect(selection).toEqual({
      layer: 0,
      head: 1,
      query: evidence.queries[1],
      key: evidence.keys[1],
    });
    expect(tokens?.ids).toEqual(result.probes[evidence.probes[1]].tokens.ids);
    expect(scene.shown()?.tokens.ids).toEqual(tokens?.ids);
  });

  it('says that a score of the weights has no text', async () => {
    await open(0, 1, 'successor');
    expect(screen.getByText(/comes from the weights alone/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Open in Read' })).toBeNull();
  });

  it('says why a test is undefined for the model', async () => {
    await open(0, 1, 'retrieval');
    expect(screen.getByText(/^Undefined for this model/)).toBeTruthy();
  });

  it('lets the role be chosen among those that the head has', async () => {
    const { user, state } = await open(0, 1, null);
    await user.click(screen.getByRole('button', { name: /^Fixed offset 1\.00/ }));
    expect(state().view.role).toBe('positional');
    expect(screen.getByText(/1 back/)).toBeTruthy();
  });
});
