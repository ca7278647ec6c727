import { SurveyCollector, toStreamPoint } from '../engine/collect-survey.ts';
import type { HeadIndex, LayerIndex, RunId, TokenIndex } from '../lib/flavor.ts';
import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import { joinHashes } from '../model/hash-source.ts';
import type { ModelFacts } from '../model/model-facts.ts';
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
import type { CallName } from '../protocol/messages.ts';
import {
  type HeadVectors,
  PREDICTIONS,
  type Predictions,
  type RunRequest,
} from '../protocol/run.ts';
import type { StreamPoint, SurveyEnd, SurveyedLayer, SurveyRequest } from '../protocol/survey.ts';
import {
  listScoreKinds,
  MEAN_ATTENTION_TOKENS,
  type ScoreProgress,
  type WeightScoreRequest,
  type WeightScores,
} from '../protocol/weight-scores.ts';
import { type CausalSlice, rowOf, rowStart } from '../tensor/causal-slice.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { createLayerSummary, getTokensPerTile, summariseRows } from '../tensor/summary-rows.ts';
import type { TokenizedText } from '../text/token.ts';
import { attentionFromText, cutAtSpaces, type DrawnAttention } from './attention-from-text.ts';

export interface FakeEngineOptions {
  /** What head 0 of layer 0 does, as `attentionFromText` reads it; also the words it continues with. */
  readonly drawing?: string;
  /** Awaited before each part of a call that has parts; a test holds an engine with it. */
  readonly gate?: (call: CallName) => Promise<void>;
  /** Sees each call first; what it throws, the call rejects with. */
  readonly onCall?: (call: CallName) => void;
}

const DRAWING = 'the cat saw the dog\n1\n.5 .5\n.2 .3 .5\n.7 0 0 .3\n.1 .1 .6 .1 .1';

/** The fake's model: two layers of two heads, as large a text as 64 tokens. */
export const FAKE_FACTS: ModelFacts = {
  name: 'fake',
  architecture: 'llama',
  layerCount: 2,
  headCount: 2,
  keyValueHeadCount: 1,
  headSize: 2,
  hiddenSize: 4,
  mlpSize: 8,
  vocabularySize: 100,
  contextLength: 64,
  parameterCount: 1000,
  fileType: 'F32 (20)',
  fileName: 'fake.gguf',
  fileBytes: 4000,
  fileCount: 1,
  isCompressed: false,
  sha256: null,
  precision: 'dequantised',
  device: 'native',
  threads: 1,
  addsBeginToken: false,
  beginToken: '<s>',
  chatTemplate: null,
  estimatedBytes: 600e6,
};

/**
 * The third implementation of Engine: no model, the same numbers for the same text. Layer 0: head 0 does
 * what is drawn while the text has the drawing's words and looks at itself after them, head 1 looks one
 * token back. Layer 1: head 0 looks everywhere alike, head 1 at the first token. The word after "cat" is
 * the one that follows it in the drawing.
 */
export class FakeEngine implements Engine {
  private readonly drawn: DrawnAttention;
  private readonly words: string[] = [];
  private readonly runs = new Map<RunId, TokenizedText>();
  private isLoaded = false;
  private fileName = '';
  /** Runs that were begun, in order. */
  readonly begun: RunRequest[] = [];

  constructor(private readonly options: FakeEngineOptions = {}) {
    this.drawn = attentionFromText(options.drawing ?? DRAWING);
    this.cut(this.drawn.tokens.text);
  }

  async loadModel(
    request: ModelRequest,
    onProgress: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<ModelFacts> {
    this.options.onCall?.('loadModel');
    onProgress({ stage: 'header', loadedBytes: 0, totalBytes: FAKE_FACTS.fileBytes });
    await this.part('loadModel', signal);
    onProgress({ stage: 'weights', loadedBytes: 3000, totalBytes: FAKE_FACTS.fileBytes });
    await this.part('loadModel', signal);
    this.isLoaded = true;
    this.fileName = request.fileName;
    this.runs.clear();
    return { ...FAKE_FACTS, fileName: request.fileName };
  }

  async tokenize(text: string, addsBegin?: boolean): Promise<TokenizedText> {
    this.options.onCall?.('tokenize');
    this.assertLoaded();
    return this.cut(text, addsBegin);
  }

  async tokensOf(ids: Int32Array): Promise<TokenizedText> {
    this.options.onCall?.('tokensOf');
    this.assertLoaded();
    return this.cut(Array.from(ids, (id) => this.words[id] ?? '?').join(' '), false);
  }

  async run(
    request: RunRequest,
    onEvent: (event: RunEvent) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    this.begun.push(request);
    this.options.onCall?.('run');
    this.assertLoaded();
    const tokens = request.tokens ?? this.cut(request.text, request.addsBegin);
    this.assertLength(tokens.ids.length);
    onEvent({ kind: 'tokens', tokens, reusedTokens: 0 });
    this.runs.set(request.runId, tokens);
    for (let layer = 0; layer < FAKE_FACTS.layerCount; layer++) {
      await this.part('run', signal);
      onEvent({ kind: 'layer', summary: this.summarise(tokens, layer) });
    }
    await this.part('run', signal);
    onEvent({ kind: 'predictions', predictions: this.predict(tokens) });
  }

  async readSlice(runId: RunId, layer: LayerIndex, head: HeadIndex): Promise<CausalSlice> {
    this.options.onCall?.('readSlice');
    return this.sliceOf(this.held(runId), layer, head);
  }

  async readHeadVectors(
    runId: RunId,
    layer: LayerIndex,
    head: HeadIndex,
    query: TokenIndex,
  ): Promise<HeadVectors> {
    this.options.onCall?.('readHeadVectors');
    const weights = rowOf(this.sliceOf(this.held(runId), layer, head), query).slice();
    const { headSize } = FAKE_FACTS;
    const scores = weights.map((weight) => Math.log(Math.max(weight, 1e-30)));
    const keyVectors = new Float32Array(headSize * (query + 1));
    const valueVectors = new Float32Array(headSize * (query + 1));
    const output = new Float32Array(headSize);
    for (let key = 0; key <= query; key++) {
      keyVectors[headSize * key] = scores[key] * Math.sqrt(headSize);
      valueVectors.set([key, 1], headSize * key);
      output[0] += weights[key] * key;
      output[1] += weights[key];
    }
    const queryVector = Float32Array.of(1, 0);
    return {
      query,
      headSize,
      queryVector,
      keyVectors,
      valueVectors,
      attentionScale: 1 / Math.sqrt(headSize),
      scoreCap: null,
      scores,
      weights,
      output,
    };
  }

  async readStream(runId: RunId, layer: LayerIndex): Promise<Float32Array> {
    this.options.onCall?.('readStream');
    const { ids } = this.held(runId);
    const width = FAKE_FACTS.hiddenSize;
    return Float32Array.from({ length: ids.length * width }, (_, i) =>
      Math.fround(ids[Math.floor(i / width)] + layer / 10 + (i % width) / 100),
    );
  }

  async readLogits(runId: RunId, query: TokenIndex): Promise<Float32Array> {
    this.options.onCall?.('readLogits');
    return this.logitsAfter(this.held(runId).ids[query]);
  }

  async generate(
    request: GenerationRequest,
    onToken: (token: GeneratedToken) => void,
    signal?: AbortSignal,
  ): Promise<{ readonly stopped: GenerationEnd }> {
    this.options.onCall?.('generate');
    this.assertLoaded();
    let { text } = request;
    for (let made = 0; made < request.tokenCount; made++) {
      await this.part('generate', signal);
      const before = this.cut(text).ids;
      const id = this.idAfter(before[before.length - 1]);
      text += ` ${this.words[id]}`;
      const tokens = this.cut(text);
      this.assertLength(tokens.ids.length);
      const runId = `${request.runId}.${made + 1}`;
      this.runs.set(runId, tokens);
      const layers = [this.summarise(tokens, 0), this.summarise(tokens, 1)];
      onToken({ runId, id, text: ` ${this.words[id]}`, probability: 0.5, tokens, layers });
      const written = text.slice(request.text.length);
      if (request.stopTexts?.some((stop) => stop !== '' && written.includes(stop)))
        return { stopped: 'stop-text' };
    }
    return { stopped: 'count' };
  }

  async renderChat(messages: readonly ChatMessage[]): Promise<string> {
    this.options.onCall?.('renderChat');
    return messages.map(({ role, content }) => `${role}: ${content}`).join('\n');
  }

  async readFileHash(): Promise<string | null> {
    this.options.onCall?.('readFileHash');
    // Another file is another model.
    return this.fileName === 'fake.gguf' ? 'f'.repeat(64) : joinHashes([this.fileName, 'other']);
  }

  async measureTokens(ids: readonly number[]): Promise<MeasuredTokens> {
    this.options.onCall?.('measureTokens');
    this.assertLoaded();
    const tokens = this.cut(ids.map((id) => this.words[id] ?? '?').join(' '));
    const { layerCount, headCount } = FAKE_FACTS;
    const rows = rowStart(ids.length);
    const attention = new Float32Array(layerCount * headCount * rows);
    for (let at = 0; at < layerCount * headCount; at++) {
      const slice = this.sliceOf(tokens, Math.floor(at / headCount), at % headCount);
      attention.set(slice.packed, at * rows);
    }
    return {
      attention,
      attentionByToken: attention.slice(),
      logits: Float32Array.from(Array.from(ids, (id) => [...this.logitsAfter(id)]).flat()),
    };
  }

  async survey(
    request: SurveyRequest,
    onLayer: (layer: SurveyedLayer) => void,
    signal?: AbortSignal,
  ): Promise<SurveyEnd> {
    this.options.onCall?.('survey');
    this.assertLoaded();
    this.assertLength(request.ids.length);
    const tokens = this.cut(Array.from(request.ids, (id) => this.words[id] ?? '?').join(' '));
    const { layerCount, headCount, hiddenSize } = FAKE_FACTS;
    const n = request.ids.length;
    const streamAt = (layer: number): StreamPoint | null => {
      if (!request.takesStream) return null;
      const rows = Float32Array.from({ length: n * hiddenSize }, (_, i) =>
        Math.fround(request.ids[Math.floor(i / hiddenSize)] + layer / 10 + (i % hiddenSize) / 100),
      );
      return toStreamPoint(rows, hiddenSize);
    };
    for (let layer = 0; layer < layerCount; layer++) {
      await this.part('survey', signal);
      const collector = new SurveyCollector(request, headCount, null);
      const attention = new Float32Array(headCount * n * n);
      for (let head = 0; head < headCount; head++) {
        const slice = this.sliceOf(tokens, layer, head);
        for (let query = 0; query < n; query++)
          attention.set(rowOf(slice, query), (head * n + query) * n);
      }
      collector.take({ start: 0, count: n, tokensPerTile: 1 }, attention);
      const { patterns, columns, corner, weightCounts } = collector;
      const summary = this.summarise(tokens, layer);
      onLayer({ layer, summary, patterns, columns, corner, weightCounts, stream: streamAt(layer) });
    }
    return { stream: streamAt(layerCount) };
  }

  /** The lengths of `readHeadVectors`' values, [key, 1]. */
  async readValueNorms(runId: RunId): Promise<Float32Array> {
    this.options.onCall?.('readValueNorms');
    const { length } = this.held(runId).ids;
    return Float32Array.from({ length: FAKE_FACTS.headCount * length }, (_, i) =>
      Math.hypot(i % length, 1),
    );
  }

  async readMeanAttention(runId: RunId, signal?: AbortSignal): Promise<readonly CausalSlice[]> {
    this.options.onCall?.('readMeanAttention');
    const tokens = this.held(runId);
    this.assertLength(tokens.ids.length, MEAN_ATTENTION_TOKENS);
    const layers: CausalSlice[] = [];
    for (let layer = 0; layer < FAKE_FACTS.layerCount; layer++) {
      await this.part('readMeanAttention', signal);
      const [a, b] = [this.sliceOf(tokens, layer, 0), this.sliceOf(tokens, layer, 1)];
      layers.push({ ...a, packed: a.packed.map((weight, i) => (weight + b.packed[i]) / 2) });
    }
    return layers;
  }

  /** Kind after kind and head after head, 0, .1, .2 and on. */
  async scoreWeights(
    request: WeightScoreRequest,
    onProgress: (progress: ScoreProgress) => void,
    signal?: AbortSignal,
  ): Promise<WeightScores> {
    this.options.onCall?.('scoreWeights');
    this.assertLoaded();
    const { layerCount, headCount } = FAKE_FACTS;
    for (let doneLayers = 0; doneLayers <= layerCount; doneLayers++) {
      await this.part('scoreWeights', signal);
      onProgress({ doneLayers, layerCount });
    }
    const heads = layerCount * headCount;
    return Object.fromEntries(
      listScoreKinds(request).map((kind, at) => [
        kind,
        Float32Array.from({ length: heads }, (_, head) => (at * heads + head) / 10),
      ]),
    );
  }

  dispose(): void {
    this.isLoaded = false;
    this.runs.clear();
  }

  private async part(call: CallName, signal: AbortSignal | undefined): Promise<void> {
    await this.options.gate?.(call);
    try {
      signal?.throwIfAborted();
    } catch (thrown) {
      throw toHeadlightError(thrown);
    }
  }

  private idOf(word: string): number {
    if (!this.words.includes(word)) this.words.push(word);
    return this.words.indexOf(word);
  }

  private cut(text: string, addsBegin = FAKE_FACTS.addsBeginToken): TokenizedText {
    const tokens = cutAtSpaces(text, (part) => this.idOf(part.trim()));
    if (!addsBegin) return tokens;
    const begin = FAKE_FACTS.beginToken ?? '';
    return {
      text,
      ids: Int32Array.from([this.idOf(begin), ...tokens.ids]),
      pieces: [begin, ...tokens.pieces],
      starts: Int32Array.from([0, ...tokens.starts]),
      ends: Int32Array.from([0, ...tokens.ends]),
      special: [true, ...tokens.special],
    };
  }

  private sliceOf({ ids }: TokenizedText, layer: number, head: number): CausalSlice {
    const size = ids.length;
    const packed = new Float32Array(rowStart(size));
    const { ids: drawnIds } = this.drawn.tokens;
    let isDrawn = true;
    for (let query = 0; query < size; query++) {
      const row = packed.subarray(rowStart(query), rowStart(query + 1));
      isDrawn &&= query < drawnIds.length && drawnIds[query] === ids[query];
      if (layer === 1 && head === 0) row.fill(1 / (query + 1));
      else if (layer === 1) row[0] = 1;
      else if (head === 1) row[Math.max(0, query - 1)] = 1;
      else if (isDrawn) row.set(rowOf(this.drawn.slice, query));
      else row[query] = 1;
    }
    return { size, packed };
  }

  private summarise(tokens: TokenizedText, layer: LayerIndex): LayerSummary {
    const { headCount } = FAKE_FACTS;
    const n = tokens.ids.length;
    const summary = createLayerSummary(layer, headCount, n, getTokensPerTile(n));
    for (let head = 0; head < headCount; head++) {
      const slice = this.sliceOf(tokens, layer, head);
      summariseRows(summary, head, tokens.ids, (query) => rowOf(slice, query));
      for (let query = 0; query < n; query++) {
        const at = head * n + query;
        const row = rowOf(slice, query);
        const terms = row.map((weight) => (weight > 0 ? -weight * Math.log(weight) : 0));
        const sum = (values: Float32Array): number => values.reduce((a, b) => a + b, 0);
        summary.entropy[at] = sum(terms);
        summary.tailEntropy[at] = sum(terms.subarray(1));
        summary.tailMass[at] = sum(row.subarray(1));
        summary.distance[at] = row.reduce(
          (total, weight, key) => total + weight * (query - key),
          0,
        );
        summary.tailDistance[at] = summary.distance[at] - query * row[0];
      }
    }
    return summary;
  }

  /** The word that follows this one in the drawing; the first word when none does. */
  private idAfter(id: number): number {
    const { ids } = this.drawn.tokens;
    return ids[(ids.indexOf(id) + 1) % ids.length];
  }

  private logitsAfter(id: number): Float32Array {
    const logits = new Float32Array(FAKE_FACTS.vocabularySize);
    logits[this.idAfter(id)] = 1;
    return logits;
  }

  private predict({ ids }: TokenizedText): Predictions {
    const count = ids.length;
    const total = Math.log(FAKE_FACTS.vocabularySize - 1 + Math.E);
    const others = Array.from({ length: PREDICTIONS }, (_, id) => id);
    const best = Array.from(ids, (id) => {
      const first = this.idAfter(id);
      return [first, ...others.filter((other) => other !== first)].slice(0, PREDICTIONS);
    });
    const surprise = new Float32Array(count).fill(Number.NaN);
    for (let i = 1; i < count; i++) surprise[i] = total - this.logitsAfter(ids[i - 1])[ids[i]];
    return {
      count,
      ids: Int32Array.from(best.flat()),
      logProbabilities: Float32Array.from(
        best.flatMap((row) => row.map((_, k) => (k ? 0 : 1) - total)),
      ),
      texts: best.flat().map((id) => this.words[id] ?? ''),
      surprise,
    };
  }

  private held(runId: RunId): TokenizedText {
    const tokens = this.runs.get(runId);
    if (tokens === undefined) {
      throw new HeadlightError('run-let-go', `Run ${runId} is no longer held.`, { runId });
    }
    return tokens;
  }

  private assertLoaded(): void {
    if (!this.isLoaded) throw new HeadlightError('not-ready', 'No model is loaded yet.');
  }

  private assertLength(tokens: number, limit = FAKE_FACTS.contextLength): void {
    if (tokens === 0) throw new HeadlightError('text-empty', 'The text is empty.');
    if (tokens > limit) {
      throw new HeadlightError(
        'text-too-long',
        `The text has ${tokens} tokens; the model was made for ${limit} at most.`,
        { tokens, limit },
      );
    }
  }
}
