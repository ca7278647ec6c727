// @vitest-environment jsdom
import { File as NodeFile } from 'node:buffer';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { HeadlightError } from '../../lib/headlight-error.ts';
import { DomainsProvider } from '../../state/domains/domains-hooks.tsx';
import { createDomainsScene, drawSet, drawText } from '../../testing/domains-scene.ts';
import { MemoryDomains } from '../../testing/memory-domains.ts';
import DomainSets from './index.tsx';

afterEach(cleanup);

async function open(kept = new MemoryDomains()) {
  const scene = createDomainsScene(kept);
  await scene.page.load();
  await scene.actions.open();
  await scene.idle();
  render(
    <DomainsProvider domains={scene.domains}>
      <DomainSets />
    </DomainsProvider>,
  );
  const rows = () =>
    [...screen.getByRole('table', { name: 'Sets of texts' }).querySelectorAll('tr[data-set]')].map(
      (row) => row as HTMLElement,
    );
  const button = (name: string | RegExp) => screen.getByRole('button', { name });
  return { ...scene, user: userEvent.setup(), rows, button };
}

/** Files as they are picked; the page's own kind cannot be read in these tests. */
const pick = (input: string, ...files: readonly (readonly [string, string])[]): void => {
  const field = document.querySelector(`[data-input=${input}]`);
  if (field === null) throw new Error(`there is no ${input}`);
  fireEvent.change(field, {
    target: { files: files.map(([name, content]) => new NodeFile([content], name)) },
  });
};

describe('an empty workspace', () => {
  it('runs the built-in domains after one click', async () => {
    const { user, button, rows, idle } = await open();
    expect(screen.getByText(/written for demonstration/)).toBeTruthy();
    await user.click(button('Use the four built-in domains'));
    await idle();
    await screen.findAllByText('All 4 texts are done.');
    expect(rows().map((row) => within(row).getAllByRole('cell')[0].textContent)).toEqual([
      '2',
      '2',
    ]);
    expect(within(rows()[0]).getByText('20 · 20 · 20')).toBeTruthy();
    expect(within(rows()[0]).getByText('shortest 20, median 20, longest 20 tokens')).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(screen.queryByText('Use the four built-in domains')).toBeNull();
    expect(
      screen.getByText(/^The sets and the results of 4 texts stay in this browser/),
    ).toBeTruthy();
  });

  it('takes pasted texts, several by a line between them, and then says what is missing', async () => {
    const { user, button, rows, idle } = await open();
    expect(button('Add')).toHaveProperty('disabled', true);
    await user.type(screen.getByLabelText('Name of the set'), 'chats');
    const texts = `${drawText('a', 20)}\n---\n${drawText('b', 18)}`;
    fireEvent.change(screen.getByLabelText('Texts'), { target: { value: texts } });
    await user.click(button('Add 2 texts'));
    await idle();
    expect(rows()).toHaveLength(1);
    expect(screen.getByText('Add a second set to compare with.')).toBeTruthy();
    expect(screen.getByText(/^chats has only 2 texts/)).toBeTruthy();
    expect(
      screen.getByText('Each text counts with its first 16 tokens.', { exact: false }),
    ).toBeTruthy();
    await user.click(button('Run 2 texts'));
    await idle();
    await screen.findAllByText('All 2 texts are done.');
  });

  it('keeps what is typed while files come in and the form moves', async () => {
    const { user, rows } = await open();
    await user.type(screen.getByLabelText('Name of the set'), 'mine');
    fireEvent.change(screen.getByLabelText('Texts'), { target: { value: 'not added yet' } });
    pick('text-files', ['notes.txt', drawText('n', 20)]);
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(screen.getByLabelText<HTMLInputElement>('Name of the set').value).toBe('mine');
    expect(screen.getByLabelText<HTMLTextAreaElement>('Texts').value).toBe('not added yet');
  });

  it('takes what is pasted anywhere on the page into the field', async () => {
    await open();
    fireEvent.paste(document.body, { clipboardData: { getData: () => 'one text' } });
    fireEvent.paste(document.body, { clipboardData: { getData: () => 'another' } });
    expect(screen.getByLabelText<HTMLTextAreaElement>('Texts').value).toBe(
      'one text\n---\nanother',
    );
    expect(screen.getByRole('button', { name: 'Add 2 texts' })).toBeTruthy();
  });

  it('parts pasted text as the person wants', async () => {
    const { user, state } = await open();
    fireEvent.change(screen.getByLabelText('Texts'), { target: { value: 'one\n\ntwo\n\nthree' } });
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Several texts in it' }),
      'parted at empty lines (3 texts)',
    );
    await user.click(screen.getByRole('button', { name: 'Add 3 texts' }));
    await waitFor(() => expect(state().sets.map(({ texts }) => texts.length)).toEqual([3]));
    expect(state().sets[0].name).toBe('Set 1');
  });

  it('asks which columns of a table are meant, and says what became of its rows', async () => {
    const { user, button, state } = await open();
    pick('text-files', ['t.csv', 'who,said\nAnn,hello there\nBob,hi\nAnn,\n']);
    const form = await screen.findByRole('form', { name: 'Which columns of t.csv are meant?' });
    expect(within(form).getByRole('alert').textContent).toBe(
      'No column is called “text” or the like.',
    );
    expect(within(form).getByLabelText<HTMLSelectElement>('Column with the texts').value).toBe(
      'said',
    );
    await user.selectOptions(within(form).getByLabelText('Column that names the set'), 'who');
    await user.click(button('Use these columns'));
    await screen.findByText(/^t\.csv: 2 texts from column “said”, sets by “who”\./);
    expect(screen.getByText(/1 row has no text \(line 4\)/)).toBeTruthy();
    expect(state().sets.map(({ name }) => name)).toEqual(['Ann', 'Bob']);
    await user.click(button('Choose other columns of t.csv'));
    expect(await screen.findByRole('form')).toBeTruthy();
    await user.click(button('Leave this table'));
    await user.click(button('Got it'));
    expect(screen.queryByText(/from column/)).toBeNull();
  });

  it('says which files are no texts', async () => {
    await open();
    pick('text-files', ['a.txt', 'hello'], ['picture.png', 'x'], ['list.json', '{"a": 1}']);
    expect(
      await screen.findByText(/1 file is no text that can be read: picture\.png/),
    ).toBeTruthy();
    expect(await screen.findByText('list.json is no list of texts.')).toBeTruthy();
  });
});

describe('the queue', () => {
  it('is paused and goes on, and tells how far it is', async () => {
    const { page, user, button, state, idle } = await open();
    page.hold('survey', 3);
    await user.click(button('Use the four built-in domains'));
    await waitFor(() => expect(state().counts.done).toBe(1));
    expect(await screen.findByText(/^1 of 4 texts done · about \d+ s left$/)).toBeTruthy();
    const bar = screen.getByRole('progressbar', { name: 'Texts done' });
    expect(bar).toHaveProperty('value', 0.25);
    await user.click(button('Pause'));
    await screen.findAllByText('Paused: 1 of 4 texts done.');
    page.letGo();
    await user.click(button('Go on'));
    await idle();
    await screen.findAllByText('All 4 texts are done.');
  });

  it('is offered again after a reload', async () => {
    const kept = new MemoryDomains();
    const before = createDomainsScene(kept);
    await before.page.load();
    before.page.hold('survey', 5);
    await before.actions.addBuiltIn();
    await waitFor(() => expect(kept.progress?.done).toBe(2));
    const { user, button, idle } = await open(kept);
    expect(screen.getAllByText('2 of 4 texts were done when this page was left.')).toHaveLength(2);
    await user.click(button('Go on'));
    await idle();
    await screen.findAllByText('All 4 texts are done.');
  });

  it('lists texts that failed with their reasons, and tries them again', async () => {
    const { page, user, button, idle } = await open();
    page.failNext('survey', new HeadlightError('out-of-memory', 'Not enough memory: 1 GB'));
    await user.click(button('Use the four built-in domains'));
    await idle();
    await user.click(await screen.findByText('1 text failed; the others go on'));
    expect(screen.getByText(/^: Not enough memory: 1 GB\. Close other tabs/)).toBeTruthy();
    expect(screen.getByText('c1 (chat)')).toBeTruthy();
    await user.click(button('Try it again'));
    await idle();
    await screen.findAllByText('All 4 texts are done.');
    expect(screen.queryByText(/failed/)).toBeNull();
  });

  it('says that old results are old once the length changes', async () => {
    const { user, actions, button, idle } = await open();
    await actions.addSets([drawSet('a', 'a1:40', 'a2:40'), drawSet('b', 'b1:40', 'b2:20')]);
    actions.setRules({ length: 32 });
    actions.start();
    await idle();
    expect(await screen.findByText('1 text is shorter and left out: 1 of b.')).toBeTruthy();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Length' }), '16 tokens');
    await idle();
    expect(
      await screen.findAllByText(
        '4 texts wait to be run. The results below are those of 32 tokens with fake.',
      ),
    ).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'windows' }));
    await idle();
    expect(
      screen.getByText(/up to 4 stretches of 16 tokens, which make one value together/),
    ).toBeTruthy();
    await user.click(button('Run 4 texts'));
    await idle();
    await screen.findAllByText('All 4 texts are done.');
  });

  it('says that results need more room than there is, as soon as one is there and before a run', async () => {
    const kept = new MemoryDomains();
    const { user, button, state, idle } = await open(kept);
    await user.click(button('Use the four built-in domains'));
    await idle();
    expect(screen.queryByRole('note')).toBeNull();
    const small = new MemoryDomains();
    small.room = 3 * (state().profileBytes ?? Number.NaN);
    cleanup();
    const other = await open(small);
    await other.user.click(other.button('Use the four built-in domains'));
    await other.idle();
    expect((await screen.findByRole('note')).textContent).toMatch(
      /^The results of all these texts take about .* results at most/,
    );
    // Another length: nothing of it is done, and what it takes is known.
    act(() => other.actions.setRules({ length: 8 }));
    await other.idle();
    expect(other.state().counts).toMatchObject({ done: 0, total: 4 });
    expect(screen.getByRole('note')).toBeTruthy();
  });

  it('says that nothing is kept where the browser refuses', async () => {
    const kept = new MemoryDomains();
    kept.refuse('storage-full');
    await open(kept);
    expect((await screen.findByRole('alert')).textContent).toContain('no room left');
  });
});

describe('the list of sets', () => {
  it('renames, merges, moves and removes, asking once more before texts are gone', async () => {
    const { user, actions, rows, button, state, idle } = await open();
    await actions.addSets([
      drawSet('a', 'a1:20', 'a2:20'),
      drawSet('b', 'b1:20'),
      drawSet('c', 'c1:20'),
    ]);
    await idle();
    const name = screen.getByRole('textbox', { name: 'Name of set 1' });
    await user.clear(name);
    await user.type(name, 'alpha{Enter}');
    expect(state().sets[0].name).toBe('alpha');
    await user.clear(name);
    await user.tab();
    expect(state().sets[0].name).toBe('alpha');

    await user.click(button('Texts of alpha'));
    const list = screen.getByRole('list', { name: 'Texts of alpha' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(2);
    await user.selectOptions(
      within(list).getByRole('combobox', { name: 'Move “a2” to another set' }),
      'b',
    );
    expect(state().sets.map(({ texts }) => texts.length)).toEqual([1, 2, 1]);
    await user.selectOptions(
      screen.getByRole('combobox', { name: 'Put alpha into another set' }),
      'c',
    );
    expect(state().sets.map(({ name: each, texts }) => `${each} ${texts.length}`)).toEqual([
      'b 2',
      'c 2',
    ]);
    await user.click(button('Remove “a1”'));
    expect(state().sets[1].texts).toHaveLength(1);

    await user.click(button('Remove b'));
    await user.tab();
    expect(rows()).toHaveLength(2);
    await user.click(button('Remove b'));
    await user.click(button('Remove 2 texts? (Remove b)'));
    expect(rows()).toHaveLength(1);
    await user.click(button('Start over'));
    await user.click(button(/^Remove 1 set\?/));
    expect(button('Use the four built-in domains')).toBeTruthy();
    await idle();
  });

  it('says which texts are repeated, and keeps each once', async () => {
    const { user, actions, button, state, idle } = await open();
    await actions.addSets([drawSet('a', 'x:20', 'x:20'), drawSet('b', 'x:20', 'y:20')]);
    await idle();
    expect(screen.getByText(/^a has 1 repeat of a text/)).toBeTruthy();
    expect(screen.getByText(/^1 text stands in a and b/)).toBeTruthy();
    await user.click(button('Keep each once'));
    expect(state().sets[0].texts).toHaveLength(1);
    expect(screen.getByText(/^a has one text/)).toBeTruthy();
    await idle();
  });
});
