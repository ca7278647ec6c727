import { readFile } from 'node:fs/promises';
import { HeadlightError } from '../lib/headlight-error.ts';

/** Where a command takes its text from; just one of them must be given. */
export interface TextArguments {
  readonly text?: string;
  readonly textFile?: string;
}

/** Reads the text of a command. Throws `argument-invalid` or `source-unreachable`. */
export async function readText({ text, textFile }: TextArguments): Promise<string> {
  if (text !== undefined && textFile !== undefined) {
    throw new HeadlightError('argument-invalid', 'give either --text or --text-file, not both');
  }
  if (text !== undefined) return text;
  if (textFile === undefined) {
    throw new HeadlightError('argument-invalid', 'no text: give --text or --text-file');
  }
  const bytes = await readFile(textFile).catch((error: NodeJS.ErrnoException) => {
    throw new HeadlightError('source-unreachable', `cannot read ${textFile}: ${error.message}`);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new HeadlightError('argument-invalid', `${textFile} is not UTF-8 text`);
  }
}
