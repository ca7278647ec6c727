import { ChevronRight } from 'lucide-react';
import { Fragment, useState } from 'react';
import { formatNumber } from '../../lib/format-number.ts';
import type { TextStatus } from '../../state/domains/domains-state.ts';
import type { TextSet } from '../../text/sets/text-set.ts';
import { categoryColor } from '../../ui/color-scales.ts';
import { useColorTheme } from '../../ui/use-theme.ts';
import { t } from './messages.ts';
import { SetTexts, type TextActions } from './SetTexts.tsx';
import { SureButton } from './SureButton.tsx';
import type { SetFacts } from './set-facts.ts';

export interface SetActions extends TextActions {
  readonly onRename: (setId: string, name: string) => void;
  readonly onRemove: (setId: string) => void;
  readonly onMerge: (fromId: string, intoId: string) => void;
}

/** The sets: colour, name, how many texts, how long they are, and how far they are. */
export function SetList(props: {
  readonly sets: readonly TextSet[];
  readonly facts: readonly SetFacts[];
  readonly statuses: ReadonlyMap<string, TextStatus>;
  readonly tokenCounts: ReadonlyMap<string, number>;
  readonly actions: SetActions;
}) {
  const [openId, setOpenId] = useState<string | null>(null);
  const theme = useColorTheme();
  const { sets, facts, actions } = props;
  return (
    <table className="set-list" aria-label={t('setsTable')}>
      <thead>
        <tr>
          <th scope="col">{t('setColumn')}</th>
          <th scope="col" className="number">
            {t('textsColumn')}
          </th>
          <th scope="col" className="number">
            {t('tokensColumn')} <small>{t('tokensColumnWhy')}</small>
          </th>
          <th scope="col" className="number">
            {t('keptColumn')}
          </th>
          <th scope="col" className="number">
            {t('doneColumn')}
          </th>
          <th scope="col">
            <span className="spoken">{t('actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sets.map((set, place) => {
          const fact = facts[place];
          const isOpen = openId === set.id;
          return (
            <Fragment key={set.id}>
              <tr data-set={set.id}>
                <th scope="row">
                  <span className="set-name">
                    <i
                      className="swatch"
                      style={{ background: categoryColor(place, theme) }}
                      aria-hidden="true"
                    />
                    <NameField
                      name={set.name}
                      number={place + 1}
                      onChange={(name) => actions.onRename(set.id, name)}
                    />
                  </span>
                </th>
                <td className="number" data-label={t('textsColumn')}>
                  {fact.textCount}
                </td>
                <td className="number" data-label={t('tokensColumn')}>
                  <Range {...fact} />
                </td>
                <td className="number" data-label={t('keptColumn')}>
                  {fact.keptCount ?? t('notCounted')}
                </td>
                <td className="number" data-label={t('doneColumn')}>
                  {fact.doneCount}
                </td>
                <td className="set-actions">
                  <button
                    type="button"
                    className="chip toggle"
                    aria-expanded={isOpen}
                    aria-label={t('show', { name: set.name })}
                    onClick={() => setOpenId(isOpen ? null : set.id)}
                  >
                    <ChevronRight aria-hidden="true" />
                    {t('showShort')}
                  </button>
                  <SureButton
                    label={t('remove', { name: set.name })}
                    short={t('removeShort')}
                    question={t('removeSure', { count: fact.textCount })}
                    onSure={() => actions.onRemove(set.id)}
                  />
                </td>
              </tr>
              {isOpen && (
                <tr className="set-texts">
                  <td colSpan={6}>
                    <SetTexts
                      set={set}
                      others={sets.filter((each) => each !== set)}
                      statuses={props.statuses}
                      tokenCounts={props.tokenCounts}
                      actions={actions}
                      onMerge={(intoId) => {
                        actions.onMerge(set.id, intoId);
                        setOpenId(intoId);
                      }}
                    />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function Range({ shortest, median, longest }: SetFacts) {
  if (Number.isNaN(median)) return t('notCounted');
  const values = {
    shortest: formatNumber(shortest, 0),
    median: formatNumber(median, 0),
    longest: formatNumber(longest, 0),
  };
  return (
    <>
      <span aria-hidden="true" title={t('rangeSpoken', values)}>
        {t('range', values)}
      </span>
      <span className="spoken">{t('rangeSpoken', values)}</span>
    </>
  );
}

/** A name is taken when the field is left or Enter is pressed; an empty one is not. */
function NameField(props: {
  readonly name: string;
  readonly number: number;
  readonly onChange: (name: string) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const take = (): void => {
    const name = draft?.trim() ?? '';
    if (name !== '' && name !== props.name) props.onChange(name);
    setDraft(null);
  };
  return (
    <input
      aria-label={t('setName', { number: props.number })}
      value={draft ?? props.name}
      maxLength={60}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}
