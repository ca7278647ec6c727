import type { ErrorCode } from '../lib/headlight-error.ts';
import { createMessages } from '../lib/messages.ts';

/** What a person can do next, for every way in which the program can refuse or fail. */
const advise = createMessages<ErrorCode>('error-advice', {
  'file-not-gguf': 'Choose a GGUF file, or a folder with config.json and safetensors.',
  'file-missing': 'Open the files together, or the folder that holds them all.',
  'file-truncated': 'Download the file again; it is not complete.',
  'file-malformed': 'Download the file again, or take another one of the same model.',
  'tensor-type-unknown': 'Take the model in another quantisation, for example Q8_0 or Q4_1.',
  'tensor-missing': 'Take another file of this model: this one is not complete.',
  'tensor-shape': 'Take another file of this model: this one contradicts itself.',
  'tensor-unused':
    'Choose a model of a kind that is supported: this one computes more than is known here, and its numbers would be wrong.',
  'architecture-unknown': 'Choose a model of a kind that is supported.',
  'tokenizer-unknown': 'Choose a model whose tokenizer is supported.',
  'source-unreachable': 'Check the address and the connection, then try again.',
  'source-forbidden':
    'Accept the model’s terms on its page and give an access token here, or choose another model.',
  'source-busy': 'Wait a little, then go on. What has arrived is kept.',
  'source-changed': 'Delete what has arrived and download it again.',
  'model-not-found': 'Choose a repository with a .gguf file, or with config.json and safetensors.',
  'storage-full': 'Delete a model that you no longer need, then go on. What has arrived is kept.',
  'storage-busy': 'Wait until the other tab is done, or close it, then try again.',
  'storage-unavailable':
    'Open the page in an ordinary window to keep models; in this one they can be used without being kept.',
  'text-empty': 'Paste or type a text, or choose a sample.',
  'text-too-long': 'Shorten the text, or paste a part of it. Your text is kept.',
  'token-id-out-of-range': 'Use ids of this model’s own vocabulary.',
  'out-of-memory': 'Close other tabs or shorten the text, then try again. Your text is kept.',
  'runtime-failed': 'Try again; if it fails again, reload the page. Your text is kept.',
  'worker-died': 'Start the engine again. Your text is kept.',
  'run-let-go': 'Run the text again.',
  cancelled: 'Run the text again when you are ready.',
  'not-ready': 'Wait until the model is loaded.',
  'argument-invalid': 'Change what was asked for and try again.',
  unexpected: 'Try again; if it happens again, reload the page. Your text is kept.',
});

export function getAdvice(code: ErrorCode): string {
  return advise(code);
}
