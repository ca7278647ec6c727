import type { ModelFacts } from '../model/model-facts.ts';

/**
 * Names a model for what is kept of it: by its file's hash where that is known, else by what tells files
 * apart cheaply; and how its weights are held, because rounding changes numbers.
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
