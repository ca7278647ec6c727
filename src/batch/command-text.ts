import { readFile } from 'node:fs/promises';
import { HeadlightError } from '../lib/headlight-error.ts';

/** Where a command takes its text from; just one of them must be given. */
export interface TextArguments {
  readonly text?: string;
  readonly textFile?: string;
}

/** The model's begin token where it is asked for. Throws `argument-invalid` when it has none. */
export function getBeginIds(
  { beginId }: { readonly beginId: number | null },
  bos: boolean | undefined,
): readonly number[] {
  if (bos !== true) return [];
  if (beginId === null) {
    throw new HeadlightError('argument-invalid', 'this model has no begin token for --bos');
  }
  return [beginId];
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
