import type { ByteSource } from '../model/byte-source.ts';
import type { GgufHeader } from '../model/gguf/header.ts';
import { readGgufHeader } from '../model/gguf/header.ts';
import { readConfig } from '../model/gguf/read-config.ts';
import { readVocabulary } from '../model/gguf/read-vocabulary.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import { writeLayerGraph } from '../model/onnx/layer-graph.ts';
import { writeOutputGraph } from '../model/onnx/output-graph.ts';
import type { LoadProgress } from '../protocol/engine.ts';
import type { LayerStack } from './layer-stack.ts';
import { Embedding, readLayerWeights, readOutputWeights } from './model-weights.ts';
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

/** The file's tensors by type with counts, most frequent first: "Q4_1 (210), F32 (61), Q8_0 (1)". */
function describeTypes(header: GgufHeader): string {
  const counts = new Map<string, number>();
  for (const { type } of header.tensors.values()) {
    counts.set(type.name, (counts.get(type.name) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} (${count})`)
    .join(', ');
}

/** Reads the header and the tokenizer only. */
export async function openTokenizer(source: ByteSource, signal?: AbortSignal): Promise<Tokenizer> {
  return new Tokenizer(readVocabulary(await readGgufHeader(source, signal), source.name));
}

/**
 * Loads a GGUF model: layer by layer, so that never more than one layer's float32 weights are held
 * beside what the runtime has taken. Throws the typed errors of the readers it uses.
 */
export async function loadModel(
  source: ByteSource,
  runtime: Runtime,
  onProgress: (progress: LoadProgress) => void,
  signal?: AbortSignal,
): Promise<LoadedModel> {
  const totalBytes = source.size;
  onProgress({ stage: 'header', loadedBytes: 0, totalBytes });
  const header = await readGgufHeader(source, signal);
  const config = readConfig(header, source.name);
  const vocabulary = readVocabulary(header, source.name);
  const tokenizer = new Tokenizer(vocabulary);
  const embedding = await Embedding.read(source, header, config, signal);

  const bytesOf = (prefix: string): number =>
    [...header.tensors.values()]
      .filter((tensor) => tensor.name.startsWith(prefix))
      .reduce((sum, tensor) => sum + tensor.bytes, 0);
  let loadedBytes = bytesOf('token_embd.');
  const layers: GraphSession[] = [];
  const release = async (): Promise<void> => {
    await Promise.all(layers.map((layer) => layer.release()));
  };
  const outline = (inline: Uint8Array | null) => writeLayerGraph(config, inline);
  try {
    let next = readLayerWeights(source, header, config, 0, signal);
    for (let layer = 0; layer < config.layerCount; layer++) {
      signal?.throwIfAborted();
      const weights = await next;
      if (layer + 1 < config.layerCount) {
        // The next layer is fetched while the runtime takes this one; a failure shows when it is awaited.
        next = readLayerWeights(source, header, config, layer + 1, signal);
        next.catch(() => undefined);
      }
      layers.push(await runtime.createSession(outline, weights));
      loadedBytes += bytesOf(`blk.${layer}.`);
      onProgress({ stage: 'weights', loadedBytes, totalBytes });
    }
    const outputWeights = await readOutputWeights(source, header, config, embedding, signal);
    onProgress({ stage: 'output', loadedBytes: totalBytes, totalBytes });
    const output = await runtime.createSession(
      (inline) => writeOutputGraph(config, inline),
      outputWeights,
    );
    return {
      stack: { runtime, config, layers, output },
      embedding,
      tokenizer,
      facts: {
        name: source.name.replace(/\.gguf$/i, ''),
        architecture: config.architecture.id,
        layerCount: config.layerCount,
        headCount: config.headCount,
        keyValueHeadCount: config.keyValueHeadCount,
        headSize: config.headSize,
        hiddenSize: config.hiddenSize,
        mlpSize: config.mlpSize,
        vocabularySize: config.vocabularySize,
        contextLength: config.contextLength,
        parameterCount: [...header.tensors.values()].reduce(
          (sum, tensor) => sum + tensor.shape.reduce((product, size) => product * size, 1),
          0,
        ),
        fileType: describeTypes(header),
        fileName: source.name,
        fileBytes: source.size,
        sha256: null,
        precision: 'float32, dequantised',
        device: runtime.device,
        threads: runtime.threads,
        addsBeginToken: vocabulary.addsBeginToken,
        chatTemplate: vocabulary.chatTemplate,
      },
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
