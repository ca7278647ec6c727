import type { ModelFacts } from '../model/model-facts.ts';

/**
 * Whether a model's key stays as it is. The hash is read after loading: until it is there
 * the key would be that of any file that looks alike, and what is kept under it may be another model's.
 */
export function isKeyFinal({ sha256 }: ModelFacts): boolean {
  return sha256 !== null;
}

/**
 * Names a model for what is kept of it: by its file's hash where that is known, else by what tells files
 * apart cheaply; and how its weights are held, because rounding changes numbers. Device and threads are
 * not in it: they differ by less than the tolerance of the reference values.
 */
export function getModelKey(facts: ModelFacts): string {
  const { architecture, layerCount, headCount, parameterCount, fileType } = facts;
  const file =
    facts.sha256 === null
      ? [
          facts.fileName,
          facts.fileBytes,
          facts.fileCount,
          architecture,
          `${layerCount}x${headCount}`,
          parameterCount,
          fileType,
        ].join('|')
      : `sha256:${facts.sha256}`;
  return `${file}|${facts.precision}`;
}
