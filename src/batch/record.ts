import { mkdir, writeFile } from 'node:fs/promises';
import { InProcessEngine } from '../engine/in-process-engine.ts';
import { formatBytes } from '../lib/format-number.ts';
import { toRecording } from '../protocol/recorded-run.ts';
import type { Predictions, RunData } from '../protocol/run.ts';
import type { LayerSummary } from '../tensor/layer-summary.ts';
import { SAMPLES } from '../text/samples.ts';
import type { TokenizedText } from '../text/token.ts';
import { openPathRequest, toPathRequest } from './model-sources.ts';
import { startNodeRuntime } from './node-runtime.ts';

const MODEL = 'SmolLM2-135M-Instruct.Q4_1.gguf';

/** Runs a sample on the embedded model and gives it as the page would hold it. */
export async function runSample(
  sampleId: string,
): Promise<{ readonly engine: InProcessEngine; readonly run: RunData }> {
  const sample = SAMPLES.find(({ id }) => id === sampleId);
  if (!sample) throw new Error(`there is no sample ${sampleId}`);
  const engine = new InProcessEngine({
    startRuntime: async () => startNodeRuntime(),
    openSources: openPathRequest,
    pause: async () => undefined,
  });
  const model = await engine.loadModel(toPathRequest(`public/models/${MODEL}`), () => undefined);
  const sha256 = await engine.readFileHash();
  const layers: LayerSummary[] = [];
  let tokens: TokenizedText | null = null;
  let predictions: Predictions | null = null;
  const keepLayers = Array.from({ length: model.layerCount }, (_, layer) => layer);
  await engine.run({ runId: sampleId, text: sample.text, keepLayers }, (event) => {
    if (event.kind === 'tokens') tokens = event.tokens;
    if (event.kind === 'layer') layers.push(event.summary);
    if (event.kind === 'predictions') predictions = event.predictions;
  });
  if (tokens === null) throw new Error('the run gave no tokens');
  const run = { runId: sampleId, model: { ...model, sha256 }, tokens, layers, predictions };
  return { engine, run: { ...run, recorded: null } };
}

/** Records the samples that the page shows before its model is there. */
async function main(ids: readonly string[]): Promise<void> {
  await mkdir('public/recorded', { recursive: true });
  for (const id of ids) {
    const { engine, run } = await runSample(id);
    const file = await toRecording(run, engine, new Date().toISOString().slice(0, 10));
    await writeFile(`public/recorded/${id}.headlight`, file);
    console.log(`public/recorded/${id}.headlight: ${formatBytes(file.length)}`);
    engine.dispose();
  }
}

if (process.argv[1]?.endsWith('record.ts')) await main(['repeats']);
