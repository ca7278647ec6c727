import { useState } from 'react';
import type { TableQuestion } from '../../state/domains/intake-state.ts';
import { t } from './messages.ts';

/** Asks which columns of a table hold the texts and the names of their sets. */
export function ColumnQuestion(props: {
  readonly question: TableQuestion;
  readonly onUse: (text: string, label: string | null) => void;
  readonly onDrop: () => void;
}) {
  const { question } = props;
  const [text, setText] = useState(question.text ?? '');
  const [label, setLabel] = useState(question.label ?? '');
  const { problem, wanted, columns, name } = question;
  const isNamed = problem === 'no-text-column' && wanted !== null;
  return (
    <form
      className="column-question"
      aria-label={t('askTitle', { name })}
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== '') props.onUse(text, label === '' ? null : label);
      }}
    >
      <p>
        <strong>{t('askTitle', { name })}</strong>
      </p>
      {problem !== null && (
        <p className="bad" role="alert">
          {isNamed
            ? t('ask_no-text-column_named', { wanted })
            : t(`ask_${problem}`, { wanted: wanted ?? '' })}
        </p>
      )}
      <p className="row">
        <ColumnPick
          label={t('askText')}
          value={text}
          columns={columns}
          none={t('askChoose')}
          onChange={setText}
        />
        <ColumnPick
          label={t('askLabel')}
          value={label}
          columns={columns.filter((column) => column !== text)}
          none={t('askNone')}
          onChange={setLabel}
        />
        <button type="submit" className="button primary" disabled={text === ''}>
          {t('askUse')}
        </button>
        <button type="button" className="button" onClick={props.onDrop}>
          {t('askDrop')}
        </button>
      </p>
    </form>
  );
}

function ColumnPick(props: {
  readonly label: string;
  readonly value: string;
  readonly columns: readonly string[];
  readonly none: string;
  readonly onChange: (column: string) => void;
}) {
  return (
    <label className="pick">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        <option value="">{props.none}</option>
        {props.columns.map((column) => (
          <option key={column} value={column}>
            {column}
          </option>
        ))}
      </select>
    </label>
  );
}
