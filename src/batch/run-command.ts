import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { type LoadedModel, loadModel } from '../engine/loaded-model.ts';
import { runOutputBlocks } from '../engine/predict.ts';
import { recomputeRows } from '../engine/read-rows.ts';
import { planRun, runLayers } from '../engine/run-layers.ts';
import { SequenceCache } from '../engine/sequence-cache.ts';
import { HeadlightError } from '../lib/headlight-error.ts';
import { decidePrecision } from '../model/memory-estimate.ts';
import type { ModelFile } from '../model/model-file.ts';
import { isPrecisionWish, type PrecisionWish } from '../model/weight-form.ts';
import { toSafetensorsHeader } from '../tensor/safetensors.ts';
import { getBeginIds, readText, type TextArguments } from './command-text.ts';
import { openModelPath } from './model-sources.ts';
import { startNodeRuntime } from './node-runtime.ts';

export interface RunArguments extends TextArguments {
  readonly model: string;
  readonly out: string;
  readonly ids?: string;
  readonly bos?: boolean;
  readonly threads?: number;
  readonly precision?: string;
}

/** Up to this many tokens all exact rows are held from the run; beyond, each layer is computed again. */
const HELD_TOKENS = 1024;

function parseIds(list: string): Int32Array<ArrayBuffer> {
  const parts = list.split(',').map((part) => part.trim());
  if (parts.some((part) => !/^\d{1,9}$/.test(part))) {
    throw new HeadlightError(
      'argument-invalid',
      `--ids must be whole numbers with commas, not "${list}"`,
    );
  }
  return Int32Array.from(parts, Number);
}

async function readIds(model: LoadedModel, args: RunArguments): Promise<Int32Array<ArrayBuffer>> {
  const begin = getBeginIds(model.tokenizer.parts, args.bos);
  if (args.ids !== undefined) {
    if (args.text !== undefined || args.textFile !== undefined) {
      throw new HeadlightError('argument-invalid', 'give either a text or --ids, not both');
    }
    const ids = parseIds(args.ids);
    model.tokenizer.fromIds(ids);
    return Int32Array.of(...begin, ...ids);
  }
  return new Int32Array(model.tokenizer.tokenize(await readText(args), begin.length > 0).ids);
}

/** Runs a text and writes everything; the file appears only when it is whole. */
export async function runCommand(args: RunArguments): Promise<void> {
  const { threads = 1, precision = 'auto' } = args;
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= 256)) {
    throw new HeadlightError('argument-invalid', '--threads must be a whole number from 1 to 256');
  }
  if (!isPrecisionWish(precision)) {
    throw new HeadlightError(
      'argument-invalid',
      `--precision must be auto, dequantised or packed, not "${precision}"`,
    );
  }
  if (args.ids === undefined) await readText(args);
  else parseIds(args.ids);
  const partial = `${args.out}.partial`;
  const modelFile = await openModelPath(args.model);
  try {
    const file = await openOutput(args, partial);
    try {
      await runInto(file, modelFile, args, precision);
    } finally {
      await file.close();
    }
    await rename(partial, args.out);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    await modelFile.close();
  }
}

/** Opens the file that is written first, before any work is done. Throws `argument-invalid`. */
async function openOutput({ out, model }: RunArguments, partial: string): Promise<FileHandle> {
  const refuse = (why: string): never => {
    throw new HeadlightError('argument-invalid', `cannot write ${out}: ${why}`);
  };
  const there = await stat(out).catch(() => null);
  if (there?.isDirectory()) refuse('it is a folder');
  if (there !== null && !there.isFile()) refuse('it is not a file');
  if (resolve(out) === resolve(model)) refuse('it is the model');
  return open(partial, 'w').catch((error: NodeJS.ErrnoException) => refuse(error.message));
}

async function runInto(
  file: FileHandle,
  source: ModelFile,
  args: RunArguments,
  wish: PrecisionWish,
): Promise<void> {
  const precision = decidePrecision(source, 'native', wish, totalmem());
  const model = await loadModel(source, startNodeRuntime(args.threads), () => undefined, {
    precision,
  });
  const ids = await readIds(model, args);
  const limit = model.facts.contextLength;
  if (ids.length === 0) throw new HeadlightError('text-empty', 'the text is empty: nothing to run');
  if (ids.length > limit) {
    throw new HeadlightError(
      'text-too-long',
      `the text has ${ids.length} tokens; the model was made for ${limit} at most`,
    );
  }
  await writeRun(model, ids, file);
}

/** Facts that travel in the file, as strings. */
function describeModel(model: LoadedModel): Record<string, string> {
  return Object.fromEntries(
    Object.entries(model.facts)
      .filter(([key, value]) => value !== null && key !== 'chatTemplate')
      .map(([key, value]) => [key, String(value)]),
  );
}

async function writeRun(
  model: LoadedModel,
  ids: Int32Array<ArrayBuffer>,
  file: FileHandle,
): Promise<void> {
  const { layerCount: L, headCount: H, hiddenSize: D, vocabularySize: V } = model.stack.config;
  const n = ids.length;
  const cache = new SequenceCache(model.stack.config);
  await runLayers(
    model.stack,
    cache,
    ids,
    planRun(cache, ids),
    (part, start) => model.embedding.lookUp(part, start),
    {
      keepsRows: () => n <= HELD_TOKENS,
      onLayer: () => undefined,
      pause: async () => undefined,
    },
  );

  const float32 = (name: string, shape: readonly number[]) => ({
    name,
    shape,
    dtype: 'F32',
    bytes: 4 * shape.reduce((product, size) => product * size, 1),
  });
  const header = toSafetensorsHeader(
    [
      { name: 'ids', shape: [n], dtype: 'I32', bytes: 4 * n },
      float32('attention', [L, H, n, n]),
      float32('hidden', [L + 1, n, D]),
      float32('logits', [n, V]),
    ],
    describeModel(model),
  );
  const append = async (data: Uint8Array | Float32Array | Int32Array): Promise<void> => {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    let done = 0;
    while (done < bytes.length) {
      // Node's write takes at most 2 GiB at once.
      const length = Math.min(bytes.length - done, 1 << 30);
      done += (await file.write(bytes, done, length)).bytesWritten;
    }
  };
  await append(header);
  await append(ids);
  const matrix = new Float32Array(n * n);
  for (let layer = 0; layer < L; layer++) {
    const heads = cache.layers[layer].attention ?? (await recomputeRows(model.stack, cache, layer));
    for (let head = 0; head < H; head++) {
      for (let query = 0; query < n; query++) matrix.set(heads[head].row(query), query * n);
      await append(matrix);
    }
    cache.layers[layer].attention = null;
  }
  for (const layer of cache.layers) await append(layer.inputs.rows(0, n));
  for await (const { normed } of runOutputBlocks(model.stack, cache, n, ['normed']))
    await append(normed);
  for await (const { logits } of runOutputBlocks(model.stack, cache, n, ['logits']))
    await append(logits);
}
