import { type HeadlightError, toHeadlightError } from '../../lib/headlight-error.ts';
import type { ModelFacts } from '../../model/model-facts.ts';
import type { Engine } from '../../protocol/engine.ts';
import { isOfEngine, readTokens } from './survey-text.ts';

const PROGRESS_MS = 100;

/** What a counting is for. */
export interface CountRequest {
  readonly facts: ModelFacts;
  readonly modelKey: string;
  readonly addsBegin: boolean;
  /** By text id. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Counts the tokens of texts, each once for a model and begin token: a change of cutting counts nothing again. */
export class TokenCounter {
  private readonly counted = new Map<string, Map<string, number>>();
  private readonly failures = new Map<string, HeadlightError>();

  /** Tokens of each text; those that cannot be cut are NaN. Null when it was given up. */
  async count(
    engine: () => Engine,
    { facts, modelKey, addsBegin, texts }: CountRequest,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, number> | null> {
    const key = `${modelKey}/${addsBegin}`;
    const known = this.counted.get(key) ?? new Map<string, number>();
    this.counted.set(key, known);
    const missing = [...texts].filter(([id]) => !known.has(id));
    let told = Number.NEGATIVE_INFINITY;
    for (const [done, [id, text]] of missing.entries()) {
      if (performance.now() - told > PROGRESS_MS) {
        told = performance.now();
        onProgress(done, missing.length);
      }
      try {
        const { ids } = await readTokens(engine(), text, facts, addsBegin);
        known.set(id, ids.length);
      } catch (thrown) {
        const error = toHeadlightError(thrown);
        if (signal.aborted || isOfEngine(error)) return null;
        known.set(id, Number.NaN);
        this.failures.set(`${modelKey}\n${id}`, error);
      }
      if (signal.aborted) return null;
    }
    return new Map([...texts.keys()].map((id) => [id, known.get(id) ?? Number.NaN]));
  }

  /** Why a text could not be cut. */
  getFailure(modelKey: string, textId: string): HeadlightError | undefined {
    return this.failures.get(`${modelKey}\n${textId}`);
  }

  /** Lets texts that could not be cut be tried again. */
  forgetFailures(): void {
    this.failures.clear();
    for (const known of this.counted.values())
      for (const [id, count] of known) if (Number.isNaN(count)) known.delete(id);
  }
}
