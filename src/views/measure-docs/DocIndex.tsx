import { type KeyboardEvent, useRef, useState } from 'react';
import { searchDocs } from './docs.ts';
import { DOC_GROUPS } from './measure-doc.ts';
import { t } from './messages.ts';

/** The pages by their groups, with a search; arrow keys walk through what is found. */
export function DocIndex(props: {
  readonly current: string;
  readonly onOpen: (id: string) => void;
}) {
  const { current, onOpen } = props;
  const [query, setQuery] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const shown = searchDocs(query);
  // One of them is reached by Tab; the arrow keys do the rest.
  const reached = shown.find(({ id }) => id === current)?.id ?? shown[0]?.id;

  const goTo = (place: number): void => {
    const doc = shown[Math.min(shown.length - 1, Math.max(0, place))];
    if (doc === undefined) return;
    onOpen(doc.id);
    list.current?.querySelector<HTMLElement>(`[data-doc="${doc.id}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isInField = event.target instanceof HTMLInputElement;
    const place = isInField
      ? -1
      : shown.findIndex(({ id }) => (event.target as HTMLElement).dataset.doc === id);
    const next = isInField
      ? { ArrowDown: 0, Enter: 0 }[event.key]
      : { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    goTo(next);
  };

  return (
    <nav className="doc-index" aria-labelledby="doc-index-title" data-open={isOpen}>
      <h2 id="doc-index-title">
        <span className="wide-only">{t('index')}</span>
        <button
          type="button"
          className="button narrow-only"
          aria-expanded={isOpen}
          aria-controls="doc-index-list"
          onClick={() => setIsOpen(!isOpen)}
        >
          {t('index')}
        </button>
      </h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the arrow keys of what stands in it */}
      <div id="doc-index-list" className="doc-index-list" onKeyDown={onKeyDown} ref={list}>
        <input
          type="search"
          className="filter"
          placeholder={t('search')}
          aria-label={t('search')}
          aria-describedby="doc-index-hint"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <p id="doc-index-hint" className="spoken">
          {t('searchHint')}
        </p>
        <p className="faint" role="status">
          {shown.length === 0
            ? t('none')
            : query.trim() !== '' && t('found', { count: shown.length })}
        </p>
        {DOC_GROUPS.map((group) => {
          const docs = shown.filter((doc) => doc.group === group);
          if (docs.length === 0) return null;
          return (
            <section key={group} aria-labelledby={`doc-group-${group}`}>
              <h3 id={`doc-group-${group}`}>{t(`group-${group}`)}</h3>
              <ul>
                {docs.map((doc) => (
                  <li key={doc.id}>
                    <button
                      type="button"
                      data-doc={doc.id}
                      aria-current={doc.id === current ? 'page' : undefined}
                      tabIndex={doc.id === reached ? 0 : -1}
                      onClick={() => {
                        setIsOpen(false);
                        onOpen(doc.id);
                      }}
                    >
                      {doc.prose().title}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </nav>
  );
}
