import { useMemo } from 'react';
import type { TextItem } from '../../text/sets/text-set.ts';
import type { AnalysisState, AnalysisTask } from '../analysis-desk.ts';
import { useAnalyses } from '../analysis-hooks.tsx';
import { useApp, useHeadlight } from '../hooks.tsx';
import { getModelKey } from '../model-key.ts';
import { useDomains } from './domains-hooks.tsx';
import { type ExampleRows, readExample } from './example-entropies.ts';

/** Rows of single texts by the loaded model, one text at a time, kept for all heads; null without a model. */
export function useExamples(
  texts: readonly TextItem[],
): readonly AnalysisState<ExampleRows>[] | null {
  const { engine } = useHeadlight();
  const facts = useApp((state) => (state.model.status === 'ready' ? state.model.facts : null));
  const plan = useDomains((state) => state.shownPlan);
  const isSameModel = facts !== null && plan !== null && getModelKey(facts) === plan.modelKey;
  const tasks = useMemo((): readonly AnalysisTask<ExampleRows>[] => {
    if (facts === null || plan === null || !isSameModel) return [];
    return texts.map((text) => ({
      of: [text],
      name: `example ${plan.key}`,
      run: (onProgress, signal) =>
        readExample(engine(), text.text, facts, plan, onProgress, signal),
    }));
  }, [engine, facts, plan, isSameModel, texts]);
  const states = useAnalyses(tasks);
  return isSameModel ? states : null;
}
