import { useState } from 'react';
import type { TextStatus } from '../../state/domains/domains-state.ts';
import type { TextSet } from '../../text/sets/text-set.ts';
import { t } from './messages.ts';

export interface TextActions {
  readonly onRemoveText: (setId: string, textId: string) => void;
  readonly onMoveText: (textId: string, fromId: string, toId: string) => void;
}

const SHOWN = 50;

/** The texts of one set, and the ways to take them elsewhere. */
export function SetTexts(props: {
  readonly set: TextSet;
  readonly others: readonly TextSet[];
  readonly statuses: ReadonlyMap<string, TextStatus>;
  readonly tokenCounts: ReadonlyMap<string, number>;
  readonly actions: TextActions;
  readonly onMerge: (intoId: string) => void;
}) {
  const { set, others, statuses, tokenCounts, actions } = props;
  const [shown, setShown] = useState(SHOWN);
  return (
    <div className="texts">
      {others.length > 0 && (
        <ToSet
          label={t('merge', { name: set.name })}
          first={t('mergeInto')}
          sets={others}
          onChoose={props.onMerge}
        />
      )}
      <ul aria-label={t('show', { name: set.name })}>
        {set.texts.slice(0, shown).map((text, place) => {
          const count = tokenCounts.get(text.id);
          const state = statuses.get(text.id)?.status ?? 'unknown';
          return (
            // A text may stand twice in a set.
            // biome-ignore lint/suspicious/noArrayIndexKey: the place tells repeats of a text apart
            <li key={`${text.id} ${place}`}>
              <bdi title={text.text.slice(0, 400)}>{text.title || t('notCounted')}</bdi>
              <span className="faint number">
                {count === undefined || Number.isNaN(count)
                  ? t('notCounted')
                  : t('tokens', { count })}
              </span>
              <span className={`faint state-${state}`}>{t(`state_${state}`)}</span>
              {others.length > 0 && (
                <ToSet
                  label={t('moveText', { title: text.title })}
                  first={t('moveTo')}
                  sets={others}
                  onChoose={(toId) => actions.onMoveText(text.id, set.id, toId)}
                />
              )}
              <button
                type="button"
                className="chip icon"
                aria-label={t('removeText', { title: text.title })}
                title={t('removeText', { title: text.title })}
                onClick={() => actions.onRemoveText(set.id, text.id)}
              >
                ×
              </button>
            </li>
          );
        })}
      </ul>
      {set.texts.length > shown && (
        <button type="button" className="link" onClick={() => setShown(shown + 4 * SHOWN)}>
          {t('moreTexts', { count: shown, all: set.texts.length })}
        </button>
      )}
    </div>
  );
}

/** A list of sets of which one is chosen at once. */
function ToSet(props: {
  readonly label: string;
  readonly first: string;
  readonly sets: readonly TextSet[];
  readonly onChoose: (setId: string) => void;
}) {
  return (
    <select
      className="to-set"
      aria-label={props.label}
      value=""
      onChange={(event) => props.onChoose(event.target.value)}
    >
      <option value="">{props.first}</option>
      {props.sets.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
