import { useDomains, useDomainsActions } from '../state/domains/domains-hooks.tsx';
import {
  findFamily,
  hasFirstKey,
  MEASURE_FAMILIES,
  nameFamily,
} from '../state/domains/measure-families.ts';
import { Choice, Pick } from '../ui/Choice.tsx';
import { t } from './messages.ts';

/** What holds for all views of results: the measure, and whether the first key counts. */
export function DomainBar() {
  const options = useDomains((state) => state.options);
  const hasResults = useDomains((state) => state.shownPlan !== null);
  const actions = useDomainsActions();
  const family = findFamily(options.measure);
  if (!hasResults) return null;
  return (
    <section className="display-bar" aria-label={t('display')}>
      <Pick
        label={t('measure')}
        value={family.id}
        options={MEASURE_FAMILIES.map(({ id }) => [id, nameFamily(id)] as const)}
        onChange={(measure) => actions.setOptions({ measure })}
      />
      <span className="pick">
        <span>{t('firstKey')}</span>
        <Choice
          label={t('firstKey')}
          value={options.firstKey}
          options={(['without', 'with'] as const).map(
            (value) => [value, t(`firstKey-${value}`)] as const,
          )}
          onChange={(firstKey) => actions.setOptions({ firstKey })}
        />
      </span>
      {!hasFirstKey(family) && <span className="faint">{t('firstKeySame')}</span>}
    </section>
  );
}
