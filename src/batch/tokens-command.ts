import { Tokenizer } from '../engine/tokenizer.ts';
import { getBeginIds, readText, type TextArguments } from './command-text.ts';
import { openModelPath } from './model-sources.ts';

export interface TokensArguments extends TextArguments {
  readonly model: string;
  readonly bos?: boolean;
}

/** Prints `{ids, tokens, offsets}` of a text; offsets in UTF-16 code units, [start, end). */
export async function tokensCommand(args: TokensArguments): Promise<void> {
  const text = await readText(args);
  const file = await openModelPath(args.model);
  try {
    const tokenizer = new Tokenizer(file.tokenizer);
    const hasBegin = getBeginIds(tokenizer.parts, args.bos).length > 0;
    const tokens = tokenizer.tokenize(text, hasBegin);
    const offsets = Array.from(tokens.starts, (start, i) => [start, tokens.ends[i]]);
    const record = { ids: Array.from(tokens.ids), tokens: tokens.pieces, offsets };
    process.stdout.write(`${JSON.stringify(record)}\n`);
  } finally {
    await file.close();
  }
}
