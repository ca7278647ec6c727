import { t } from './messages.ts';
import type { QueueAction, QueueSaying } from './say-queue.ts';

/** How far the texts are, and the ways to start, pause and stop them. */
export function QueueBar(props: {
  readonly saying: QueueSaying;
  readonly onAction: (action: QueueAction) => void;
}) {
  const { text, spoken, share, actions } = props.saying;
  return (
    <div className="queue-bar" data-readout="queue">
      {share !== null && <progress max={1} value={share} aria-label={t('progress')} />}
      <span className="said" aria-hidden={spoken !== ''}>
        {text}
      </span>
      <span className="spoken" role="status">
        {spoken}
      </span>
      {actions.map(({ action, label }) => (
        <button
          key={action}
          type="button"
          className={action === 'start' ? 'button primary' : 'button'}
          onClick={() => props.onAction(action)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
