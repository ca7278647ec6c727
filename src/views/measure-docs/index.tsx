import { useEffect, useRef } from 'react';
import { useMeasurePage } from '../../state/measure-page-hooks.tsx';
import { DocIndex } from './DocIndex.tsx';
import { DocPage } from './DocPage.tsx';
import { DOCS, findDoc } from './docs.ts';
import { t } from './messages.ts';
import './measure-docs.css';

/** The Measures workspace: an index of all measures and the page of one. */
export default function MeasureDocsView() {
  const { id, select } = useMeasurePage();
  const heading = useRef<HTMLHeadingElement>(null);
  const doc = (id === null ? undefined : findDoc(id)) ?? DOCS[0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page is read from its beginning
  useEffect(() => {
    window.scrollTo?.({ top: 0 });
  }, [doc]);
  return (
    <main className="measures">
      <DocIndex current={doc.id} onOpen={select} />
      <div className="doc-column">
        {id !== null && findDoc(id) === undefined && (
          <p className="note" role="status">
            {t('unknown', { id })}
          </p>
        )}
        <DocPage
          doc={doc}
          heading={heading}
          onOpen={(related) => {
            select(related);
            // What was clicked is gone: reading goes on at the new title.
            heading.current?.focus({ preventScroll: true });
          }}
        />
      </div>
    </main>
  );
}
