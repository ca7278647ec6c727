import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { HeadlightError } from '../lib/headlight-error.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import { type CausalSlice, rowOf, rowStart } from '../tensor/causal-slice.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import type { NamedArray } from '../tensor/named-array.ts';
import { parseSafetensors, toSafetensors } from '../tensor/safetensors.ts';
import { createLayerSummary, getTokensPerTile, summariseRows } from '../tensor/summary-rows.ts';
import type { Predictions, RunData, SliceReader } from './run.ts';

/*
 * A recorded run: a zip of `run.json` (text, tokens, model facts, predictions) and `arrays.safetensors`
 * (`weights` U8 [L, H, T(T+1)/2], round(255 a); the row measures that are no weights themselves as
 * float32 [L, H, T] with 11 significant bits). Shown until the model is there; views need no model.
 */

const VERSION = 1;
/** Rounding to 1/255 is off by half of that at most. */
const LARGEST_WEIGHT_ERROR = 0.5 / 255;
/** Measures that 8-bit weights would give too coarsely; files may lack the last. */
const STORED_MEASURES = ['entropy', 'tailEntropy', 'tailMass', 'distance', 'tailDistance'] as const;

interface RunRecord {
  readonly version: number;
  readonly recordedOn: string;
  readonly model: ModelFacts;
  readonly text: string;
  readonly pieces: readonly string[];
  readonly special: readonly boolean[];
  readonly predictions: {
    readonly ids: readonly number[];
    readonly logProbabilities: readonly (number | null)[];
    readonly texts: readonly string[];
    readonly surprise: readonly (number | null)[];
  } | null;
}

/** Keeps 11 significant bits, so that the zip does not store noise: relative error 2^-12 at most. */
function roundMantissa(values: Float32Array): Float32Array {
  const rounded = values.slice();
  const bits = new Uint32Array(rounded.buffer);
  for (let i = 0; i < bits.length; i++) {
    if (!Number.isNaN(rounded[i])) bits[i] = (bits[i] + 0x800) & ~0xfff;
  }
  return rounded;
}

/** Texts that get one tile a token are recorded whole; `run-let-go` when a layer is missing. */
export async function toRecording(
  run: RunData,
  reader: SliceReader,
  recordedOn: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { layerCount: L, headCount: H } = run.model;
  const n = run.tokens.ids.length;
  if (getTokensPerTile(n) > 1) {
    throw new HeadlightError('text-too-long', `${n} tokens are too many to be recorded.`, {
      tokens: n,
    });
  }
  const cells = rowStart(n);
  const weights = new Uint8Array(L * H * cells);
  const measures = STORED_MEASURES.map((name) => ({
    name,
    shape: [L, H, n],
    data: new Float32Array(L * H * n),
  }));
  for (let layer = 0; layer < L; layer++) {
    const summary = run.layers[layer];
    if (summary === null) throw new HeadlightError('run-let-go', `Layer ${layer} is missing.`);
    for (const { name, data } of measures) data.set(roundMantissa(summary[name]), layer * H * n);
    for (let head = 0; head < H; head++) {
      const { packed } = await reader.readSlice(run.runId, layer, head);
      const at = (layer * H + head) * cells;
      for (let i = 0; i < cells; i++) weights[at + i] = Math.round(packed[i] * 255);
    }
  }
  const { predictions, tokens } = run;
  const record: RunRecord = {
    version: VERSION,
    recordedOn,
    model: run.model,
    text: tokens.text,
    pieces: tokens.pieces,
    special: tokens.special,
    predictions: predictions && {
      ids: Array.from(predictions.ids),
      logProbabilities: Array.from(predictions.logProbabilities, (p) => Number(p.toFixed(4))),
      texts: predictions.texts,
      surprise: Array.from(predictions.surprise, (s) =>
        Number.isNaN(s) ? null : Number(s.toFixed(4)),
      ),
    },
  };
  const arrays: NamedArray[] = [
    { name: 'ids', shape: [n], data: new Int32Array(tokens.ids) },
    { name: 'starts', shape: [n], data: new Int32Array(tokens.starts) },
    { name: 'ends', shape: [n], data: new Int32Array(tokens.ends) },
    ...measures,
    { name: 'weights', shape: [L, H, cells], data: weights },
  ];
  return new Uint8Array(
    zipSync(
      { 'run.json': strToU8(JSON.stringify(record)), 'arrays.safetensors': toSafetensors(arrays) },
      { level: 9, mtime: '2000-01-01' },
    ),
  );
}

function malformed(what: string): HeadlightError {
  return new HeadlightError('file-malformed', `This recorded run ${what}.`, { what });
}

function parseRecord(json: string): RunRecord {
  let value: Partial<RunRecord> | null;
  try {
    value = JSON.parse(json) as Partial<RunRecord> | null;
  } catch {
    throw malformed('has a description that is no JSON');
  }
  if (value?.version !== VERSION) throw malformed(`has version ${value?.version}, not ${VERSION}`);
  const { model, text, pieces, special, recordedOn, predictions } = value;
  if (!model || typeof text !== 'string' || !pieces || !special || !recordedOn) {
    throw malformed('lacks a part of its description');
  }
  return {
    version: VERSION,
    model,
    text,
    pieces,
    special,
    recordedOn,
    predictions: predictions ?? null,
  };
}

/** A recorded run under a name of its own, and the reader of its matrices. */
export function fromRecording(
  file: Uint8Array,
  runId: string,
): { readonly run: RunData; readonly reader: SliceReader } {
  let parts: ReturnType<typeof unzipSync>;
  try {
    parts = unzipSync(file);
  } catch {
    throw malformed('is no zip file');
  }
  const json = parts['run.json'];
  const data = parts['arrays.safetensors'];
  if (!json || !data) throw malformed('lacks run.json or arrays.safetensors');
  const record = parseRecord(strFromU8(json));
  const { model } = record;
  const { layerCount: L, headCount: H } = model;
  const arrays = new Map(parseSafetensors(data).arrays.map((array) => [array.name, array]));
  const n = record.pieces.length;
  const cells = rowStart(n);
  const find = <T extends NamedArray['data']>(
    name: string,
    length: number,
    kind: new (length: number) => T,
  ): T => {
    const found = arrays.get(name)?.data;
    if (!(found instanceof kind) || found.length !== length) throw malformed(`lacks ${name}`);
    return found;
  };
  const weights = find('weights', L * H * cells, Uint8Array);
  const ids = find('ids', n, Int32Array);
  const readSlice = (layer: number, head: number): CausalSlice => {
    const at = (layer * H + head) * cells;
    return { size: n, packed: Float32Array.from(weights.subarray(at, at + cells), (q) => q / 255) };
  };
  const layers = Array.from({ length: L }, (_, layer): LayerSummary => {
    const summary = createLayerSummary(layer, H, n, 1);
    for (let head = 0; head < H; head++) {
      const slice = readSlice(layer, head);
      summariseRows(summary, head, ids, (query) => rowOf(slice, query));
    }
    for (const name of STORED_MEASURES) {
      if (name === 'tailDistance' && !arrays.has(name)) continue;
      const all = find(name, L * H * n, Float32Array);
      summary[name].set(all.subarray(layer * H * n, (layer + 1) * H * n));
    }
    return summary;
  });
  const predictions: Predictions | null = record.predictions && {
    count: n,
    ids: Int32Array.from(record.predictions.ids),
    logProbabilities: Float32Array.from(
      record.predictions.logProbabilities,
      (p) => p ?? Number.NaN,
    ),
    texts: record.predictions.texts,
    surprise: Float32Array.from(record.predictions.surprise, (s) => s ?? Number.NaN),
  };
  const run: RunData = {
    runId,
    model,
    tokens: {
      text: record.text,
      ids,
      pieces: record.pieces,
      starts: find('starts', n, Int32Array),
      ends: find('ends', n, Int32Array),
      special: record.special,
    },
    layers,
    predictions,
    recorded: { recordedOn: record.recordedOn, largestWeightError: LARGEST_WEIGHT_ERROR },
  };
  return { run, reader: { readSlice: async (_, layer, head) => readSlice(layer, head) } };
}
