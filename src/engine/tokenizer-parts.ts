import { HeadlightError } from '../lib/headlight-error.ts';

/** How pieces spell text: byte-level BPE's alphabet, or "▁" for a space and <0x0A> for a byte. */
export type Spelling = 'byte-level' | 'sentencepiece';
/** Whether a space is put before a text: never, always, or unless there is one. */
export type PrefixRule = 'none' | 'always' | 'unless-space';

/** What a tokenizer is made of, whatever file described it. */
export interface TokenizerParts {
  /** In the form of Hugging Face's tokenizer.json. */
  readonly definition: object;
  readonly spelling: Spelling;
  readonly prefix: PrefixRule;
  readonly isComposed: boolean;
  /** Pieces by id; a hole where an id is not used. */
  readonly pieces: readonly (string | undefined)[];
  /** Tokens that stand for their own text; `true` for control tokens such as <|im_start|>. */
  readonly added: ReadonlyMap<number, boolean>;
  /** Added tokens that take the white space before or after them. */
  readonly strips: ReadonlyMap<number, { readonly before: boolean; readonly after: boolean }>;
  /** Whether cuts may leave out parts of a text. */
  readonly dropsText: boolean;
  /** Whether unknown characters in a row are one token. */
  readonly fusesUnknown: boolean;
  readonly unknownId: number | null;
  readonly beginId: number | null;
  readonly endIds: ReadonlySet<number>;
  readonly addsBeginToken: boolean;
  readonly chatTemplate: string | null;
  /** Texts of the begin and end tokens, for chat templates. */
  readonly beginText: string;
  readonly endText: string;
}

/** The error for a tokenizer of a kind that is not read. */
export function unknownTokenizer(what: string, known: string): HeadlightError {
  return new HeadlightError('tokenizer-unknown', `The tokenizer is ${what}; known are ${known}.`, {
    tokenizer: what,
    known,
  });
}
