import { Template } from '@huggingface/jinja';
import { Tokenizer as PieceTokenizer } from '@huggingface/tokenizers';
import { HeadlightError } from '../lib/headlight-error.ts';
import type { Vocabulary } from '../model/gguf/read-vocabulary.ts';
import type { ChatMessage } from '../protocol/engine.ts';
import { toTextBytes } from '../text/byte-offsets.ts';
import type { TokenizedText } from '../text/token.ts';

const CONTROL = 3;
const USER_DEFINED = 4;

/** The cuts made before BPE, by the name that GGUF files give; each in tokenizer.json's own terms. */
const PRE_TOKENIZERS: Readonly<Record<string, readonly object[]>> = {
  smollm: [
    // Every numeral by itself, not only decimal digits: "½" and "Ⅷ" count too.
    { type: 'Split', pattern: { Regex: '\\p{N}' }, behavior: 'Isolated', invert: false },
    { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  ],
  'gpt-2': [{ type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }],
};

/** The byte that each character of byte-level BPE's alphabet stands for (Radford et al. 2019). */
function createByteAlphabet(): ReadonlyMap<string, number> {
  const isPrintable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  const alphabet = new Map<string, number>();
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    alphabet.set(String.fromCharCode(isPrintable(byte) ? byte : next++), byte);
  }
  return alphabet;
}

/** Text to tokens and back, by a model's own vocabulary. */
export class Tokenizer {
  private readonly pieces: PieceTokenizer;
  private readonly alphabet = createByteAlphabet();
  private readonly controls: ReadonlySet<number>;

  /** Throws `tokenizer-unknown` when the vocabulary is of a kind that is not read. */
  constructor(readonly vocabulary: Vocabulary) {
    const { model, preTokenizer, pieces, kinds, merges } = vocabulary;
    const preTokenizers = PRE_TOKENIZERS[preTokenizer];
    if (model !== 'gpt2' || preTokenizers === undefined) {
      const known = Object.keys(PRE_TOKENIZERS).join(', ');
      throw new HeadlightError(
        'tokenizer-unknown',
        `The tokenizer is "${model}" with the cuts "${preTokenizer}"; known are gpt2 with ${known}.`,
        { model, preTokenizer, known },
      );
    }
    const added = pieces.flatMap((content, id) =>
      kinds[id] === CONTROL || kinds[id] === USER_DEFINED
        ? [{ id, content, special: kinds[id] === CONTROL, ...PLAIN_ADDED }]
        : [],
    );
    this.controls = new Set(added.flatMap((token) => (token.special ? [token.id] : [])));
    this.pieces = new PieceTokenizer(
      {
        version: '1.0',
        added_tokens: added,
        normalizer: null,
        pre_tokenizer: { type: 'Sequence', pretokenizers: preTokenizers },
        post_processor: null,
        decoder: { type: 'ByteLevel' },
        model: {
          type: 'BPE',
          vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
          merges,
          ignore_merges: false,
        },
      },
      {},
    );
  }

  /** Cuts a text; adds the begin token only when asked. */
  tokenize(text: string, addsBegin = this.vocabulary.addsBeginToken): TokenizedText {
    const ids = text === '' ? [] : this.pieces.encode(text, { add_special_tokens: false }).ids;
    const { beginId } = this.vocabulary;
    const hasBegin = addsBegin && beginId !== null;
    return this.place(text, Int32Array.from(hasBegin ? [beginId, ...ids] : ids), hasBegin ? 1 : 0);
  }

  /** A text of given ids: what they decode to, with offsets in it. Throws `token-id-out-of-range`. */
  fromIds(ids: Int32Array): TokenizedText {
    const limit = this.vocabulary.pieces.length;
    const bad = ids.find((id) => id < 0 || id >= limit);
    if (bad !== undefined) {
      throw new HeadlightError(
        'token-id-out-of-range',
        `Token id ${bad} is not in the vocabulary of ${limit} tokens.`,
        { id: bad, limit },
      );
    }
    return this.place(this.decode(ids), ids, 0);
  }

  /** The text of some ids; bytes that form no character become U+FFFD. */
  decode(ids: Iterable<number>): string {
    const bytes: number[] = [];
    for (const id of ids) bytes.push(...this.bytesOf(id));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes));
  }

  /** Whether a token is one of the model's control tokens, such as <|im_start|>. */
  isControl(id: number): boolean {
    return this.controls.has(id);
  }

  isEnd(id: number): boolean {
    return id === this.vocabulary.endId;
  }

  /** Renders a conversation through the model's template (Jinja). Throws `argument-invalid`. */
  renderChat(messages: readonly ChatMessage[], addGenerationPrompt: boolean): string {
    const { chatTemplate } = this.vocabulary;
    if (chatTemplate === null) {
      throw new HeadlightError('argument-invalid', 'This model has no template for conversations.');
    }
    return new Template(chatTemplate).render({
      messages: messages.map((message) => ({ ...message })),
      add_generation_prompt: addGenerationPrompt,
    });
  }

  /** The UTF-8 bytes that a token stands for; they may be a part of a character. */
  bytesOf(id: number): Uint8Array {
    const piece = this.vocabulary.pieces[id];
    if (this.controls.has(id) || this.vocabulary.kinds[id] === USER_DEFINED) {
      return new TextEncoder().encode(piece);
    }
    const bytes = new Uint8Array(piece.length);
    for (let i = 0; i < piece.length; i++) bytes[i] = this.alphabet.get(piece[i]) ?? 0x3f;
    return bytes;
  }

  /** Finds each token's span by counting bytes: byte-level BPE neither drops nor adds any. */
  private place(text: string, ids: Int32Array, unplaced: number): TokenizedText {
    const { starts: byteStarts, ends: byteEnds } = toTextBytes(text);
    const starts = new Int32Array(ids.length);
    const ends = new Int32Array(ids.length);
    let at = 0;
    for (let i = unplaced; i < ids.length; i++) {
      const length = this.bytesOf(ids[i]).length;
      const last = Math.min(at + length, byteEnds.length) - 1;
      starts[i] = byteStarts[Math.min(at, byteStarts.length - 1)] ?? 0;
      ends[i] = byteEnds[last] ?? 0;
      at += length;
    }
    return {
      text,
      ids,
      pieces: Array.from(ids, (id) => this.vocabulary.pieces[id]),
      starts,
      ends,
      special: Array.from(ids, (id) => this.controls.has(id)),
    };
  }
}

const PLAIN_ADDED = {
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
} as const;
