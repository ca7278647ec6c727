import type { ModelFacts } from '../model/model-facts.ts';
import type { RunEvent } from '../protocol/engine.ts';
import type { RunData } from '../protocol/run.ts';
import type { TokenizedText } from '../text/token.ts';

/** A run's parts are shown together this often, so that the page keeps its time for the person. */
const SHOW_EVERY_MS = 150;

/** What is done with a run as it arrives. */
export interface RunScene {
  readonly runId: string;
  readonly model: ModelFacts;
  readonly signal: AbortSignal;
  onTokens(tokens: TokenizedText): void;
  /** Called with what has arrived so far; `layersDone` grows up to the model's number of layers. */
  onShow(run: RunData, layersDone: number): void;
}

/**
 * Collects a run's parts and shows them: nothing in the first moment, so that a quick run replaces the
 * one before it at once; then what has come every so often; all layers and the predictions when they are
 * complete. After the signal nothing is shown any more.
 */
export function followRun({
  runId,
  model,
  signal,
  onTokens,
  onShow,
}: RunScene): (event: RunEvent) => void {
  let data: RunData | null = null;
  let layersDone = 0;
  let timer: ReturnType<typeof setTimeout> | null = setTimeout(flush, SHOW_EVERY_MS);
  let hasNews = false;

  function flush(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (signal.aborted || data === null || !hasNews) return;
    hasNews = false;
    onShow(data, layersDone);
    if (layersDone < model.layerCount) timer = setTimeout(flush, SHOW_EVERY_MS);
  }

  return (event) => {
    if (signal.aborted) return;
    if (event.kind === 'tokens') {
      onTokens(event.tokens);
      data = {
        runId,
        model,
        tokens: event.tokens,
        layers: Array.from({ length: model.layerCount }, () => null),
        predictions: null,
        recorded: null,
      };
      return;
    }
    if (data === null) return;
    hasNews = true;
    if (event.kind === 'predictions') {
      data = { ...data, predictions: event.predictions };
      flush();
      return;
    }
    layersDone++;
    data = { ...data, layers: data.layers.with(event.summary.layer, event.summary) };
    if (layersDone === model.layerCount || timer === null) flush();
  };
}
