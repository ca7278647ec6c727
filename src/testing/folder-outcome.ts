import { expect } from 'vitest';
import type { ByteSource } from '../model/byte-source.ts';
import { openModel } from '../model/open-model.ts';
import { countAllocations } from './count-allocations.ts';
import { type FolderFiles, readReferenceFolder, toSources } from './hf-folder.ts';
import { FILE_REFUSALS, loadUnrun, refusalOf } from './load-model.ts';

/** A text that most rules cut somewhere. */
const TEXT = "The fox's 12 ½ birds,\n\n  naïve 😀  end ";
/** The folder that is changed: it loads as it is. */
export const REFERENCE_FILES = readReferenceFolder('llama');

/**
 * Loads the reference folder with some files changed and says how it ended: "loaded", or the code of the
 * refusal. Expects a fitting code, no read past a file's end, no more than four times the folder's size
 * allocated, and an end within seconds.
 */
export async function loadChangedFolder(changed: FolderFiles): Promise<string> {
  let code = '';
  let largest = 0;
  const sources = toSources({ ...REFERENCE_FILES, ...changed }).map(
    (source): ByteSource => ({
      ...source,
      read(offset, length) {
        largest = Math.max(largest, length - source.size);
        return source.read(offset, length);
      },
    }),
  );
  const size = sources.reduce((sum, source) => sum + source.size, 0);
  const start = performance.now();
  const allocated = await countAllocations(async () => {
    const work = openModel('tiny', sources)
      .then(loadUnrun)
      .then((model) => model.tokenizer.tokenize(TEXT));
    code = await work.then(
      () => 'loaded',
      async (error: unknown) => (await refusalOf(Promise.reject(error))).code,
    );
  });
  expect([
    'loaded',
    'argument-invalid',
    ...FILE_REFUSALS.filter((code) => code !== 'file-not-gguf'),
  ]).toContain(code);
  expect(largest).toBeLessThanOrEqual(0);
  expect(allocated).toBeLessThanOrEqual(4 * size);
  expect(performance.now() - start).toBeLessThan(5000);
  return code;
}
