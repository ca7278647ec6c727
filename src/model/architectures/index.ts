import { HeadlightError } from '../../lib/headlight-error.ts';
import type { Architecture } from '../architecture.ts';
import type { ModelFormat } from '../raw-config.ts';
import { GEMMA2, GEMMA3 } from './gemma.ts';
import { GPT2 } from './gpt2.ts';
import { GPTNEOX } from './gptneox.ts';
import { GRANITE } from './granite.ts';
import { LLAMA } from './llama.ts';
import { OLMO2 } from './olmo2.ts';
import { PHI3 } from './phi3.ts';
import { QWEN2 } from './qwen2.ts';
import { QWEN3 } from './qwen3.ts';
import { SMOLLM3 } from './smollm3.ts';
import { STABLELM } from './stablelm.ts';
import { STARCODER2 } from './starcoder2.ts';

/** All kinds of models that can be loaded. */
export const ARCHITECTURES: readonly Architecture[] = [
  LLAMA,
  QWEN2,
  QWEN3,
  GEMMA2,
  GEMMA3,
  GPT2,
  GPTNEOX,
  PHI3,
  OLMO2,
  GRANITE,
  SMOLLM3,
  STARCODER2,
  STABLELM,
];

/** The architecture that a file names. Throws `architecture-unknown` with the list of known ones. */
export function findArchitecture(
  format: ModelFormat,
  name: string,
  fileName: string,
): Architecture {
  const found = ARCHITECTURES.find(({ id, modelTypes }) =>
    format === 'gguf' ? id === name : modelTypes.includes(name),
  );
  if (found !== undefined) return found;
  const known = ARCHITECTURES.flatMap(({ id, modelTypes }) =>
    format === 'gguf' ? [id] : modelTypes,
  ).join(', ');
  throw new HeadlightError(
    'architecture-unknown',
    `${fileName} holds a model of kind "${name}"; this program knows ${known}.`,
    { name: fileName, architecture: name, known },
  );
}
