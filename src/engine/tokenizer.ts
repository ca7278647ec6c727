import { Template } from '@huggingface/jinja';
import { Tokenizer as PieceTokenizer } from '@huggingface/tokenizers';
import { HeadlightError } from '../lib/headlight-error.ts';
import type { TokenizerSource } from '../model/tokenizer-source.ts';
import type { ChatMessage } from '../protocol/engine.ts';
import { toTextBytes } from '../text/byte-offsets.ts';
import { toComposed, toUnchanged } from '../text/normalised-text.ts';
import type { TokenizedText } from '../text/token.ts';
import { type TokenizerParts, toTokenizerParts } from './tokenizer-parts.ts';

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
const SPACE = 0x20;

/** Text to tokens and back, by a model's own vocabulary. */
export class Tokenizer {
  readonly parts: TokenizerParts;
  private readonly pieces: PieceTokenizer;

  /** Throws `tokenizer-unknown` when the tokenizer is of a kind that is not read. */
  constructor(source: TokenizerSource) {
    this.parts = toTokenizerParts(source);
    this.pieces = new PieceTokenizer(this.parts.definition, {});
  }

  /** How many ids there are, used or not. */
  get size(): number {
    return this.parts.pieces.length;
  }

  /** Cuts a text; adds the begin token only when asked. */
  tokenize(text: string, addsBegin = this.parts.addsBeginToken): TokenizedText {
    const ids = text === '' ? [] : this.pieces.encode(text, { add_special_tokens: false }).ids;
    const { beginId } = this.parts;
    // A template that writes the begin token itself must not get a second one.
    const hasBegin = addsBegin && beginId !== null && ids[0] !== beginId;
    return this.place(text, Int32Array.from(hasBegin ? [beginId, ...ids] : ids), hasBegin ? 1 : 0);
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
    const isSpelled = this.parts.spelling === 'sentencepiece' && !this.isControl(id);
    if (this.parts.added.has(id) && !isSpelled) return encoder.encode(piece);
    if (this.parts.spelling === 'sentencepiece') {
      const byte = piece.match(/^<0x([0-9A-Fa-f]{2})>$/)?.[1];
      if (byte !== undefined) return Uint8Array.of(Number.parseInt(byte, 16));
      return encoder.encode(piece.replaceAll('▁', ' '));
    }
    const bytes = new Uint8Array(piece.length);
    for (let i = 0; i < piece.length; i++) bytes[i] = ALPHABET.get(piece[i]) ?? 0x3f;
    return bytes;
  }

  /**
   * Finds each token's span by counting bytes of the text as the vocabulary sees it: composed where it
   * does that, and without the space that it puts before a text.
   */
  private place(text: string, ids: Int32Array, unplaced: number): TokenizedText {
    const { parts } = this;
    const seen = parts.isComposed ? toComposed(text) : toUnchanged(text);
    const { bytes, starts: unitStarts, ends: unitEnds } = toTextBytes(seen.text);
    const byteStart = (byte: number): number =>
      byte < unitStarts.length ? seen.starts[unitStarts[byte]] : text.length;
    const byteEnd = (byte: number): number => seen.ends[unitEnds[byte] - 1];
    const starts = new Int32Array(ids.length);
    const ends = new Int32Array(ids.length);
    let at = 0;
    let isAtBegin = true;
    for (let i = unplaced; i < ids.length; i++) {
      const own = this.bytesOf(ids[i]);
      const isAdded = parts.added.has(ids[i]);
      let { length } = own;
      if (ids[i] === parts.unknownId && !isAdded) length = lengthOfCharacter(bytes, at);
      else if (isAtBegin && !isAdded && own[0] === SPACE) {
        const isVirtual =
          parts.prefix === 'always' || (parts.prefix === 'unless-space' && bytes[at] !== SPACE);
        if (isVirtual) length--;
      }
      isAtBegin = isAdded;
      const last = Math.min(at + length, bytes.length) - 1;
      starts[i] = byteStart(at);
      ends[i] = length === 0 || last < at ? starts[i] : byteEnd(last);
      at += length;
    }
    return {
      text,
      ids,
      pieces: Array.from(ids, (id) => parts.pieces[id] ?? ''),
      starts,
      ends,
      special: Array.from(ids, (id) => parts.added.get(id) === true),
    };
  }
}

/** Bytes of the UTF-8 character that starts at a place. */
function lengthOfCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  return first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}
