import type { ModelChoice } from '../state/model-loader.ts';

export const EMBEDDED_FILE = 'SmolLM2-135M-Instruct.Q4_1.gguf';

/** The model that comes with the page. */
export const EMBEDDED: ModelChoice = {
  origin: { kind: 'embedded' },
  request: {
    fileName: EMBEDDED_FILE,
    sources: [
      {
        kind: 'url',
        name: EMBEDDED_FILE,
        url: new URL(`models/${EMBEDDED_FILE}`, document.baseURI).href,
      },
    ],
  },
};
