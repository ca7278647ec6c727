import type { ByteSource } from '../model/byte-source.ts';
import { planLayerWeights } from '../model/layer-weights.ts';
import {
  choosePrecision,
  type Device,
  estimateMemory,
  fitsMemory,
  getMemoryLimit,
} from '../model/memory-estimate.ts';
import { openModel } from '../model/open-model.ts';
import { countParameters } from '../model/tensor-file.ts';
import { openRangeSource } from '../model/url-source.ts';
import { pickUsedTensors } from '../model/used-tensors.ts';
import type { ModelRequest } from '../protocol/engine.ts';
import type { ModelLook } from '../protocol/library.ts';
import type { FileStore } from './file-store.ts';
import { openSources } from './open-sources.ts';

/** A server that has not answered by then is not waited for, milliseconds. */
const PATIENCE = 20_000;

/** The server gives only the whole of a large file. */
class WholeOnly extends Error {}

/**
 * Reads what a model's files say before their weights: what is missing, unknown or contradictory is
 * refused here, with the codes of the readers. Null when a server does not let a part of a file be read.
 */
export async function lookAtModel(
  { fileName, sources, precision: wish = 'auto' }: ModelRequest,
  device: Device,
  memoryBytes: number | null,
  openStore: () => Promise<FileStore | null>,
): Promise<ModelLook | null> {
  let opened: readonly ByteSource[];
  try {
    opened = await openSources(
      sources,
      openStore,
      AbortSignal.timeout(PATIENCE),
      async (...args) => {
        const source = await openRangeSource(...args);
        if (source === null) throw new WholeOnly();
        return source;
      },
    );
  } catch (thrown) {
    if (thrown instanceof WholeOnly) return null;
    throw thrown;
  }
  const file = await openModel(fileName, opened);
  try {
    const { config } = file;
    const plans = config.layers.map((_, layer) => planLayerWeights(file, layer));
    const used = pickUsedTensors(file, plans);
    const estimates = estimateMemory(file, device);
    const precision =
      wish === 'auto' ? choosePrecision({ estimates, device, memoryBytes }).precision : wish;
    const estimate = estimates[precision];
    return {
      name: fileName.replace(/\.gguf$/i, ''),
      architecture: config.architecture,
      layerCount: config.layerCount,
      headCount: config.headCount,
      keyValueHeadCount: config.keyValueHeadCount,
      parameterCount: countParameters(used),
      fileBytes: file.bytes,
      precision,
      estimatedBytes: estimate.total,
      limitBytes: getMemoryLimit(memoryBytes),
      fits: fitsMemory(estimate, device, memoryBytes),
    };
  } finally {
    await file.close();
  }
}
