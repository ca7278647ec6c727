// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { LoadProgress, ModelRequest } from '../../protocol/engine.ts';
import { StoreProvider } from '../../state/hooks.tsx';
import { createHeadlightStore } from '../../state/store.ts';
import { FakeEngine } from '../../testing/fake-engine.ts';
import TextPanel from './index.tsx';

beforeAll(() => {
  Element.prototype.getBoundingClientRect ??= () => new DOMRect();
});
afterEach(cleanup);

/** The panel on a fake engine; `template` is what the model's file holds for conversations. */
async function open(template: string | null = 'template') {
  class TemplateEngine extends FakeEngine {
    override async loadModel(
      request: ModelRequest,
      onProgress: (progress: LoadProgress) => void,
    ): Promise<ModelFacts> {
      return { ...(await super.loadModel(request, onProgress)), chatTemplate: template };
    }
  }
  const headlight = createHeadlightStore(
    {
      createEngine: () => new TemplateEngine(),
      model: { origin: { kind: 'embedded' }, request: { fileName: 'x', sources: [] } },
      loadTexts: () => [],
      saveTexts: () => undefined,
      saveTheme: () => undefined,
    },
    {
      text: 'the cat saw the dog',
      sampleId: null,
      selection: {},
      display: {},
      theme: 'system',
    },
  );
  headlight.actions.loadModel();
  await headlight.whenIdle();
  render(
    <StoreProvider store={headlight}>
      <TextPanel />
    </StoreProvider>,
  );
  const list = () => screen.getByRole('listbox', { name: 'The text as tokens' });
  return {
    ...headlight,
    user: userEvent.setup(),
    list,
    tokens: () => [...list().querySelectorAll<HTMLElement>('[role=option]')],
    readout: () => screen.getByRole('status'),
    field: () => screen.getByRole('textbox', { name: 'Your text' }),
  };
}
const selection = (store: { getState(): { selection: { query: unknown; key: unknown } } }) => {
  const { query, key } = store.getState().selection;
  return { query, key };
};

describe('the strip', () => {
  it('shows each token as an option, tinted, with the scale in numbers', async () => {
    const { tokens, readout } = await open();
    expect(tokens().map((token) => token.textContent)).toEqual([
      ...['the', ' cat', ' saw', ' the', ' dog'],
    ]);
    expect(tokens()[2].style.background).not.toBe('');
    expect(screen.getByRole('img', { name: /^Scale of the tint: 0, .* nats$/ })).toBeTruthy();
    expect(readout().textContent).toContain('Click a token');
  });

  it('selects a query by click and a key with Shift, says and marks both', async () => {
    const { tokens, store, user, readout } = await open();
    await user.click(tokens()[3]);
    fireEvent.click(tokens()[1], { shiftKey: true });
    expect(selection(store)).toEqual({ query: 3, key: 1 });
    expect(tokens().map((token) => token.getAttribute('aria-selected'))).toEqual([
      ...['false', 'false', 'false', 'true', 'false'],
    ]);
    expect(tokens()[1].dataset.key).toBe('only');
    expect(readout().textContent).toMatch(/^token 3 “·the” · entropy of its attention 0\.611 nats/);
  });

  it('moves by keyboard, names the active token, selects with Enter', async () => {
    const { list, tokens, store, user, readout } = await open();
    list().focus();
    await user.keyboard('{End}{ArrowLeft}');
    expect(list().getAttribute('aria-activedescendant')).toBe(tokens()[3].id);
    await user.keyboard('{Enter}{Home}{Shift>}{Enter}{/Shift}');
    expect(selection(store)).toEqual({ query: 3, key: 0 });
    expect(readout().textContent).toContain('token 0');
  });

  it('previews what the pointer is on and draws no token again for it', async () => {
    const { tokens, store, list } = await open();
    const before = tokens();
    const changed = vi.fn();
    const observer = new MutationObserver(changed);
    observer.observe(list(), { childList: true, subtree: true });
    fireEvent.pointerOver(before[2]);
    await waitFor(() => expect(store.getState().preview).toEqual({ query: 2 }));
    expect(before[2].dataset.pointed).toBe('only');
    fireEvent.pointerLeave(list());
    await waitFor(() => expect(store.getState().preview).toBeNull());
    expect(before[2].dataset.pointed).toBeUndefined();
    await Promise.resolve();
    expect(changed).not.toHaveBeenCalled();
    observer.disconnect();
  });

  it('selects and marks whole sentences where these are the unit', async () => {
    const { tokens, store, actions, user, whenIdle } = await open();
    actions.setText('The cat sat. It saw. Then it ran.');
    await whenIdle();
    actions.setDisplay({ unit: 'sentence' });
    await screen.findByText('ran.');
    await user.click(tokens()[3]);
    expect(selection(store).query).toBe(1);
    expect(tokens().map((token) => token.dataset.query ?? '')).toEqual([
      ...['', '', '', 'first', 'last', '', '', ''],
    ]);
  });

  it('shows a long text page by page, all of it reachable by keyboard', async () => {
    const { actions, list, tokens, user, store, whenIdle } = await open();
    actions.setText(Array.from({ length: 1500 }, (_, i) => `w${i}`).join(' '));
    await whenIdle();
    await screen.findByText('tokens 0–599 of 1500');
    expect(tokens()).toHaveLength(600);
    expect(list().querySelectorAll('*').length).toBeLessThan(1300);
    expect(screen.getByRole('alert').textContent).toContain('1500 tokens');
    list().focus();
    await user.keyboard('{End}');
    expect(screen.getByText('tokens 1200–1499 of 1500')).toBeTruthy();
    await user.keyboard('{PageUp}{ArrowLeft}{Enter}');
    expect(store.getState().selection.query).toBe(599);
    expect(tokens()[599].getAttribute('aria-selected')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'Next page' }));
    expect(tokens()[0].textContent).toBe(' w600');
    await user.click(screen.getByRole('button', { name: 'Keep the first 64 tokens' }));
    expect(store.getState().text.endsWith(' w63')).toBe(true);
  });
});

describe('the field', () => {
  it('stays in every state; an empty one invites', async () => {
    const { field, user, store, whenIdle } = await open();
    await user.clear(field());
    await whenIdle();
    expect(screen.queryByRole('listbox')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'The plumber' }));
    expect(store.getState().sampleId).toBe('plumber');
    expect(field().textContent).toContain('Did you call the plumber');
  });

  it('offers samples in groups by domain', async () => {
    await open();
    const pick = screen.getByRole('combobox', { name: 'Sample' });
    const groups = within(pick).getAllByRole('group');
    expect(groups.map((group) => group.getAttribute('label'))).toEqual([
      ...['Demonstration', 'Conversation', 'Web', 'Code', 'Mathematics'],
    ]);
  });

  it('says why a file cannot be opened and keeps the text', async () => {
    const { store } = await open();
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    if (input === null) throw new Error('there is no file input');
    const picture = new File([new Uint8Array(9)], 'cat.png');
    picture.arrayBuffer ??= async () => new ArrayBuffer(9);
    fireEvent.change(input, { target: { files: [picture] } });
    expect((await screen.findByRole('alert')).textContent).toMatch(/cat\.png is not a text file/);
    expect(store.getState().text).toBe('the cat saw the dog');
  });
});

describe('turns', () => {
  it('are made of speakers in one step, edited, and turned back', async () => {
    const { actions, user, store, whenIdle, field } = await open();
    actions.setText('Ann: hi\nBo: yo');
    await whenIdle();
    await user.click(screen.getByRole('button', { name: 'As turns' }));
    await whenIdle();
    expect(store.getState().text).toBe('user: hi\nassistant: yo');
    await user.click(screen.getByRole('button', { name: 'Add a turn' }));
    const added = screen.getByRole('textbox', { name: 'Turn 3' });
    expect(document.activeElement).toBe(added);
    await user.type(added, 'ok');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Role of turn 3' }), 'system');
    await user.click(screen.getByRole('button', { name: 'Move turn 3 up' }));
    await user.click(screen.getByRole('button', { name: 'Remove turn 1' }));
    await whenIdle();
    expect(store.getState().text).toBe('system: ok\nassistant: yo');
    await user.click(screen.getByRole('button', { name: 'As turns' }));
    await whenIdle();
    expect(field().textContent).toBe('System: ok\nBo: yo');
  });

  it('are not offered by a model without a template, which says so', async () => {
    await open(null);
    const chip = screen.getByRole('button', { name: 'no chat template' });
    expect(chip).toHaveProperty('disabled', true);
    expect(chip.title).toContain('no template for conversations');
  });
});
