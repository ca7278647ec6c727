import type { HeadIndex, LayerIndex, RunId, TokenIndex } from '../lib/flavor.ts';
import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import { createRandom } from '../lib/random.ts';
import { KEPT_ROWS_BYTES } from '../model/block-limits.ts';
import type { ByteSource } from '../model/byte-source.ts';
import { hashSource, joinHashes } from '../model/hash-source.ts';
import { decidePrecision } from '../model/memory-estimate.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { ModelFile } from '../model/model-file.ts';
import { openModel } from '../model/open-model.ts';
import type {
  ChatMessage,
  Engine,
  GeneratedToken,
  GenerationEnd,
  GenerationRequest,
  LoadProgress,
  MeasuredTokens,
  ModelRequest,
  RunEvent,
} from '../protocol/engine.ts';
import type { HeadVectors, Predictions, RunRequest } from '../protocol/run.ts';
import type { SurveyEnd, SurveyedLayer, SurveyRequest } from '../protocol/survey.ts';
import {
  MEAN_ATTENTION_TOKENS,
  type ScoreProgress,
  type WeightScoreRequest,
  type WeightScores,
} from '../protocol/weight-scores.ts';
import type { CausalSlice } from '../tensor/causal-slice.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import type { TokenizedText } from '../text/token.ts';
import { continueTokens } from './continue-tokens.ts';
import { HeldText, letGo } from './held-text.ts';
import { type LoadedModel, loadModel } from './loaded-model.ts';
import { averageHeads } from './mean-attention.ts';
import { measureTokens } from './measure-tokens.ts';
import { computePredictions, type PredictionRows, runOutput, runOutputBlocks } from './predict.ts';
import { readHeadVectors, recomputeRows, toSlice } from './read-rows.ts';
import { planRun, runLayers } from './run-layers.ts';
import { floatsOf, type Runtime } from './runtime.ts';
import { sampleToken } from './sample-token.ts';
import { scoreWeights } from './score-weights.ts';
import { surveyTokens } from './survey-tokens.ts';
import { computeValueNorms } from './value-norms.ts';

/** What the engine needs of the place it runs in. */
export interface EngineHost {
  startRuntime(): Promise<Runtime>;
  /** Opens all files of a model; the engine closes them. */
  openSources(request: ModelRequest, signal?: AbortSignal): Promise<readonly ByteSource[]>;
  /** The machine's memory; null or absent where it does not tell. */
  readonly memoryBytes?: number | null;
  /** Lets messages in between layers. */
  pause(): Promise<void>;
}

/** Texts are refused by their length before they are cut when no model could take them. */
const CHARACTERS_PER_TOKEN_AT_MOST = 128;

/** The engine's core in this very thread. Knows no browser. */
export class InProcessEngine implements Engine {
  private runtime: Runtime | null = null;
  private file: ModelFile | null = null;
  private model: LoadedModel | null = null;
  private heldText: HeldText | null = null;
  private keptRowsBytes = 0;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: EngineHost) {}

  async loadModel(
    request: ModelRequest,
    onProgress: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<ModelFacts> {
    return this.alone(async () => {
      onProgress({ stage: 'runtime', loadedBytes: 0, totalBytes: 0 });
      this.runtime ??= await this.host.startRuntime();
      const sources = await this.host.openSources(request, signal);
      const file = await openModel(request.fileName, sources, signal);
      try {
        signal?.throwIfAborted();
        const wish = request.precision ?? 'auto';
        const memory = this.host.memoryBytes ?? null;
        const precision = decidePrecision(file, this.runtime.device, wish, memory);
        // Never two models at once: what is left of the old one goes before the new one is read.
        await this.letModelGo();
        this.model = await loadModel(file, this.runtime, onProgress, { precision, signal });
        this.keptRowsBytes = KEPT_ROWS_BYTES[precision];
      } catch (error) {
        await file.close();
        throw error;
      }
      this.file = file;
      return this.model.facts;
    });
  }

  async tokenize(text: string, addsBegin?: boolean): Promise<TokenizedText> {
    return this.cut(text, addsBegin);
  }

  async tokensOf(ids: Int32Array): Promise<TokenizedText> {
    return this.loaded().tokenizer.fromIds(ids);
  }

  async run(
    request: RunRequest,
    onEvent: (event: RunEvent) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    return this.alone(async () => {
      const model = this.loaded();
      const tokens = request.tokens ?? this.cut(request.text, request.addsBegin);
      const ids = new Int32Array(tokens.ids);
      this.assertLength(ids.length);
      await this.runTokens(request.runId, tokens, ids, request.keepLayers, onEvent, signal);
      const held = this.held();
      const rows = await computePredictions(
        model.stack,
        held.cache,
        ids,
        held.predictions,
        this.host.pause,
        signal,
      );
      held.predictions = rows;
      onEvent({ kind: 'predictions', predictions: this.describe(rows) });
    });
  }

  async readSlice(runId: RunId, layer: LayerIndex, head: HeadIndex): Promise<CausalSlice> {
    if (this.held().layer(runId, layer).cached.attention === null) {
      await this.alone(async () => {
        const { cached } = this.held().layer(runId, layer);
        if (cached.attention !== null) return;
        this.held().makeRoom(layer, cached.ids.length);
        cached.attention = await recomputeRows(this.loaded().stack, this.held().cache, layer);
      });
    }
    const { cached, count } = this.held().layer(runId, layer);
    if (cached.attention === null) throw letGo(runId);
    return toSlice(cached.attention[head], count);
  }

  async readHeadVectors(
    runId: RunId,
    layer: LayerIndex,
    head: HeadIndex,
    query: TokenIndex,
  ): Promise<HeadVectors> {
    return this.alone(async () => {
      if (query >= this.held().layer(runId, layer).count) throw letGo(runId);
      return readHeadVectors(this.loaded().stack, this.held().cache, layer, head, query);
    });
  }

  async readStream(runId: RunId, layer: LayerIndex): Promise<Float32Array> {
    return this.alone(async () => {
      const { stack } = this.loaded();
      if (layer < stack.config.layerCount) {
        const { cached, count } = this.held().layer(runId, layer);
        return cached.inputs.rows(0, count).slice();
      }
      const { count } = this.held().layer(runId, stack.config.layerCount - 1);
      const normed = new Float32Array(count * stack.config.hiddenSize);
      const blocks = runOutputBlocks(stack, this.held().cache, count, ['normed']);
      let at = 0;
      for await (const block of blocks) {
        normed.set(block.normed, at);
        at += block.normed.length;
      }
      return normed;
    });
  }

  async readLogits(runId: RunId, query: TokenIndex): Promise<Float32Array> {
    return this.alone(async () => {
      const { stack } = this.loaded();
      const { count } = this.held().layer(runId, stack.config.layerCount - 1);
      if (query >= count) throw letGo(runId);
      return (await this.logitsAt(query)).slice();
    });
  }

  async generate(
    request: GenerationRequest,
    onToken: (token: GeneratedToken) => void,
    signal?: AbortSignal,
  ): Promise<{ readonly stopped: GenerationEnd }> {
    return this.alone(async () => {
      const { tokenizer } = this.loaded();
      const random = createRandom(request.seed);
      const stops = (request.stopTexts ?? []).filter((text) => text !== '');
      const prompt = request.tokens ?? this.cut(request.text, request.addsBegin);
      const keep = request.keepLayers ?? [];
      const made: number[] = [];
      const summaries = new Map<number, LayerSummary>();
      const onEvent = (event: RunEvent): void => {
        if (event.kind === 'layer') summaries.set(event.summary.layer, event.summary);
      };
      const runHere = async (tokens: TokenizedText): Promise<RunId> => {
        const runId = `${request.runId}.${made.length}`;
        await this.runTokens(runId, tokens, new Int32Array(tokens.ids), keep, onEvent, signal);
        return runId;
      };
      this.assertLength(prompt.ids.length);
      await runHere(prompt);
      while (made.length < request.tokenCount) {
        signal?.throwIfAborted();
        const choice = sampleToken(
          await this.logitsAt(prompt.ids.length + made.length - 1),
          request.temperature,
          request.topP,
          random,
        );
        if (tokenizer.isEnd(choice.id) && request.keepsEndToken !== true)
          return { stopped: 'end-token' };
        this.assertLength(prompt.ids.length + made.length + 1);
        made.push(choice.id);
        const tokens = continueTokens(prompt, made, tokenizer);
        const runId = await runHere(tokens);
        onToken({
          runId,
          id: choice.id,
          text: tokenizer.decode([choice.id]),
          probability: choice.probability,
          tokens,
          layers: [...summaries.values()].sort((a, b) => a.layer - b.layer),
        });
        const added = tokens.text.slice(prompt.text.length);
        if (stops.some((stop) => added.includes(stop))) return { stopped: 'stop-text' };
      }
      return { stopped: 'count' };
    });
  }

  async renderChat(
    messages: readonly ChatMessage[],
    options: { readonly addGenerationPrompt: boolean },
  ): Promise<string> {
    return this.loaded().tokenizer.renderChat(messages, options.addGenerationPrompt);
  }

  async readFileHash(): Promise<string | null> {
    const hashes: string[] = [];
    for (const source of this.file?.weightSources ?? []) hashes.push(await hashSource(source));
    return hashes.length > 0 ? joinHashes(hashes) : null;
  }

  async measureTokens(ids: readonly number[], signal?: AbortSignal): Promise<MeasuredTokens> {
    return this.alone(async () => {
      const { stack, embedding } = this.loaded();
      this.assertLength(ids.length);
      return measureTokens(stack, embedding, Int32Array.from(ids), this.host.pause, signal);
    });
  }

  async survey(
    request: SurveyRequest,
    onLayer: (layer: SurveyedLayer) => void,
    signal?: AbortSignal,
  ): Promise<SurveyEnd> {
    return this.alone(async () => {
      const { stack, embedding } = this.loaded();
      this.assertLength(request.ids.length);
      return surveyTokens(stack, embedding, request, onLayer, this.host.pause, signal);
    });
  }

  async readValueNorms(runId: RunId, layer: LayerIndex): Promise<Float32Array> {
    return this.alone(async () => {
      const { cached, count } = this.held().layer(runId, layer);
      const { runtime } = this.loaded().stack;
      return computeValueNorms(runtime, this.opened(), layer, cached.values.rows(0, count));
    });
  }

  async readMeanAttention(runId: RunId, signal?: AbortSignal): Promise<readonly CausalSlice[]> {
    const { stack } = this.loaded();
    const layers: CausalSlice[] = [];
    for (let layer = 0; layer < stack.config.layerCount; layer++) {
      const mean = await this.alone(async () => {
        signal?.throwIfAborted();
        const { cached, count } = this.held().layer(runId, layer);
        assertShort(count, MEAN_ATTENTION_TOKENS);
        const heads = cached.attention ?? (await recomputeRows(stack, this.held().cache, layer));
        return averageHeads(heads, count);
      });
      layers.push(mean);
      await this.host.pause();
    }
    return layers;
  }

  async scoreWeights(
    request: WeightScoreRequest,
    onProgress: (progress: ScoreProgress) => void,
    signal?: AbortSignal,
  ): Promise<WeightScores> {
    try {
      const model = this.loaded();
      const host = {
        alone: <T>(work: () => Promise<T>) => this.alone(work),
        pause: this.host.pause,
        assertHeld: () => {
          if (this.model !== model)
            throw new HeadlightError('cancelled', 'The model was changed while it was scored.');
        },
      };
      return await scoreWeights(host, model, this.opened(), request, onProgress, signal);
    } catch (error) {
      throw toHeadlightError(error);
    }
  }

  dispose(): void {
    void this.letModelGo();
  }

  private async letModelGo(): Promise<void> {
    const { model, file } = this;
    this.model = null;
    this.file = null;
    this.heldText = null;
    await model?.release();
    await file?.close();
  }

  /** Runs the layers for a text that is cut already and sends tokens and layers. */
  private async runTokens(
    runId: RunId,
    tokens: TokenizedText,
    ids: Int32Array<ArrayBuffer>,
    keepLayers: readonly LayerIndex[],
    onEvent: (event: RunEvent) => void,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { stack, embedding } = this.loaded();
    const held = this.held();
    const { cache } = held;
    const plan = planRun(cache, ids);
    onEvent({ kind: 'tokens', tokens, reusedTokens: plan.kept });
    held.remember(runId, ids);
    const fits = held.countKeptLayers(ids.length);
    const favourites = new Set(keepLayers.slice(0, fits));
    try {
      await runLayers(stack, cache, ids, plan, (part, start) => embedding.lookUp(part, start), {
        signal,
        keepsRows: (layer) => fits >= stack.config.layerCount || favourites.has(layer),
        onLayer: (summary) => onEvent({ kind: 'layer', summary }),
        pause: this.host.pause,
      });
    } catch (error) {
      const known = toHeadlightError(error);
      // After anything but a cancellation the cache may be half written: start afresh next time.
      if (known.code !== 'cancelled') this.heldText = null;
      throw known;
    }
  }

  private async logitsAt(query: TokenIndex): Promise<Float32Array> {
    const row = this.held().cache.outputs.rows(query, query + 1);
    return floatsOf(await runOutput(this.loaded().stack, row, [0], 1, ['logits']), 'logits');
  }

  private describe(rows: PredictionRows): Predictions {
    const { tokenizer } = this.loaded();
    return {
      count: rows.sequence.length,
      ids: rows.ids.slice(),
      logProbabilities: rows.logProbabilities.slice(),
      texts: Array.from(rows.ids, (id) => (id < 0 ? '' : tokenizer.decode([id]))),
      surprise: rows.surprise.slice(),
    };
  }

  private cut(text: string, addsBegin?: boolean): TokenizedText {
    const { tokenizer, facts } = this.loaded();
    const limit = facts.contextLength * CHARACTERS_PER_TOKEN_AT_MOST;
    if (text.length > limit) {
      throw new HeadlightError(
        'text-too-long',
        `The text has ${text.length} characters; the model takes ${facts.contextLength} tokens.`,
        { characters: text.length, limit: facts.contextLength },
      );
    }
    return tokenizer.tokenize(text, addsBegin);
  }

  private assertLength(count: number): void {
    const limit = this.loaded().facts.contextLength;
    if (count === 0) {
      throw new HeadlightError('text-empty', 'The text is empty: there is nothing to look at.');
    }
    if (count > limit) {
      throw new HeadlightError(
        'text-too-long',
        `The text has ${count} tokens; the model was made for ${limit} at most.`,
        { tokens: count, limit },
      );
    }
  }

  private loaded(): LoadedModel {
    if (this.model === null) throw new HeadlightError('not-ready', 'No model is loaded yet.');
    return this.model;
  }

  private opened(): ModelFile {
    if (this.file === null) throw new HeadlightError('not-ready', 'No model is loaded yet.');
    return this.file;
  }

  private held(): HeldText {
    this.heldText ??= new HeldText(this.loaded().stack.config, this.keptRowsBytes);
    return this.heldText;
  }

  /** Does one thing at a time: runs, generation and recomputation share the sessions and the cache. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result.catch((error: unknown) => {
      throw toHeadlightError(error);
    });
  }
}

function assertShort(tokens: number, limit: number): void {
  if (tokens <= limit) return;
  throw new HeadlightError(
    'text-too-long',
    `The text has ${tokens} tokens; the mean over heads is read of ${limit} at most.`,
    { tokens, limit },
  );
}
