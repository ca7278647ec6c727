import { countSignificant } from '../../state/domains/compared-heads.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import type { DomainResults } from '../../state/domains/domain-results.ts';
import type { SetComparison } from '../../state/domains/results-hooks.ts';
import { getFilledSets } from '../../state/domains/set-values.ts';
import { Pick } from '../../ui/Choice.tsx';
import { type ColorTheme, categoryColor } from '../../ui/color-scales.ts';
import { t } from './messages.ts';

/** Which set stands against which; beside each other set how many heads differ in the shown measure. */
export function SetChooser(props: {
  readonly results: DomainResults;
  readonly comparedId: string;
  readonly comparisons: readonly SetComparison[];
  readonly measureName: string;
  readonly theme: ColorTheme;
  readonly onReference: (id: string) => void;
  readonly onCompared: (id: string) => void;
}) {
  const { results, comparedId, comparisons, theme } = props;
  const sets = getFilledSets(results);
  return (
    <div className="set-chooser">
      <Pick
        label={t('reference')}
        value={results.referenceId}
        options={sets.map((set) => [set.id, getSetName(set)] as const)}
        onChange={props.onReference}
      />
      <fieldset className="choice">
        <legend className="spoken">{t('others')}</legend>
        <span className="faint" aria-hidden="true">
          {t('against')}
        </span>
        {comparisons.map(({ set, state }) => {
          const counts = state.status === 'ready' ? countSignificant(state.result) : null;
          return (
            <button
              key={set.id}
              type="button"
              className="chip set-key"
              aria-pressed={set.id === comparedId}
              onClick={() => props.onCompared(set.id)}
            >
              <i className="swatch" style={{ background: categoryColor(set.colorIndex, theme) }} />
              {counts === null
                ? getSetName(set)
                : set.profiles.length < 2
                  ? t('otherFew', { set: getSetName(set) })
                  : t('otherCount', { set: getSetName(set), count: counts.up + counts.down })}
            </button>
          );
        })}
        <span className="faint">{t('otherWhat', { measure: props.measureName })}</span>
      </fieldset>
    </div>
  );
}
