import { freeBuffer } from '../lib/free-buffer.ts';
import { planLayerWeights } from '../model/layer-weights.ts';
import { estimateMemory } from '../model/memory-estimate.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { ModelFile } from '../model/model-file.ts';
import { writeLayerGraph } from '../model/onnx/layer-graph.ts';
import { writeOutputGraph } from '../model/onnx/output-graph.ts';
import { isOutputTied, planOutputWeights } from '../model/output-weights.ts';
import { countParameters, type TensorMap } from '../model/tensor-file.ts';
import { pickUsedTensors } from '../model/used-tensors.ts';
import { type Precision, placeWeights } from '../model/weight-form.ts';
import { readWeights, type WeightPlan } from '../model/weight-plan.ts';
import type { LoadProgress } from '../protocol/engine.ts';
import { Embedding } from './embedding.ts';
import type { LayerStack } from './layer-stack.ts';
import type { GraphSession, Runtime } from './runtime.ts';
import { Tokenizer } from './tokenizer.ts';

/** A model in memory: sessions, embedding, tokenizer, and what is known of it. */
export interface LoadedModel {
  readonly stack: LayerStack;
  readonly embedding: Embedding;
  readonly tokenizer: Tokenizer;
  readonly facts: ModelFacts;
  release(): Promise<void>;
}

/** The file's tensors by type with counts, what takes most bytes first: "Q4_1 (210), Q8_0 (1), F32 (61)". */
function describeTypes(tensors: TensorMap): string {
  const types = new Map<string, { count: number; bytes: number }>();
  for (const { type, bytes } of tensors.values()) {
    const known = types.get(type.name) ?? { count: 0, bytes: 0 };
    types.set(type.name, { count: known.count + 1, bytes: known.bytes + bytes });
  }
  return [...types]
    .sort(([, a], [, b]) => b.bytes - a.bytes)
    .map(([name, { count }]) => `${name} (${count})`)
    .join(', ');
}

/** A layer's weights that may be held twice while a model loads, bytes. */
const SMALL_LAYER = 64 << 20;

const hasHalves = ({ weights }: WeightPlan<string>): boolean =>
  [...weights.values()].some(({ kind }) => kind === 'half');

export interface LoadOptions {
  /** How quantised weights are held; float32 when absent. */
  readonly precision?: Precision;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Loads a model layer by layer, so that never more than two small layers' weights, or a large one's, are held
 * beside what the runtime has taken. Throws the typed errors of the readers it uses; the file stays open.
 */
export async function loadModel(
  file: ModelFile,
  runtime: Runtime,
  onProgress: (progress: LoadProgress) => void,
  { precision = 'dequantised', signal }: LoadOptions = {},
): Promise<LoadedModel> {
  const { config, bytes: totalBytes } = file;
  onProgress({ stage: 'header', loadedBytes: 0, totalBytes });
  const tokenizer = new Tokenizer(file.tokenizer);
  // All layers are planned first: what is missing is named before anything large is read.
  const plans = config.layers.map((_, layer) => planLayerWeights(file, layer, precision));
  const tensors = pickUsedTensors(file, plans);
  const embedding = await Embedding.read(file, signal);
  const outputPlan = planOutputWeights(file, embedding.held, precision);
  let loadedBytes = embedding.fileBytes;
  const layers: GraphSession[] = [];
  const release = async (): Promise<void> => {
    await Promise.all(layers.map((layer) => layer.release()));
  };
  try {
    let next = readWeights(plans[0], signal);
    next.catch(() => undefined);
    for (const [layer, plan] of plans.entries()) {
      signal?.throwIfAborted();
      const weights = await next;
      const readNext = (): void => {
        if (layer + 1 === plans.length) return;
        next = readWeights(plans[layer + 1], signal);
        // A failure shows when it is awaited.
        next.catch(() => undefined);
      };
      // The next layer is fetched while the runtime takes this one, if the two are small together.
      const isSmall = weights.byteLength <= SMALL_LAYER;
      if (isSmall) readNext();
      const { places } = placeWeights(plan.weights);
      const write = (inline: Uint8Array | null) => writeLayerGraph(config, layer, places, inline);
      layers.push(await runtime.createSession(write, weights, hasHalves(plan)));
      freeBuffer(weights.buffer);
      if (!isSmall) readNext();
      loadedBytes += plan.uses.reduce((sum, { tensor }) => sum + tensor.bytes, 0);
      onProgress({ stage: 'weights', loadedBytes, totalBytes });
    }
    const weights = await readWeights(outputPlan, signal);
    if (!isOutputTied(file)) embedding.check();
    const { places } = placeWeights(outputPlan.weights);
    onProgress({ stage: 'output', loadedBytes: totalBytes, totalBytes });
    const output = await runtime.createSession(
      (inline) => writeOutputGraph(config, places, inline),
      weights,
      hasHalves(outputPlan),
    );
    freeBuffer(weights.buffer);
    const held = [...plans, outputPlan].some((plan) =>
      [...plan.weights.values()].some(({ kind }) => kind !== 'float'),
    );
    return {
      stack: { runtime, config, layers, output },
      embedding,
      tokenizer,
      facts: describeModel(
        { ...file, tensors },
        tokenizer,
        runtime,
        held ? 'packed' : 'dequantised',
      ),
      async release() {
        await release();
        await output.release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

function describeModel(
  file: ModelFile,
  tokenizer: Tokenizer,
  runtime: Runtime,
  precision: Precision,
): ModelFacts {
  const { config, fileName } = file;
  const estimates = estimateMemory(file, runtime.device, Math.min(512, config.contextLength));
  return {
    name: fileName.replace(/\.gguf$/i, ''),
    architecture: config.architecture,
    layerCount: config.layerCount,
    headCount: config.headCount,
    keyValueHeadCount: config.keyValueHeadCount,
    headSize: config.headSize,
    hiddenSize: config.hiddenSize,
    mlpSize: config.mlpSize,
    vocabularySize: config.vocabularySize,
    contextLength: config.contextLength,
    parameterCount: countParameters(file.tensors),
    fileType: describeTypes(file.tensors),
    fileName,
    fileBytes: file.bytes,
    fileCount: file.weightSources.length,
    isCompressed: estimates.packed.weights !== estimates.dequantised.weights,
    sha256: null,
    precision,
    device: runtime.device,
    threads: runtime.threads,
    addsBeginToken: tokenizer.parts.addsBeginToken,
    beginToken: tokenizer.parts.beginId === null ? null : tokenizer.parts.beginText,
    chatTemplate: tokenizer.parts.chatTemplate,
    estimatedBytes: estimates[precision].total,
  };
}
