import { formatPercent } from '../lib/format-number.ts';
import { useActions, useApp } from '../state/hooks.tsx';
import { Choice, Pick, Slide } from '../ui/Choice.tsx';
import { t } from './messages.ts';

/** Options that hold for every view. */
export function DisplayBar() {
  const display = useApp((state) => state.display);
  const actions = useActions();
  return (
    <section className="display-bar" aria-label={t('display')}>
      <Choice
        label={t('unit')}
        value={display.unit}
        options={(['token', 'word', 'sentence', 'line'] as const).map(
          (value) => [value, t(value)] as const,
        )}
        onChange={(unit) => actions.setDisplay({ unit })}
      />
      <Pick
        label={t('firstToken')}
        value={display.firstToken}
        options={(['keep', 'drop', 'drop-renormalise'] as const).map(
          (value) => [value, t(value)] as const,
        )}
        onChange={(firstToken) => actions.setDisplay({ firstToken })}
      />
      <Pick
        label={t('scale')}
        value={display.scale}
        options={(['linear', 'sqrt', 'log', 'row'] as const).map(
          (value) => [value, t(value)] as const,
        )}
        onChange={(scale) => actions.setDisplay({ scale })}
      />
      <Slide
        label={t('threshold')}
        value={display.thresholdWeight}
        min={0}
        max={0.5}
        step={0.01}
        shown={formatPercent(display.thresholdWeight)}
        onChange={(thresholdWeight) => actions.setDisplay({ thresholdWeight })}
      />
      <Slide
        label={t('mass')}
        value={display.cumulatedMass}
        min={0.1}
        max={1}
        step={0.05}
        shown={formatPercent(display.cumulatedMass)}
        onChange={(cumulatedMass) => actions.setDisplay({ cumulatedMass })}
      />
    </section>
  );
}
