import { formatBytes } from '../../lib/format-number.ts';
import type { DomainsState } from '../../state/domains/domains-state.ts';
import { t } from './messages.ts';
import { SureButton } from './SureButton.tsx';

/** Whether this browser keeps sets and results, what they take, and the way to be rid of them. */
export function Keeping(props: {
  readonly keeping: DomainsState['keeping'];
  readonly usage: DomainsState['usage'];
  /** Bytes that results may take. */
  readonly room: number;
  /** Bytes that all texts' results will take; null while that is not known. */
  readonly needed: number | null;
  readonly setCount: number;
  readonly onForget: () => void;
  readonly onRemoveAll: () => void;
}) {
  const { keeping, usage, room, needed, setCount } = props;
  const hasResults = usage !== null && usage.profileCount > 0;
  return (
    <p className="keeping faint">
      {keeping.status === 'memory' ? (
        <strong role="alert">
          {t(
            keeping.error.code === 'storage-full'
              ? 'memory_storage-full'
              : keeping.isUnread
                ? 'memory_unread'
                : 'memory',
          )}
        </strong>
      ) : (
        <span>
          {hasResults
            ? t('keptHere', {
                count: usage.profileCount,
                size: formatBytes(usage.profileBytes),
              })
            : t('setsKept')}
        </span>
      )}
      {keeping.status === 'kept' && needed !== null && needed > room && (
        <strong role="note">
          {t('tooMuch', { needed: formatBytes(needed), room: formatBytes(room) })}
        </strong>
      )}
      {hasResults && (
        <SureButton label={t('forget')} question={t('forgetSure')} onSure={props.onForget} />
      )}
      {setCount > 0 && (
        <SureButton
          label={t('removeAll')}
          question={t('removeAllSure', { count: setCount })}
          onSure={props.onRemoveAll}
        />
      )}
    </p>
  );
}
