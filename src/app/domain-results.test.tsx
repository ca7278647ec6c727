// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { InProcessAnalysis } from '../analysis/in-process-analysis.ts';
import { HeadlightError } from '../lib/headlight-error.ts';
import { nextTask } from '../lib/next-task.ts';
import { AnalysisDesk } from '../state/analysis-desk.ts';
import { AnalysisProvider } from '../state/analysis-hooks.tsx';
import type { DomainResults as Results } from '../state/domains/domain-results.ts';
import { DomainsProvider } from '../state/domains/domains-hooks.tsx';
import { StoreProvider } from '../state/hooks.tsx';
import { createResults, createSetOfValues } from '../testing/domain-results.ts';
import { createDomainsScene } from '../testing/domains-scene.ts';
import { DomainResults } from './DomainResults.tsx';

beforeAll(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      private readonly tell: (entries: { contentRect: { width: number } }[]) => void;
      constructor(tell: (entries: { contentRect: { width: number } }[]) => void) {
        this.tell = tell;
      }
      observe() {
        this.tell([{ contentRect: { width: 600 } }]);
      }
      disconnect() {}
    },
  );
});
beforeEach(() => {
  HTMLCanvasElement.prototype.getContext = () => null;
});
afterEach(cleanup);

const MEASURES = [
  'distance',
  'distance-tail',
  'entropy',
  'entropy-renormalised',
  'interdependency',
];

/** Eight texts: each head's value and a hundredth more from text to text. */
function drawSet(name: string, heads: readonly number[], colorIndex: number) {
  const values = Array.from({ length: 8 }, (_, text) => heads.map((value) => value + text * 0.01));
  return createSetOfValues(name, MEASURES, values, colorIndex);
}

/** "chat" is the reference; in "code" L1·H0 is 4 less and L0·H1 0.06 more; "web" is as "chat". */
const THREE_SETS = createResults([
  drawSet('chat', [1, 2, 7, 4], 0),
  drawSet('code', [1, 2.06, 3, 4], 1),
  drawSet('web', [1, 2, 7, 4], 2),
]);

async function open(results: Results | null, broken: Partial<InProcessAnalysis> = {}) {
  const scene = createDomainsScene();
  await scene.page.load();
  await scene.actions.open();
  const desk = new AnalysisDesk();
  const analysis = new InProcessAnalysis({ pause: nextTask, now: () => performance.now() });
  Object.assign(analysis, broken);
  const domains = {
    ...scene.domains,
    results: (state: Parameters<typeof scene.domains.results>[0]) =>
      results === null ? null : pick(results, state.options.referenceId, state.options.comparedId),
  };
  const picked = new Map<string, Results>();
  function pick(all: Results, reference: string | null, compared: string | null): Results {
    const key = `${reference} ${compared}`;
    const found = picked.get(key) ?? {
      ...all,
      referenceId: reference ?? all.referenceId,
      comparedId: compared ?? all.comparedId,
    };
    picked.set(key, found);
    return found;
  }
  render(
    <StoreProvider store={scene.page}>
      <DomainsProvider domains={domains}>
        <AnalysisProvider analysis={analysis} desk={desk}>
          <DomainResults />
        </AnalysisProvider>
      </DomainsProvider>
    </StoreProvider>,
  );
  await desk.whenIdle();
  return {
    ...scene,
    desk,
    user: userEvent.setup(),
    /** The frame of a view; its table has the same name. */
    view: (name: RegExp) => {
      const [frame] = screen.getAllByRole('region', { name });
      return frame;
    },
  };
}

describe('results of domains', () => {
  it('say why there are none', async () => {
    const { view } = await open(null);
    expect(view(/In short/).textContent).toMatch(/Put texts into two or more sets above/);
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('begin with the answer, its numbers and what it does not say', async () => {
    const { view } = await open(THREE_SETS);
    const summary = view(/In short/);
    await waitFor(() =>
      expect(within(summary).getByText(/on these texts the model treats code/).textContent).toBe(
        'Yes: on these texts the model treats code differently from chat.',
      ),
    );
    expect(summary.textContent).toContain(
      'Of 4 heads 2 differ in distance, 2 in entropy, 2 in interdependency.',
    );
    // 14 / 4 and 10.06 / 4, each with the mean of the steps between texts.
    expect(summary.textContent).toContain(
      'On code, heads look less far back than on chat: 2.55 tokens against 3.54 tokens',
    );
    expect(summary.textContent).toContain('Clearest: L1·H0 with 3.04 tokens against 7.04 tokens.');
    expect(summary.textContent).toContain('8 texts of code, 8 of chat, first 5 tokens');
    expect(summary.textContent).toContain('all splits of the texts');
    expect(summary.textContent).toContain('an association in these texts');
    expect(summary.textContent).toContain('Ours, not the papers’: interdependency');
  });

  it('count for each other set, and compare another one on a click', async () => {
    const { view, user, state, desk } = await open(THREE_SETS);
    const chips = within(view(/In short/)).getByRole('group', { name: /Sets to compare/ });
    await waitFor(() =>
      expect(within(chips).getByRole('button', { name: 'code: 2 heads' })).toBeTruthy(),
    );
    await user.click(within(chips).getByRole('button', { name: 'web: 0 heads' }));
    expect(state().options.comparedId).toBe('web');
    await desk.whenIdle();
    await waitFor(() =>
      expect(view(/In short/).textContent).toContain(
        'No clear difference: on these texts no head treats web differently from chat',
      ),
    );
  });

  it('list heads by the size of their effect and open their texts in Read', async () => {
    const { view, user, page } = await open(THREE_SETS);
    const table = await within(view(/Heads that differ most/)).findByRole('table');
    const heads = within(table)
      .getAllByRole('rowheader')
      .map((cell) => cell.textContent);
    expect(heads).toEqual(['L1·H0', 'L0·H1', 'L0·H0', 'L1·H1']);
    await user.click(
      within(view(/Heads that differ most/)).getByRole('button', { name: 'Significant only' }),
    );
    expect(within(view(/Heads that differ most/)).getAllByRole('rowheader')).toHaveLength(2);
    await user.click(screen.getByRole('button', { name: 'Select layer 0 head 1' }));
    expect(page.store.getState().selection).toMatchObject({ layer: 0, head: 1 });
    // The mean lies between the fourth and the fifth text.
    await user.click(
      within(view(/Heads that differ most/)).getAllByRole('button', {
        name: /^Open “code [34]” of code in Read/,
      })[0],
    );
    expect(page.store.getState()).toMatchObject({
      workspace: 'read',
      selection: { layer: 1, head: 0 },
    });
    expect(page.store.getState().text).toMatch(/^code says [34]$/);
  });

  it('show maps with names, walk through heads by keys, and change to lines', async () => {
    const { view, user, page, state, desk } = await open(THREE_SETS);
    const maps = () => view(/Layers and heads/);
    const charts = within(maps()).getAllByRole('group', { name: /layer by head/ });
    expect(charts.map((chart) => chart.getAttribute('aria-label')?.split(':')[0])).toEqual([
      'chat',
      'code',
      'web',
    ]);
    charts[1].focus();
    await user.keyboard('{ArrowRight}');
    expect(page.store.getState().selection).toMatchObject({ layer: 1, head: 0 });
    await waitFor(() => expect(charts[1].textContent).toContain('L1·H0; code: 3.03 tokens'));
    await user.click(within(maps()).getByRole('button', { name: 'difference' }));
    expect(state().options.shows).toBe('difference');
    await desk.whenIdle();
    expect(within(maps()).getAllByRole('group', { name: /^code − chat/ })).toHaveLength(1);
    await user.click(within(maps()).getByRole('button', { name: 'by layer' }));
    await desk.whenIdle();
    expect(await within(maps()).findByRole('group', { name: /distance as lines/ })).toBeTruthy();
  });

  it('have the same numbers as a table, undefined ones as a dash', async () => {
    const { view, user } = await open(THREE_SETS);
    await user.click(within(view(/Layers and heads/)).getByRole('button', { name: 'Table' }));
    const rows = within(view(/Layers and heads/)).getAllByRole('row');
    expect([...rows[3].querySelectorAll('td')].map((cell) => cell.textContent)).toEqual([
      '1',
      '0',
      '7.035',
      '3.035',
      '7.035',
      '-4',
      '0',
    ]);
  });

  it('remake the paper’s figures on one click, each with what is certain and what is ours', async () => {
    const { user, desk, view } = await open(THREE_SETS);
    await user.click(screen.getByRole('button', { name: 'Make all figures' }));
    await desk.whenIdle();
    const section = () => view(/The figures of/);
    const figures = within(section()).getAllByRole('figure');
    expect(figures.map((figure) => figure.getAttribute('aria-label')?.split(':')[0])).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => `Figure ${number}`),
      'Appendix A',
      'Appendix B',
      'Appendix C',
    ]);
    for (const figure of figures) {
      expect(figure.textContent).toContain('Certain');
      expect(figure.textContent).toContain('Ours');
    }
    expect(section().textContent).toContain('head 37-4, have no counterpart in tiny');
  });
});

describe('a report', () => {
  const saved: { readonly name: string; readonly content: Blob }[] = [];
  beforeEach(() => {
    saved.length = 0;
    let last: Blob = new Blob();
    vi.stubGlobal('URL', {
      createObjectURL: (blob: Blob) => {
        last = blob;
        return 'blob:x';
      },
      revokeObjectURL: () => undefined,
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push({ name: this.download, content: last });
    });
  });

  const read = (content: Blob): Promise<string> =>
    new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(String(reader.result));
      reader.readAsText(content);
    });
  const fail = () => Promise.reject(new HeadlightError('unexpected', 'No room for curves.'));
  const ask = async (user: ReturnType<typeof userEvent.setup>, name: string) => {
    await user.click(screen.getByText('Report'));
    await user.click(screen.getByRole('button', { name }));
  };

  it('ends when parts of it fail, and says which', async () => {
    const { user, view } = await open(THREE_SETS, { drawCurves: fail });
    await ask(user, 'Everything in numbers (JSON)');
    await waitFor(() => expect(saved).toHaveLength(1), { timeout: 5000 });
    const made = JSON.parse(await read(saved[0].content));
    expect(made.missing).toContainEqual({ part: 'Distance by layer', why: 'No room for curves.' });
    expect(made.missing).toContainEqual({ part: 'Figure 2', why: 'No room for curves.' });
    expect(made.figures.map(({ place }: { place: string }) => place)).toContain('Figure 1');
    expect(made.summary.verdict).toContain('Yes');
    await waitFor(() =>
      expect(view(/In short/).textContent).toContain('Distance by head (No room for curves.)'),
    );
  });

  it('ends when what it waits for is stopped', async () => {
    const whole = new InProcessAnalysis({ pause: nextTask, now: () => performance.now() });
    let [isHeld, isWaiting] = [false, false];
    const drawCurves: InProcessAnalysis['drawCurves'] = (request, onProgress, signal) => {
      if (!isHeld) return whole.drawCurves(request, onProgress, signal);
      isWaiting = true;
      return new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(new HeadlightError('cancelled', ''))),
      );
    };
    const { user, desk } = await open(THREE_SETS, { drawCurves });
    isHeld = true;
    await ask(user, 'Everything in numbers (JSON)');
    await waitFor(() => expect(isWaiting).toBe(true), { timeout: 5000 });
    expect(saved).toHaveLength(0);
    desk.stop();
    await waitFor(() => expect(saved).toHaveLength(1), { timeout: 5000 });
    const made = JSON.parse(await read(saved[0].content));
    expect(made.missing).toContainEqual({ part: 'Distance by head', why: 'it was stopped' });
  });

  it('of statistics alone is not saved without any', async () => {
    const { user, view } = await open(THREE_SETS, { compareGroups: fail });
    await ask(user, 'Statistics of all heads (CSV)');
    await waitFor(() =>
      expect(view(/In short/).textContent).toContain('The report failed: No room for curves.'),
    );
    expect(saved).toHaveLength(0);
  });

  it('has all its statistics where nothing fails', async () => {
    const { user, view } = await open(THREE_SETS);
    await ask(user, 'Statistics of all heads (CSV)');
    await waitFor(() => expect(saved).toHaveLength(1));
    await waitFor(() => expect(view(/In short/).textContent).toContain('The report is saved.'));
    expect(await read(saved[0].content)).toContain('mean compared low');
  });
});
