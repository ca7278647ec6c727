import { Template } from '@huggingface/jinja';
import { Tokenizer as PieceTokenizer } from '@huggingface/tokenizers';
import { HeadlightError } from '../lib/headlight-error.ts';
import type { TokenizerSource } from '../model/tokenizer-source.ts';
import type { ChatMessage } from '../protocol/engine.ts';
import type { TokenizedText } from '../text/token.ts';
import { fromVocabulary } from './gguf-tokenizer.ts';
import { fromJson } from './json-tokenizer.ts';
import { placeTokens } from './place-tokens.ts';
import { type TokenizerParts, unknownTokenizer } from './tokenizer-parts.ts';

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

const ALPHABET = createByteAlphabet();

/** Text to tokens and back, by a model's own vocabulary. */
export class Tokenizer {
  readonly parts: TokenizerParts;
  private readonly pieces: PieceTokenizer;

  /** Throws `tokenizer-unknown` when the tokenizer is of a kind that is not read. */
  constructor(source: TokenizerSource) {
    this.parts = toTokenizerParts(source);
    try {
      this.pieces = new PieceTokenizer(this.parts.definition, {});
    } catch (error) {
      // What it throws is about patterns and parts that it cannot do.
      const why = error instanceof Error ? error.message : String(error);
      throw unknownTokenizer(`one that cannot be built (${why.slice(0, 200)})`, 'BPE');
    }
  }

  /** How many ids there are, used or not. */
  get size(): number {
    return this.parts.pieces.length;
  }

  /** Cuts a text; adds the begin token only when asked. */
  tokenize(text: string, addsBegin = this.parts.addsBeginToken): TokenizedText {
    const ids = text === '' ? [] : this.encode(text);
    const { beginId } = this.parts;
    // A template that writes the begin token itself must not get a second one.
    const hasBegin = addsBegin && beginId !== null && ids[0] !== beginId;
    return this.place(text, Int32Array.from(hasBegin ? [beginId, ...ids] : ids), hasBegin ? 1 : 0);
  }

  /** Throws `argument-invalid` for a text that the vocabulary cannot spell. */
  private encode(text: string): readonly number[] {
    const ids: readonly (number | undefined)[] = this.pieces.encode(text, {
      add_special_tokens: false,
    }).ids;
    if (ids.every((id) => id !== undefined && id !== null)) return ids;
    throw new HeadlightError(
      'argument-invalid',
      'The vocabulary of this model has no token for a part of this text.',
    );
  }

  /** A text of given ids: what they decode to, with offsets in it. Throws `token-id-out-of-range`. */
  fromIds(ids: Int32Array): TokenizedText {
    const limit = this.size;
    const bad = ids.find((id) => this.parts.pieces[id] === undefined);
    if (bad !== undefined) {
      throw new HeadlightError(
        'token-id-out-of-range',
        `Token id ${bad} is not in the vocabulary of ${limit} tokens.`,
        { id: bad, limit },
      );
    }
    const text = this.decode(ids);
    // The space that some vocabularies put before a text is no part of it.
    const isPrefixed = this.parts.prefix !== 'none' && text.startsWith(' ');
    return this.place(isPrefixed ? text.slice(1) : text, ids, 0);
  }

  /** The text of some ids; bytes that form no character become U+FFFD. */
  decode(ids: Iterable<number>): string {
    const bytes: number[] = [];
    for (const id of ids) bytes.push(...this.bytesOf(id));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes));
  }

  /** Whether a token is one of the model's control tokens, such as <|im_start|>. */
  isControl(id: number): boolean {
    return this.parts.added.get(id) === true;
  }

  isEnd(id: number): boolean {
    return this.parts.endIds.has(id);
  }

  /** Renders a conversation through the model's template (Jinja). Throws `argument-invalid`. */
  renderChat(messages: readonly ChatMessage[], addGenerationPrompt: boolean): string {
    const { chatTemplate, beginText, endText } = this.parts;
    if (chatTemplate === null) {
      throw new HeadlightError('argument-invalid', 'This model has no template for conversations.');
    }
    try {
      return new Template(chatTemplate).render({
        messages: messages.map((message) => ({ ...message })),
        add_generation_prompt: addGenerationPrompt,
        bos_token: beginText,
        eos_token: endText,
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new HeadlightError(
        'argument-invalid',
        `The model's template refuses this conversation: ${why}`,
        { why },
        error,
      );
    }
  }

  /** The UTF-8 bytes that a token stands for; they may be a part of a character. */
  bytesOf(id: number): Uint8Array {
    const piece = this.parts.pieces[id] ?? '';
    const encoder = new TextEncoder();
    if (this.parts.added.has(id) && this.parts.spelling !== 'sentencepiece') {
      return encoder.encode(piece);
    }
    if (this.parts.spelling === 'sentencepiece') {
      const byte = piece.match(/^<0x([0-9A-Fa-f]{2})>$/)?.[1];
      if (byte !== undefined) return Uint8Array.of(Number.parseInt(byte, 16));
      return encoder.encode(piece.replaceAll('▁', ' '));
    }
    const bytes = new Uint8Array(piece.length);
    for (let i = 0; i < piece.length; i++) bytes[i] = ALPHABET.get(piece[i]) ?? 0x3f;
    return bytes;
  }

  private place(text: string, ids: Int32Array, unplaced: number): TokenizedText {
    const { parts } = this;
    return {
      text,
      ids,
      pieces: Array.from(ids, (id) => parts.pieces[id] ?? ''),
      ...placeTokens(text, ids, unplaced, parts, (id) => this.bytesOf(id)),
      special: Array.from(ids, (id) => parts.added.get(id) === true),
    };
  }
}

/** What a tokenizer is made of. Throws `tokenizer-unknown` or `file-malformed` naming what is wrong. */
function toTokenizerParts(source: TokenizerSource): TokenizerParts {
  return source.kind === 'gguf' ? fromVocabulary(source.vocabulary) : fromJson(source);
}
