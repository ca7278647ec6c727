import { formatPercent } from '../lib/format-number.ts';
import { useActions, useApp } from '../state/hooks.tsx';
import { Choice, Pick, Slide } from '../ui/Choice.tsx';
import AttentionHeatmap from '../views/attention-heatmap/index.tsx';
import EntropyView from '../views/entropy-tokens/index.tsx';
import HeadCard from '../views/head-card/index.tsx';
import HeadGrid from '../views/head-grid/index.tsx';
import TextPanel from '../views/text-panel/index.tsx';
import TokenCard from '../views/token-card/index.tsx';
import { Guard } from './Guard.tsx';
import { t } from './messages.ts';

/** The Read workspace: the text and all heads on the left, the selected head on the right. */
export function ReadPage() {
  return (
    <main className="read">
      <div className="column">
        <Guard>
          <TextPanel />
        </Guard>
        <Guard>
          <HeadGrid />
        </Guard>
        <Guard>
          <EntropyView />
        </Guard>
      </div>
      <div className="column side">
        <DisplayBar />
        <Guard>
          <AttentionHeatmap />
        </Guard>
        <Guard>
          <HeadCard />
        </Guard>
        <Guard>
          <TokenCard />
        </Guard>
      </div>
    </main>
  );
}

/** Options that hold for every view. */
function DisplayBar() {
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
