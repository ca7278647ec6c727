import { startNodeRuntime } from '../batch/node-runtime.ts';
import { type LoadedModel, loadModel } from '../engine/loaded-model.ts';
import type { Runtime } from '../engine/runtime.ts';
import { type ErrorCode, HeadlightError } from '../lib/headlight-error.ts';
import type { ModelFile } from '../model/model-file.ts';

/** Codes with which a model's files may be refused, whatever was done to them. */
export const FILE_REFUSALS: readonly ErrorCode[] = [
  'file-not-gguf',
  'file-missing',
  'file-truncated',
  'file-malformed',
  'tensor-type-unknown',
  'tensor-missing',
  'tensor-shape',
  'tensor-unused',
  'architecture-unknown',
  'tokenizer-unknown',
];

/** A runtime that takes every graph: what is tested is what happens before one is made. */
export const NO_RUNTIME: Runtime = {
  ...startNodeRuntime(1),
  createSession: async () => ({
    run: () => Promise.reject(new Error('it does not run')),
    release: async () => undefined,
  }),
};

/** Loads a model with all checks of its files, without making sessions of it. */
export function loadUnrun(file: ModelFile): Promise<LoadedModel> {
  return loadModel(file, NO_RUNTIME, () => undefined);
}

/** The error of this program that some work rejects with; throws when it does not. */
export async function refusalOf(work: Promise<unknown>): Promise<HeadlightError> {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (thrown instanceof HeadlightError) return thrown;
  throw thrown ?? new Error('nothing was refused');
}
