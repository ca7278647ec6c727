import { BLOCK_POSITIONS, BLOCK_QUERIES, KEPT_ROWS_BYTES, OPENED_BYTES } from './block-limits.ts';
import { planLayerWeights } from './layer-weights.ts';
import type { ModelConfig } from './model-config.ts';
import type { ModelFacts } from './model-facts.ts';
import type { ModelFile } from './model-file.ts';
import { findEmbedding, planOutputWeights } from './output-weights.ts';
import { getPackedType } from './packed-weights.ts';
import {
  type Precision,
  type PrecisionWish,
  placeWeights,
  type WeightForm,
} from './weight-form.ts';

export type Device = ModelFacts['device'];

/** Memory that a model and a text will take at their peak, bytes. */
export interface MemoryEstimate {
  /** Weights in the runtime. */
  readonly weights: number;
  /** Token embeddings and learned positions, which stay outside the runtime. */
  readonly embedding: number;
  /** The output's weights on their way into the runtime, beside all others: the worst moment of loading. */
  readonly handedOver: number;
  /** Weights and what the runtime needs beside them, while loading or for one block: its whole heap. */
  readonly heap: number;
  /** What is kept of the text: streams, keys, values and exact rows. */
  readonly text: number;
  /** All of it with the page itself. */
  readonly total: number;
}

export type MemoryEstimates = Readonly<Record<Precision, MemoryEstimate>> & {
  /** Whether some weights are quantised, not only stored in two bytes a value. */
  readonly isQuantised: boolean;
};

const FLOAT = 4;
/** Arrays of a block's scores, or of its logits, that a runtime holds at once. */
const LIVE_SCORES = 6;
const LIVE_LOGITS = 4;
/**
 * What a process has beside model and text: the browser's code and the page's views (or Node), compiled
 * kernels, and garbage that is not collected yet. Measured, see `estimateMemory`.
 */
const BASE_BYTES: Readonly<Record<Device, number>> = {
  wasm: 600e6,
  webgpu: 600e6,
  native: 450e6,
};

/** Bytes of one block in the runtime: its scores or its logits, whichever is more, and opened weights. */
function computeBlockBytes(
  config: ModelConfig,
  tokens: number,
  forms: readonly WeightForm[],
): number {
  const queries = Math.min(tokens, BLOCK_QUERIES);
  const scores = LIVE_SCORES * config.headCount * queries * tokens;
  const inner = queries * (3 * config.mlpSize + 4 * config.hiddenSize);
  const logits = LIVE_LOGITS * Math.min(tokens, BLOCK_POSITIONS) * config.vocabularySize;
  const opened = forms
    .filter(({ kind }) => kind !== 'float')
    .map(({ shape }) => Math.min(OPENED_BYTES, FLOAT * shape[0] * shape[1]));
  return FLOAT * Math.max(scores + inner, logits) + Math.max(0, ...opened);
}

/** Bytes that are kept of a text: each layer's stream, keys and values, and as many exact rows as fit. */
function computeTextBytes(config: ModelConfig, tokens: number, precision: Precision): number {
  const { layerCount: L, headCount: H, keyValueHeadCount, headSize, hiddenSize: D } = config;
  const caches = (L + 1) * tokens * D + 2 * L * tokens * keyValueHeadCount * headSize;
  const rows = (FLOAT * L * H * tokens * (tokens + 1)) / 2;
  return FLOAT * caches + Math.min(rows, KEPT_ROWS_BYTES[precision]);
}

function estimateFor(
  file: ModelFile,
  precision: Precision,
  device: Device,
  tokens: number,
): MemoryEstimate {
  const { config } = file;
  const layers = config.layers.map((_, layer) => planLayerWeights(file, layer, precision).weights);
  const stored = findEmbedding(file);
  const output = planOutputWeights(file, stored, precision).weights;
  const handedOver = placeWeights(output).bytes;
  const weights = layers.reduce((sum, layer) => sum + placeWeights(layer).bytes, handedOver);
  const positions = config.embedding.hasPositions ? config.contextLength * config.hiddenSize : 0;
  const embedding = stored.bytes + FLOAT * positions;
  // The runtime puts float matrices in an order of its own and has both for a moment.
  const reordered = output.get('unembedding')?.kind === 'float' ? handedOver : 0;
  const forms = [output, ...layers].flatMap((each) => [...each.values()]);
  const heap = weights + Math.max(reordered, computeBlockBytes(config, tokens, forms));
  const text = computeTextBytes(config, tokens, precision);
  const loading = weights + reordered + handedOver;
  const total = BASE_BYTES[device] + embedding + Math.max(loading, heap + text);
  return { weights, embedding, handedOver, heap, text, total };
}

/**
 * Estimates what a model takes with its weights dequantised and packed, for a text of `tokens` tokens;
 * reads nothing of the weights. Throws `tensor-missing` or `tensor-shape` as planning does.
 *
 * total = base + embedding + max(weights + output's weights once or twice more, heap + text), where
 * heap = weights + max(output's weights once more when float32, one block), a block is the larger of 6
 * arrays of scores [H, 256, T] with the MLP's rows and of 4 arrays of logits [64, V], plus up to 16 MB of
 * weights opened at once when packed; text = streams, keys and values of all layers and the exact rows
 * that are kept.
 *
 * Measured with SmolLM2-135M Q4_1 (whole process, peak, 512 tokens; browser: Chromium 156 with two
 * threads, the middle one of fresh pages): page packed 850 MB (821 to 869) against 894 estimated (5 %
 * over), dequantised 1,458 (1,454 to 1,465) against 1,483 (2 % over); Node packed 638 MB against 744 (17 %
 * over), dequantised 1,500 against 1,333 (11 % under). The runtime's WASM heap was 181 MB (packed) and 777
 * MB (dequantised) against 179 and 651: it grows in steps. WebGPU was not measured on a real adapter and
 * is taken as WASM.
 */
export function estimateMemory(file: ModelFile, device: Device, tokens = 512): MemoryEstimates {
  return {
    dequantised: estimateFor(file, 'dequantised', device, tokens),
    packed: estimateFor(file, 'packed', device, tokens),
    isQuantised: [...file.tensors.values()].some(({ type }) => getPackedType(type) !== null),
  };
}

/** Why a precision was chosen. */
export type PrecisionReason =
  /** The file's weights are float32: both are the same. */
  | 'not-compressed'
  /** Dequantised weights fit, and are faster. */
  | 'memory-suffices'
  /** Only packed weights fit, or nothing does. */
  | 'memory-short'
  /** Graphics adapters multiply packed weights directly. */
  | 'adapter';

export interface PrecisionChoice {
  readonly precision: Precision;
  /** Whether the estimate stays within the limits. */
  readonly fits: boolean;
  readonly reason: PrecisionReason;
}

/** What 32-bit WASM can address, less a step of growth. */
const WASM_HEAP_BYTES = 2 ** 32 * 0.95;
/** The part of a machine's memory that one program should take. */
const FAIR_SHARE = 0.5;
/** Taken for machines that do not tell. */
const USUAL_MEMORY_BYTES = 8 * 2 ** 30;

/**
 * A page that takes more than this is a burden on most machines, bytes: a little more than the embedded
 * model takes dequantised. Larger models stay as small as their files, for a slower run.
 */
const LARGE_PAGE_BYTES = 1.55e9;

/** What one program should take of a machine with so much memory (8 GB when null), bytes. */
export function getMemoryLimit(memoryBytes: number | null): number {
  return FAIR_SHARE * (memoryBytes ?? USUAL_MEMORY_BYTES);
}

/** Whether a model stays within half of the machine's memory and, in WASM, within a heap of 4 GB. */
export function fitsMemory(
  { heap, total }: MemoryEstimate,
  device: Device,
  memoryBytes: number | null,
): boolean {
  return total <= getMemoryLimit(memoryBytes) && (device !== 'wasm' || heap <= WASM_HEAP_BYTES);
}

/**
 * Chooses how weights are held. In WASM and natively they are dequantised where that fits (`fitsMemory`)
 * and, in WASM, makes no large page of it (1.55 GB), because packed weights are opened again at each run. On WebGPU
 * quantised ones stay packed, as its kernels open them as they go, and halves are opened once.
 * (Held against the reference on a software adapter: attention within 1e-4 for every quantised type.)
 */
export function choosePrecision({
  estimates,
  device,
  memoryBytes,
}: {
  readonly estimates: MemoryEstimates;
  readonly device: Device;
  readonly memoryBytes: number | null;
}): PrecisionChoice {
  const fits = (estimate: MemoryEstimate): boolean => fitsMemory(estimate, device, memoryBytes);
  const { dequantised, packed, isQuantised } = estimates;
  if (packed.weights === dequantised.weights) {
    return { precision: 'dequantised', fits: fits(dequantised), reason: 'not-compressed' };
  }
  if (device === 'webgpu') {
    return isQuantised
      ? { precision: 'packed', fits: fits(packed), reason: 'adapter' }
      : { precision: 'dequantised', fits: fits(dequantised), reason: 'memory-suffices' };
  }
  const isLarge = device === 'wasm' && dequantised.total > LARGE_PAGE_BYTES;
  return fits(dequantised) && !isLarge
    ? { precision: 'dequantised', fits: true, reason: 'memory-suffices' }
    : { precision: 'packed', fits: fits(packed), reason: 'memory-short' };
}

/** The precision that is asked for, or for `auto` the one that `choosePrecision` chooses for 512 tokens. */
export function decidePrecision(
  file: ModelFile,
  device: Device,
  wish: PrecisionWish,
  memoryBytes: number | null,
): Precision {
  if (wish !== 'auto') return wish;
  return choosePrecision({ estimates: estimateMemory(file, device), device, memoryBytes })
    .precision;
}
