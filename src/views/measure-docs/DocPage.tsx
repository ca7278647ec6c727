import { Fragment, type RefObject, useMemo } from 'react';
import { Formula } from '../../ui/Formula.tsx';
import { Scroller } from '../../ui/Scroller.tsx';
import { ArithmeticLine } from './ArithmeticLine.tsx';
import { DocFacts } from './DocFacts.tsx';
import { findDoc } from './docs.ts';
import { ExampleTable } from './ExampleTable.tsx';
import type { MeasureDoc, Prose, WorkedExample } from './measure-doc.ts';
import { t } from './messages.ts';

/** All that is said of one measure. */
export function DocPage(props: {
  readonly doc: MeasureDoc;
  readonly heading: RefObject<HTMLHeadingElement | null>;
  readonly onOpen: (id: string) => void;
}) {
  const { doc } = props;
  const prose = doc.prose();
  const example = useMemo(() => doc.work(), [doc]);
  return (
    <article className="doc-page" aria-labelledby="doc-title" data-measure={doc.id}>
      <header>
        <p className="doc-group">{t(`group-${doc.group}`)}</p>
        <h1 id="doc-title" ref={props.heading} tabIndex={-1}>
          {prose.title}
        </h1>
        <p className="doc-sentence">{prose.sentence}</p>
      </header>
      <div className="doc-body">
        <FormulaSection doc={doc} prose={prose} />
        <ExampleSection example={example} prose={prose} />
        <section aria-labelledby="doc-limits">
          <h2 id="doc-limits">{t('limits')}</h2>
          <ul className="doc-limits">
            {prose.limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="doc-where">
          <h2 id="doc-where">{t('where')}</h2>
          <p>{prose.where}</p>
        </section>
        <nav aria-labelledby="doc-related" className="doc-related">
          <h2 id="doc-related">{t('related')}</h2>
          <ul>
            {doc.related.map((id) => (
              <li key={id}>
                <button type="button" className="link" onClick={() => props.onOpen(id)}>
                  {findDoc(id)?.prose().title}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      </div>
      <aside className="doc-aside" aria-labelledby="doc-facts">
        <h2 id="doc-facts">{t('facts')}</h2>
        <DocFacts doc={doc} />
      </aside>
    </article>
  );
}

function FormulaSection({ doc, prose }: { readonly doc: MeasureDoc; readonly prose: Prose }) {
  return (
    <section aria-labelledby="doc-formula">
      <h2 id="doc-formula">{t('formula')}</h2>
      <Scroller className="doc-formulas" label={t('formula')}>
        {doc.formulas.map((formula) => (
          <Formula key={formula} source={formula} isBlock />
        ))}
      </Scroller>
      <dl className="doc-symbols">
        {doc.symbols.map((symbol, i) => (
          <div key={symbol}>
            <dt>
              <Formula source={symbol} />
            </dt>
            <dd>{prose.symbols[i]}</dd>
          </div>
        ))}
      </dl>
      <p className="doc-reading">
        <strong>{t('reading')}.</strong> {prose.reading}
      </p>
    </section>
  );
}

function ExampleSection(props: { readonly example: WorkedExample; readonly prose: Prose }) {
  const { example, prose } = props;
  return (
    <section aria-labelledby="doc-example" className="doc-example">
      <h2 id="doc-example">{t('example')}</h2>
      <p className="faint">{t('exampleNote')}</p>
      <div className="example-tables">
        {example.tables.map((table, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an example's tables never change places
          <ExampleTable key={i} table={table} caption={prose.tables[i]} />
        ))}
      </div>
      {example.steps.map(({ left, expression, says }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an example's steps never change places
        <Fragment key={i}>
          {says !== null && <p className="step">{prose.steps[says]}</p>}
          <ArithmeticLine left={left} expression={expression} value={expression.value} />
        </Fragment>
      ))}
      <h3>{t('result', { count: example.results.length })}</h3>
      <dl className="doc-results">
        {example.results.map(({ left, expression, value, unit }, i) => (
          <div key={prose.results[i]}>
            <dt>{prose.results[i]}</dt>
            <dd>
              <ArithmeticLine
                left={left}
                expression={expression}
                value={value}
                {...(unit === 'nats' || unit === 'tokens' || unit === 'keys'
                  ? { unit: t(`unit-${unit}`) }
                  : {})}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
