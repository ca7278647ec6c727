import { endSentence } from '../../lib/messages.ts';
import type { TextStatus } from '../../state/domains/domains-state.ts';
import type { IntakeNote } from '../../state/domains/intake-state.ts';
import { getAdvice } from '../../state/error-advice.ts';
import type { SetProblem } from '../../text/sets/set-problems.ts';
import type { TextSet } from '../../text/sets/text-set.ts';
import { t } from './messages.ts';
import { sayNote } from './say-notes.ts';
import { sayProblem } from './say-problems.ts';

/** What became of what was given last. */
export function Notes(props: {
  readonly notes: readonly IntakeNote[];
  readonly onColumns: (name: string) => void;
  readonly onDismiss: () => void;
}) {
  const said = props.notes.flatMap((note) => {
    const sentences = sayNote(note);
    return sentences.length === 0 ? [] : [{ note, text: sentences.join(' ') }];
  });
  return (
    <div role="status" className="notes">
      {said.length > 0 && (
        <>
          <ul aria-label={t('noted')}>
            {said.map(({ note, text }) => (
              <li key={text}>
                {text}{' '}
                {note.kind === 'table' && note.report.columns.length > 1 && (
                  <button
                    type="button"
                    className="link"
                    aria-label={t('otherColumns', { name: note.report.name })}
                    onClick={() => props.onColumns(note.report.name)}
                  >
                    {t('otherColumnsShort')}
                  </button>
                )}
              </li>
            ))}
          </ul>
          <button type="button" className="chip" onClick={props.onDismiss}>
            {t('dismiss')}
          </button>
        </>
      )}
    </div>
  );
}

/** What a person should know of the sets before comparing them. */
export function Problems(props: {
  readonly problems: readonly SetProblem[];
  readonly onRemoveRepeats: (setId: string) => void;
}) {
  const said = props.problems.flatMap((problem) => sayProblem(problem) ?? []);
  if (said.length === 0) return null;
  return (
    <ul className="problems" aria-label={t('problems')}>
      {said.map(({ text, repeatsOf }) => (
        <li key={text}>
          {text}{' '}
          {repeatsOf !== null && (
            <button type="button" className="link" onClick={() => props.onRemoveRepeats(repeatsOf)}>
              {t('removeRepeats')}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Texts that failed, each with its reason. */
export function Failures(props: {
  readonly sets: readonly TextSet[];
  readonly statuses: ReadonlyMap<string, TextStatus>;
  readonly onRetry: () => void;
}) {
  const failed = props.sets.flatMap(({ name, texts }) =>
    texts.flatMap(({ id, title }) => {
      const status = props.statuses.get(id);
      return status?.status === 'failed' ? [{ id, title, name, error: status.error }] : [];
    }),
  );
  if (failed.length === 0) return null;
  const count = new Set(failed.map(({ id }) => id)).size;
  return (
    <details className="failures">
      <summary>
        <span className="bad">{t('failures', { count })}</span>
      </summary>
      <ul>
        {failed.map(({ id, title, name, error }) => (
          <li key={`${name} ${id}`}>
            <bdi>{t('failure', { title, set: name })}</bdi>: {endSentence(error.message)}{' '}
            {getAdvice(error.code)}
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={props.onRetry}>
        {t('retry', { count })}
      </button>
    </details>
  );
}
