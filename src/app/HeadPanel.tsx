import type { HeadView, Weighting } from '../state/display-options.ts';
import { useActions, useApp } from '../state/hooks.tsx';
import { Choice } from '../ui/Choice.tsx';
import AttentionHeatmap from '../views/attention-heatmap/index.tsx';
import AttentionLines from '../views/attention-lines/index.tsx';
import AttentionSteps from '../views/attention-steps/index.tsx';
import { t } from './messages.ts';

const VIEWS = {
  heatmap: AttentionHeatmap,
  lines: AttentionLines,
  steps: AttentionSteps,
} as const;

/** The selected head, in the view that the person chose for it. */
export function HeadPanel() {
  const { headView, weighting } = useApp(({ display }) => ({
    headView: display.headView,
    weighting: display.weighting,
  }));
  const actions = useActions();
  const View = VIEWS[headView];
  return (
    <View
      chooser={
        <>
          {headView !== 'steps' && (
            <Choice<Weighting>
              label={t('weighting')}
              value={weighting}
              options={[
                ['weights', t('weights')],
                ['values', t('values')],
              ]}
              onChange={(chosen) => actions.setDisplay({ weighting: chosen })}
            />
          )}
          <Choice<HeadView>
            label={t('headView')}
            value={headView}
            options={(['heatmap', 'lines', 'steps'] as const).map(
              (value) => [value, t(value)] as const,
            )}
            onChange={(chosen) => actions.setDisplay({ headView: chosen })}
          />
        </>
      }
    />
  );
}
