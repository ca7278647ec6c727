import { Suspense, useEffect, useState } from 'react';
import { displayName } from '../lib/display-name.ts';
import { keep, readKept } from '../lib/kept.ts';
import { findInductionExample } from '../measures/induction-example.ts';
import type { ModelOrigin } from '../protocol/model-origin.ts';
import type { AppState } from '../state/app-state.ts';
import { useDomainsActions } from '../state/domains/domains-hooks.tsx';
import { readDroppedFiles } from '../state/dropped-files.ts';
import { SceneFollower, useActions, useApp, useHeadlight } from '../state/hooks.tsx';
import { useLibrary, useLibraryActions } from '../state/library-hooks.tsx';
import { isSameLink, writeLink } from '../state/link.ts';
import type { LinkPart } from '../state/link-part.ts';
import { isModel, type PickedFile, readDrop } from '../state/model-files.ts';
import { readTextFile } from '../state/read-text-file.ts';
import { fromFragment } from '../state/url-state.ts';
import type { Workspace } from '../state/workspace.ts';
import type { NamedFile } from '../text/sets/file-kinds.ts';
import { ThemeContext, useSystemTheme } from '../ui/use-theme.ts';
import ModelPanel, { Opening } from '../views/model-panel/index.tsx';
import { Guard } from './Guard.tsx';
import { t } from './messages.ts';
import { PAGES } from './pages.tsx';
import { TopBar } from './TopBar.tsx';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement;

export function App(props: {
  readonly linkProblems: readonly string[];
  /** What single workspaces add to the link. */
  readonly linkParts: readonly LinkPart[];
}) {
  const { linkProblems, linkParts } = props;
  const workspace = useApp((state) => state.workspace);
  const chosen = useApp((state) => state.theme);
  const system = useSystemTheme();
  const theme = chosen === 'system' ? system : chosen;
  document.documentElement.dataset.theme = theme;
  const [notice, setNotice] = useState(
    linkProblems.length > 0 ? t('linkProblems', { problems: linkProblems.join(', ') }) : '',
  );
  const [isModelsOpen, setIsModelsOpen] = useState(false);
  useLink(linkParts);
  useShortcuts(setNotice);
  return (
    <ThemeContext value={theme}>
      <SceneFollower>
        <TopBar onModels={() => setIsModelsOpen(true)} linkParts={linkParts} />
      </SceneFollower>
      <Guard>
        {isModelsOpen ? <ModelPanel onClose={() => setIsModelsOpen(false)} /> : <Opening />}
        <ModelNotices />
      </Guard>
      {notice !== '' && (
        <p className="notice" role="status">
          {notice}
          <button type="button" className="chip" onClick={() => setNotice('')}>
            {t('dismiss')}
          </button>
        </p>
      )}
      {workspace === 'read' && <Welcome />}
      <Page workspace={workspace} />
      <footer>{t('footer')}</footer>
    </ThemeContext>
  );
}

function Page({ workspace }: { readonly workspace: Workspace }) {
  const Shown = PAGES[workspace];
  return (
    <Guard key={workspace}>
      <Suspense fallback={<main className="state">{t('opening')}</main>}>
        <Shown />
      </Suspense>
    </Guard>
  );
}

/** What a person should know of models without opening their panel. */
function ModelNotices() {
  const offered = useLibrary((state) => state.offered?.origin ?? null);
  const library = useLibraryActions();
  const hasFailed = useApp((state) => state.model.status === 'failed');
  const goBackTo = useApp((state) => state.goBackTo);
  const actions = useActions();
  return (
    <>
      {hasFailed && goBackTo !== null && (
        <p className="notice">
          {t('failedModel')}
          <button type="button" className="chip" onClick={actions.goBack}>
            {t('goBack', { name: displayName(goBackTo, 44) })}
          </button>
        </p>
      )}
      {offered !== null && (
        <p className="notice" role="status" data-readout="offered">
          <span>
            {t(offered.kind === 'files' ? 'notShownFile' : 'notShown', {
              name: displayName(nameOf(offered)),
            })}
          </span>
          {(offered.kind === 'hub' || offered.kind === 'url') && (
            <button type="button" className="chip" onClick={() => library.openOrigin(offered)}>
              {t('fetchIt', {
                host: new URL(offered.kind === 'hub' ? offered.hubUrl : offered.url).host,
              })}
            </button>
          )}
          <button type="button" className="chip" onClick={() => library.offer(null)}>
            {t('notNow')}
          </button>
        </p>
      )}
    </>
  );
}

function nameOf(origin: ModelOrigin): string {
  if (origin.kind === 'hub') return `${origin.repo}${origin.path && `/${origin.path}`}`;
  return origin.kind === 'url' ? origin.url : origin.kind === 'files' ? origin.name : '';
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
function useLink(linkParts: readonly LinkPart[]): void {
  const { store, actions } = useHeadlight();
  // A link whose model is not here yet stays as it was given.
  const isOffered = useLibrary((state) => state.offered !== null);
  useEffect(() => {
    if (isOffered) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const schedule = (): void => {
      clearTimeout(timer);
      timer = setTimeout(
        () =>
          window.history.replaceState(
            null,
            '',
            `#${writeLink(store.getState(), linkParts, false)}`,
          ),
        200,
      );
    };
    // Another workspace is a step that the browser's Back undoes; anything else is not.
    const enter = (state: AppState): void => {
      clearTimeout(timer);
      window.scrollTo(0, 0);
      const { workspace } = fromFragment(window.location.hash).state;
      if ((workspace ?? 'read') === state.workspace) return;
      window.history.pushState(null, '', `#${writeLink(state, linkParts, false)}`);
    };
    const goBack = (): void =>
      actions.openWorkspace(fromFragment(window.location.hash).state.workspace ?? 'read');
    window.addEventListener('popstate', goBack);
    const stops = [
      store.subscribe((state, before) => {
        if (state.workspace !== before.workspace) enter(state);
        else if (!isSameLink(state, before)) schedule();
      }),
      ...linkParts.map((part) => part.subscribe(schedule)),
    ];
    return () => {
      clearTimeout(timer);
      window.removeEventListener('popstate', goBack);
      for (const stop of stops) stop();
    };
  }, [store, actions, isOffered, linkParts]);
}

/** Escape, undo and redo, and texts pasted or dropped anywhere on the page. */
function useShortcuts(report: (notice: string) => void): void {
  const { actions, store } = useHeadlight();
  const library = useLibraryActions();
  const domains = useDomainsActions();
  useEffect(() => {
    /** Whether texts that are given to the page are for its sets. */
    const isForSets = (): boolean => store.getState().workspace === 'domains';
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) {
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
      if (isTyping(event.target) || text === '' || isForSets()) return;
      event.preventDefault();
      actions.setText(text);
    };
    const onDrop = async (event: DragEvent): Promise<void> => {
      const transfer = event.dataTransfer;
      const hasFiles = transfer?.types.includes('Files') === true;
      if (!hasFiles && isTyping(event.target)) return;
      event.preventDefault();
      if (transfer === null || !hasFiles) {
        const text = transfer?.getData('text/plain') ?? '';
        if (text === '') return;
        if (isForSets()) void domains.addPasted(text, '');
        else actions.setText(text);
        return;
      }
      if (isForSets()) {
        const dropped = await readDroppedFiles(transfer);
        if (!dropped.ok) return;
        const files = dropped.files.flatMap(toPicked);
        if (isModel(files)) library.openFiles(files);
        else void domains.addFiles(dropped.files, dropped);
        return;
      }
      const picked = await readDrop(transfer);
      if (isModel(picked)) {
        library.openFiles(picked);
        return;
      }
      const [first] = picked;
      if (first === undefined) return;
      const read = await readTextFile(first.file);
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
  }, [actions, store, library, domains, report]);
}

/** A dropped file as part of a model's folder; none that lies deeper, which belongs to another one. */
function toPicked({ path, content }: NamedFile): readonly PickedFile[] {
  const parts = path.split('/');
  if (!(content instanceof File) || parts.length > 2) return [];
  return [{ file: content, folder: parts.length === 2 ? parts[0] : null }];
}
