import { displayName } from '../../lib/display-name.ts';
import { formatBytes } from '../../lib/format-number.ts';
import { endSentence } from '../../lib/messages.ts';
import { getAdvice } from '../../state/error-advice.ts';
import type { OpeningStatus } from '../../state/library-state.ts';
import { t } from './messages.ts';
import { sayProgress } from './say-progress.ts';

/** How far a model is that is being opened, with the way to stop it or to go on. */
export function OpeningNotice(props: {
  readonly opening: OpeningStatus;
  readonly onStop: () => void;
  readonly onAgain: () => void;
  readonly onAnyway: () => void;
}) {
  const { opening } = props;
  if (opening.status === 'idle') return null;
  const name = displayName(opening.name);
  if (opening.status === 'failed') {
    return (
      <div className="opening failed" role="alert" data-opening="failed">
        <p>
          <strong>{t('failed', { name })}</strong> {endSentence(opening.error.message)}{' '}
          {getAdvice(opening.error.code)}
        </p>
        <button type="button" className="button" onClick={props.onAgain}>
          {t(opening.canGoOn ? 'goOnAgain' : 'again')}
        </button>
        <button type="button" className="button" onClick={props.onStop}>
          {t('dismiss')}
        </button>
      </div>
    );
  }
  if (opening.status === 'looking') {
    return (
      <div className="opening" role="status" data-opening="looking">
        <p>{t('looking', { name })}</p>
        <button type="button" className="button" onClick={props.onStop}>
          {t('stop')}
        </button>
      </div>
    );
  }
  if (opening.status === 'asking') {
    const { estimatedBytes, limitBytes } = opening.look;
    return (
      <div className="opening" role="alertdialog" aria-label={name} data-opening="asking">
        <p>
          {t('mayNotFit', {
            name,
            needed: formatBytes(estimatedBytes),
            limit: formatBytes(limitBytes),
          })}
        </p>
        <button type="button" className="button" onClick={props.onAnyway}>
          {t('openAnyway')}
        </button>
        <button type="button" className="button" onClick={props.onStop}>
          {t('notThis')}
        </button>
      </div>
    );
  }
  const { progress } = opening;
  const total = progress?.totalBytes ?? null;
  return (
    <div className="opening" data-opening="downloading">
      <progress
        aria-label={t('beginning', { name })}
        {...(progress === null || total === null
          ? {}
          : { value: progress.doneBytes, max: Math.max(1, total) })}
      />
      <p>
        {sayProgress(name, progress)}
        {opening.look !== null && (
          <span className="faint">
            {' '}
            {t('willNeed', { needed: formatBytes(opening.look.estimatedBytes) })}
          </span>
        )}
      </p>
      <button type="button" className="button" onClick={props.onStop} title={t('stopWhy')}>
        {t('stop')}
      </button>
    </div>
  );
}
