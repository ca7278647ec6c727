import { PlainFormula } from '../../ui/PlainFormula.tsx';
import { formatTerm } from './arithmetic.ts';
import { type DocFact, type MeasureDoc, readSource } from './measure-doc.ts';
import { t } from './messages.ts';

/** Unit, range, source and needs: what one looks up. */
export function DocFacts({ doc }: { readonly doc: MeasureDoc }) {
  const { facts, needs } = doc;
  return (
    <>
      <dl className="doc-facts">
        {listOnce(facts, ({ unit }) => t(`unit-${unit}`), t('unit'))}
        {listOnce(facts, sayRange, t('range'))}
        <div>
          <dt>{t('needs')}</dt>
          <dd>{needs.map((need) => t(`need-${need}`)).join('; ')}</dd>
        </div>
        <div>
          <dt>{t('source')}</dt>
          {groupBySource(facts).map(({ source, certainties, ids }) => (
            <dd key={`${source} ${certainties.join()}`}>
              {source}
              {certainties.map((certainty) => (
                <span key={certainty} className="certainty" data-certainty={certainty}>
                  {t(`certainty-${certainty}`)}
                </span>
              ))}
              {ids.length < facts.length && <span className="ids mono">{ids.join(', ')}</span>}
            </dd>
          ))}
        </div>
      </dl>
      <h3>{t('exported')}</h3>
      <dl className="doc-exports">
        {facts.map(({ id, formula }) => (
          <div key={id}>
            <dt className="mono">{id}</dt>
            {formula !== undefined && (
              <dd>
                <PlainFormula text={formula} />
              </dd>
            )}
          </div>
        ))}
      </dl>
    </>
  );
}

/** A fact of all variants, said once where it is the same for all. */
function listOnce(facts: readonly DocFact[], say: (fact: DocFact) => string, term: string) {
  const said = [...new Set(facts.map(say))];
  return (
    <div>
      <dt>{term}</dt>
      {said.map((each) => (
        <dd key={each}>
          {each}
          {said.length > 1 && (
            <span className="ids mono">
              {facts
                .filter((fact) => say(fact) === each)
                .map(({ id }) => id)
                .join(', ')}
            </span>
          )}
        </dd>
      ))}
    </div>
  );
}

function sayRange({ range: [from, to] }: DocFact): string {
  if (from === null) return to === null ? t('rangeFree') : t('rangeTo', { to: formatTerm(to) });
  if (to === null) return t('rangeFrom', { from: formatTerm(from) });
  return t('rangeBoth', { from: formatTerm(from), to: formatTerm(to) });
}

function groupBySource(facts: readonly DocFact[]) {
  const groups = new Map<string, ReturnType<typeof readSource> & { readonly ids: string[] }>();
  for (const fact of facts) {
    const read = readSource(fact);
    const key = `${read.source} ${read.certainties.join()}`;
    const group = groups.get(key) ?? { ...read, ids: [] };
    group.ids.push(fact.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}
