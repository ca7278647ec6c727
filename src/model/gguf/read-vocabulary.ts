import { HeadlightError } from '../../lib/headlight-error.ts';
import type { GgufHeader } from './header.ts';

/** A tokenizer as a GGUF file describes it (keys `tokenizer.*` of ggml's docs/gguf.md). */
export interface Vocabulary {
  /** "gpt2" = byte-level BPE, "llama" = SentencePiece. */
  readonly model: string;
  /** The name of the rule that cuts text before BPE. */
  readonly preTokenizer: string;
  readonly pieces: readonly string[];
  /** 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte. */
  readonly kinds: readonly number[];
  readonly merges: readonly string[];
  /** One a piece, for SentencePiece vocabularies; null where the file has none. */
  readonly scores: readonly number[] | null;
  /** A SentencePiece vocabulary puts a space before the text. */
  readonly addsSpacePrefix: boolean;
  /** Spaces in a row count as one. */
  readonly removesExtraSpaces: boolean;
  /** White space after a control token belongs to it. */
  readonly stripsAfterControl: boolean;
  readonly beginId: number | null;
  /** The token that ends a text. */
  readonly endId: number | null;
  /** Every token that ends a generation: of a text, of a turn, of a message. */
  readonly endIds: readonly number[];
  readonly addsBeginToken: boolean;
  readonly chatTemplate: string | null;
}

/** Reads the tokenizer's description. Throws `file-malformed` naming what is missing. */
export function readVocabulary(header: GgufHeader, fileName: string): Vocabulary {
  const { metadata } = header;
  const list = <T extends string | number>(
    key: string,
    type: 'string' | 'number',
  ): readonly T[] => {
    const value = metadata.get(key);
    if (!Array.isArray(value) || value.some((each) => typeof each !== type)) {
      throw new HeadlightError('file-malformed', `${fileName}: ${key} is missing or not a list.`, {
        name: fileName,
        key,
      });
    }
    return value as readonly T[];
  };
  const pieces = list<string>('tokenizer.ggml.tokens', 'string');
  const rows = header.tensors.get('token_embd.weight')?.shape[0] ?? pieces.length;
  const kinds = metadata.has('tokenizer.ggml.token_type')
    ? list<number>('tokenizer.ggml.token_type', 'number')
    : pieces.map(() => 1);
  const scores = metadata.has('tokenizer.ggml.scores')
    ? list<number>('tokenizer.ggml.scores', 'number')
    : null;
  if (scores !== null && scores.length !== pieces.length) {
    throw new HeadlightError(
      'file-malformed',
      `${fileName} has ${pieces.length} tokens with ${scores.length} scores.`,
      { name: fileName, tokens: pieces.length, scores: scores.length },
    );
  }
  if (pieces.length > rows || kinds.length !== pieces.length) {
    throw new HeadlightError(
      'file-malformed',
      `${fileName} has ${pieces.length} tokens with ${kinds.length} kinds for ${rows} embedding rows.`,
      { name: fileName, tokens: pieces.length, kinds: kinds.length, rows },
    );
  }
  const id = (key: string, usual?: number): number | null => {
    const value = metadata.get(key) ?? usual;
    return typeof value === 'number' && pieces[value] !== undefined ? value : null;
  };
  const text = (key: string): string => {
    const value = metadata.get(key);
    return typeof value === 'string' ? value : '';
  };
  const template = metadata.get('tokenizer.chat_template');
  const model = text('tokenizer.ggml.model');
  // SentencePiece vocabularies begin with tokens for the unknown, the begin and the end.
  const isPieces = model === 'llama';
  const endId = id('tokenizer.ggml.eos_token_id', isPieces ? 2 : undefined);
  // Only byte-level BPE has merges; SentencePiece has scores, other kinds are refused by name later.
  const hasMerges = model === 'gpt2' || metadata.has('tokenizer.ggml.merges');
  return {
    model,
    preTokenizer: text('tokenizer.ggml.pre'),
    pieces,
    kinds,
    scores,
    addsSpacePrefix: metadata.get('tokenizer.ggml.add_space_prefix') !== false,
    removesExtraSpaces: metadata.get('tokenizer.ggml.remove_extra_whitespaces') === true,
    stripsAfterControl: /phi-?3/i.test(text('general.name')),
    merges: hasMerges ? list<string>('tokenizer.ggml.merges', 'string') : [],
    beginId: id('tokenizer.ggml.bos_token_id', isPieces ? 1 : undefined),
    endId,
    endIds: [endId, id('tokenizer.ggml.eot_token_id'), id('tokenizer.ggml.eom_token_id')].filter(
      (end) => end !== null,
    ),
    addsBeginToken: addsBegin(metadata, model),
    chatTemplate: typeof template === 'string' ? template : null,
  };
}

/** Cuts of vocabularies that put a begin token before a text unless the file says otherwise. */
const BEGINNING_CUTS = [
  'llama-bpe',
  'llama-v3',
  'llama3',
  'falcon3',
  'falcon-h1',
  'pixtral',
  'midm-2.0',
  'lfm2',
  'tekken',
];

/** Whether a text gets a begin token: as the file says, else as vocabularies of its kind do. */
function addsBegin(metadata: GgufHeader['metadata'], model: string): boolean {
  const said = metadata.get('tokenizer.ggml.add_bos_token');
  if (typeof said === 'boolean') return said;
  const cuts = metadata.get('tokenizer.ggml.pre');
  return model === 'llama' || (typeof cuts === 'string' && BEGINNING_CUTS.includes(cuts));
}
