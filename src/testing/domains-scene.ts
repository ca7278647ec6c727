import { createDomainsStore } from '../state/domains/domains-store.ts';
import type { NamedTexts } from '../state/domains/set-edits.ts';
import { createTextItem } from '../text/sets/text-set.ts';
import { MemoryDomains } from './memory-domains.ts';
import { createStoreScene } from './store-scene.ts';

/** A text of so many words for the fake engine, which cuts at spaces; it differs by its name. */
export function drawText(name: string, words: number): string {
  return [name, ...Array.from({ length: words - 1 }, (_, i) => `w${(i * 7) % 11}`)].join(' ');
}

/** A set of texts, each given as "name:words". */
export function drawSet(name: string, ...texts: readonly string[]): NamedTexts {
  return {
    name,
    texts: texts.map((drawn) => {
      const [title, words] = drawn.split(':');
      return createTextItem(drawText(title, Number(words)), { kind: 'pasted' }, title).item;
    }),
  };
}

/** The sets of most tests: two of two texts. */
export const TWO_SETS = [drawSet('chat', 'c1:20', 'c2:20'), drawSet('code', 'k1:20', 'k2:20')];

/** A page with sets of texts on a fake engine; what is kept may come from a page before. */
export function createDomainsScene(
  kept = new MemoryDomains(),
  loadBuiltIn: () => Promise<readonly NamedTexts[]> = async () => TWO_SETS,
) {
  const page = createStoreScene();
  const domains = createDomainsStore({
    headlight: page,
    kept,
    loadBuiltIn,
  });
  const state = domains.store.getState;
  return {
    page,
    domains,
    kept,
    actions: domains.actions,
    state,
    results: () => domains.results(state()),
    /** The titles of the texts that are done. */
    done: () =>
      state()
        .sets.flatMap(({ texts }) => texts)
        .filter(({ id }) => state().texts.get(id)?.status === 'done')
        .map(({ title }) => title),
    statusOf: (title: string) => {
      const text = state()
        .sets.flatMap(({ texts }) => texts)
        .find((each) => each.title === title);
      return state().texts.get(text?.id ?? '');
    },
    /** Waits for page and sets. */
    async idle() {
      do await domains.whenIdle();
      while (await page.whenIdle().then(() => domains.isBusy()));
    },
  };
}
