import { useEffect, useState } from 'react';
import { keep, readKept } from '../lib/kept.ts';
import { findInductionExample } from '../measures/induction-example.ts';
import { SceneFollower, useActions, useApp, useHeadlight } from '../state/hooks.tsx';
import { readTextFile } from '../state/read-text-file.ts';
import { toFragment } from '../state/url-state.ts';
import { ThemeContext, useSystemTheme } from '../ui/use-theme.ts';
import { Guard } from './Guard.tsx';
import { t } from './messages.ts';
import { ReadPage } from './ReadPage.tsx';
import { TopBar } from './TopBar.tsx';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement;

export function App({ linkProblems }: { readonly linkProblems: readonly string[] }) {
  const chosen = useApp((state) => state.theme);
  const system = useSystemTheme();
  const theme = chosen === 'system' ? system : chosen;
  document.documentElement.dataset.theme = theme;
  const [notice, setNotice] = useState(
    linkProblems.length > 0 ? t('linkProblems', { problems: linkProblems.join(', ') }) : '',
  );
  useLink();
  useShortcuts(setNotice);
  return (
    <ThemeContext value={theme}>
      <SceneFollower>
        <TopBar />
      </SceneFollower>
      {notice !== '' && (
        <p className="notice" role="status">
          {notice}
          <button type="button" className="chip" onClick={() => setNotice('')}>
            {t('dismiss')}
          </button>
        </p>
      )}
      <Welcome />
      <Guard>
        <ReadPage />
      </Guard>
      <footer>{t('footer')}</footer>
    </ThemeContext>
  );
}

const isSeen = (value: unknown): value is boolean => value === true;

/** One line for those who are here for the first time. */
function Welcome() {
  const [isShown, setIsShown] = useState(() => !readKept('headlight.welcome', isSeen, false));
  if (!isShown) return null;
  return (
    <p className="notice">
      <span>{t('tagline')}</span>
      <InductionExample />
      <button
        type="button"
        className="chip"
        onClick={() => {
          keep('headlight.welcome', true);
          setIsShown(false);
        }}
      >
        {t('dismiss')}
      </button>
    </p>
  );
}

/** Opens the text that repeats itself and pins its clearest induction head on a copied token. */
function InductionExample() {
  const { actions, runs, store, whenIdle } = useHeadlight();
  const show = async (): Promise<void> => {
    actions.openSample('repeats');
    await whenIdle();
    const run = runs.get(store.getState().shownRunId);
    const isThere = store.getState().sampleId === 'repeats';
    const place = isThere && run ? findInductionExample(run.layers, run.tokens.ids) : null;
    if (place) actions.select(place);
  };
  return (
    <button type="button" className="chip" onClick={() => void show()}>
      {t('showInduction')}
    </button>
  );
}

/** Keeps the address bar in step with what is shown; the text stays out of it. */
function useLink(): void {
  const { store } = useHeadlight();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = store.subscribe((state, before) => {
      const { selection, display, sampleId } = state;
      if (
        selection === before.selection &&
        display === before.display &&
        sampleId === before.sampleId
      )
        return;
      clearTimeout(timer);
      timer = setTimeout(
        () =>
          window.history.replaceState(
            null,
            '',
            `#${toFragment({ selection, display, sampleId, text: null })}`,
          ),
        200,
      );
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [store]);
}

/** Escape, undo and redo, and texts pasted or dropped anywhere on the page. */
function useShortcuts(report: (notice: string) => void): void {
  const actions = useActions();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') {
        const menus = document.querySelectorAll<HTMLDetailsElement>('details.pop[open]');
        for (const menu of menus) {
          if (menu.contains(document.activeElement)) menu.querySelector('summary')?.focus();
          menu.open = false;
        }
        if (menus.length === 0) actions.release();
      }
      if (!(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
      if (event.key.toLowerCase() === 'z') {
        event.preventDefault();
        if (event.shiftKey) actions.redo();
        else actions.undo();
      }
    };
    const onPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isTyping(event.target) || text === '') return;
      event.preventDefault();
      actions.setText(text);
    };
    const onDrop = async (event: DragEvent): Promise<void> => {
      const [file] = event.dataTransfer?.files ?? [];
      if (!file && isTyping(event.target)) return;
      event.preventDefault();
      if (!file) {
        const text = event.dataTransfer?.getData('text/plain') ?? '';
        if (text !== '') actions.setText(text);
        return;
      }
      const read = await readTextFile(file);
      if (read.ok) actions.setText(read.text);
      else report(read.message);
    };
    const onDragOver = (event: DragEvent): void => event.preventDefault();
    const onPress = (event: PointerEvent): void => {
      for (const open of document.querySelectorAll<HTMLDetailsElement>('details.pop[open]')) {
        if (!open.contains(event.target as Node)) open.open = false;
      }
    };
    const drop = (event: DragEvent): void => void onDrop(event);
    window.addEventListener('keydown', onKey);
    window.addEventListener('paste', onPaste);
    window.addEventListener('drop', drop);
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('pointerdown', onPress);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('paste', onPaste);
      window.removeEventListener('drop', drop);
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('pointerdown', onPress);
    };
  }, [actions, report]);
}
