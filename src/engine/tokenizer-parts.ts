import { HeadlightError } from '../lib/headlight-error.ts';
import type { Vocabulary } from '../model/gguf/read-vocabulary.ts';
import type { TokenizerSource } from '../model/tokenizer-source.ts';
import { CUT_RULES } from './pre-tokenizers.ts';

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
  readonly unknownId: number | null;
  readonly beginId: number | null;
  readonly endIds: ReadonlySet<number>;
  readonly addsBeginToken: boolean;
  readonly chatTemplate: string | null;
  /** Texts of the begin and end tokens, for chat templates. */
  readonly beginText: string;
  readonly endText: string;
}

const UNKNOWN = 2;
const CONTROL = 3;
const USER_DEFINED = 4;

function toAddedToken(id: number, content: string, special: boolean): object {
  const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  return { id, content, special, ...plain };
}

function unknownTokenizer(what: string, known: string): HeadlightError {
  return new HeadlightError('tokenizer-unknown', `The tokenizer is ${what}; known are ${known}.`, {
    tokenizer: what,
    known,
  });
}

/**
 * Merges of a SentencePiece vocabulary by its scores: every way to join two pieces into a third, best
 * score first, as Hugging Face transformers derives them.
 */
export function deriveMerges(
  pieces: readonly string[],
  scores: ArrayLike<number>,
): readonly (readonly [string, string])[] {
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const merges: { left: string; right: string; score: number }[] = [];
  pieces.forEach((piece, id) => {
    const own: { left: string; right: string; score: number }[] = [];
    for (let cut = 1; cut < piece.length; cut++) {
      const left = piece.slice(0, cut);
      const right = piece.slice(cut);
      if (ids.has(left) && ids.has(right)) own.push({ left, right, score: scores[id] });
    }
    const idOf = (text: string): number => ids.get(text) ?? 0;
    own.sort((a, b) => idOf(a.left) - idOf(b.left) || idOf(a.right) - idOf(b.right));
    merges.push(...own);
  });
  merges.sort(
    (a, b) => b.score - a.score || b.left.length - a.left.length || b.right.length - a.right.length,
  );
  return merges.map(({ left, right }) => [left, right]);
}

/** Texts of control tokens that end a turn, as llama.cpp knows them in files that do not name their ids. */
const TURN_ENDS = ['<|eot_id|>', '<|eom_id|>', '<|im_end|>', '<|end|>', '<end_of_turn>'];

function turnEnds(
  pieces: readonly string[],
  added: ReadonlyMap<number, boolean>,
): readonly number[] {
  return [...added].flatMap(([id, isControl]) =>
    isControl && TURN_ENDS.includes(pieces[id]) ? [id] : [],
  );
}

function fromVocabulary(vocabulary: Vocabulary): TokenizerParts {
  const { model, preTokenizer, pieces, kinds, merges, scores } = vocabulary;
  const added = new Map<number, boolean>();
  kinds.forEach((kind, id) => {
    if (kind === CONTROL || kind === USER_DEFINED) added.set(id, kind === CONTROL);
  });
  const unknownId = kinds.indexOf(UNKNOWN);
  const added_tokens = [...added].map(([id, special]) => toAddedToken(id, pieces[id], special));
  const vocab = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
  const shared = {
    pieces,
    added,
    unknownId: unknownId < 0 ? null : unknownId,
    beginId: vocabulary.beginId,
    endIds: new Set([...vocabulary.endIds, ...turnEnds(pieces, added)]),
    addsBeginToken: vocabulary.addsBeginToken,
    chatTemplate: vocabulary.chatTemplate,
    beginText: vocabulary.beginId === null ? '' : pieces[vocabulary.beginId],
    endText: vocabulary.endId === null ? '' : pieces[vocabulary.endId],
  };
  const base = { version: '1.0', added_tokens, post_processor: null };
  if (model === 'llama' && scores !== null) {
    const prefix = vocabulary.addsSpacePrefix ? [{ type: 'Prepend', prepend: '▁' }] : [];
    return {
      ...shared,
      spelling: 'sentencepiece',
      prefix: vocabulary.addsSpacePrefix ? 'always' : 'none',
      isComposed: false,
      definition: {
        ...base,
        normalizer: {
          type: 'Sequence',
          normalizers: [...prefix, { type: 'Replace', pattern: { String: ' ' }, content: '▁' }],
        },
        pre_tokenizer: null,
        decoder: null,
        model: {
          type: 'BPE',
          vocab,
          merges: deriveMerges(pieces, scores),
          unk_token: unknownId < 0 ? null : pieces[unknownId],
          byte_fallback: true,
          fuse_unk: true,
          ignore_merges: false,
        },
      },
    };
  }
  const rule = CUT_RULES[preTokenizer];
  if (model !== 'gpt2' || rule === undefined) {
    const known = `llama with scores, and gpt2 with ${Object.keys(CUT_RULES).join(', ')}`;
    throw unknownTokenizer(`"${model}" with the cuts "${preTokenizer}"`, known);
  }
  return {
    ...shared,
    spelling: 'byte-level',
    prefix: 'none',
    isComposed: rule.isComposed === true,
    definition: {
      ...base,
      normalizer: rule.isComposed ? { type: 'NFC' } : null,
      pre_tokenizer: { type: 'Sequence', pretokenizers: rule.preTokenizers },
      decoder: { type: 'ByteLevel' },
      model: { type: 'BPE', vocab, merges, ignore_merges: rule.ignoresMerges === true },
    },
  };
}

type Json = Readonly<Record<string, unknown>>;
const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const asList = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.map(asObject) : [];

/** The steps of a normalizer or pre-tokenizer, sequences taken apart. */
function stepsOf(value: unknown): readonly Json[] {
  const step = asObject(value);
  if (step.type === undefined) return [];
  if (step.type !== 'Sequence') return [step];
  return [...asList(step.normalizers), ...asList(step.pretokenizers)].flatMap(stepsOf);
}

/**
 * The cut "Digits" as a pattern: the reference implementation cuts at every numeral, "½" too, where
 * the library that runs here knows decimal digits only.
 */
function withNumerals(value: unknown): unknown {
  const step = asObject(value);
  if (Array.isArray(step.pretokenizers)) {
    return { ...step, pretokenizers: step.pretokenizers.map(withNumerals) };
  }
  if (step.type !== 'Digits') return value;
  const Regex = step.individual_digits === true ? '\\p{N}' : '\\p{N}+';
  return { type: 'Split', pattern: { Regex }, behavior: 'Isolated', invert: false };
}

/** Content of a token that a config names as text or as an object. */
function contentOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const { content } = asObject(value);
  return typeof content === 'string' ? content : null;
}

/** Whether a post-processor puts the begin token before a text. */
function writesBegin(value: unknown, begin: string | null): boolean {
  const step = asObject(value);
  if (asList(step.processors).some((each) => writesBegin(each, begin))) return true;
  const [first] = asList(step.single);
  return begin !== null && asObject(first?.SpecialToken).id === begin;
}

/** The template of a config: a text, or the one called "default" of a list. */
function templateOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const named = asList(value).find(({ name }) => name === 'default')?.template;
  return typeof named === 'string' ? named : null;
}

function fromJson(source: Extract<TokenizerSource, { kind: 'json' }>): TokenizerParts {
  const { tokenizer, config, ids, fileName } = source;
  const model = asObject(tokenizer.model);
  const known = 'BPE with byte-level or SentencePiece spelling';
  if (model.type !== 'BPE') throw unknownTokenizer(`"${String(model.type)}"`, known);
  const vocab = Object.entries(asObject(model.vocab));
  const pieces: (string | undefined)[] = [];
  const place = (id: unknown, content: unknown): void => {
    if (
      !Number.isInteger(id) ||
      Number(id) < 0 ||
      Number(id) > 4e6 ||
      typeof content !== 'string'
    ) {
      throw new HeadlightError(
        'file-malformed',
        `${fileName}: tokenizer.json gives a token the id ${String(id)}.`,
        { name: fileName },
      );
    }
    pieces[Number(id)] = content;
  };
  for (const [piece, id] of vocab) place(id, piece);
  const added = new Map<number, boolean>();
  for (const token of asList(tokenizer.added_tokens)) {
    place(token.id, token.content);
    added.set(Number(token.id), token.special === true);
  }
  const steps = stepsOf(tokenizer.normalizer);
  const cuts = stepsOf(tokenizer.pre_tokenizer);
  const readable = ['NFC', 'Replace', 'Prepend'];
  const strange = steps.find(({ type }) => !readable.includes(String(type)));
  if (strange !== undefined) {
    throw unknownTokenizer(`one that normalises by "${String(strange.type)}"`, readable.join(', '));
  }
  const metaspace = cuts.find(({ type }) => type === 'Metaspace');
  const isByteLevel = cuts.some(({ type }) => type === 'ByteLevel');
  if (!isByteLevel && !steps.some(({ type }) => type === 'Replace') && metaspace === undefined) {
    throw unknownTokenizer('one of unknown spelling', known);
  }
  const scheme =
    metaspace?.prepend_scheme ?? (metaspace?.add_prefix_space === false ? 'never' : 'always');
  const hasMetaspacePrefix = metaspace !== undefined && scheme !== 'never';
  const hasBytePrefix = cuts.some(
    ({ type, add_prefix_space }) => type === 'ByteLevel' && add_prefix_space === true,
  );
  const idOf = (value: unknown): number | null => {
    const content = contentOf(value);
    const id = content === null ? -1 : pieces.indexOf(content);
    return id < 0 ? null : id;
  };
  const named = (key: 'bos_token' | 'eos_token', own: number | undefined | null) =>
    key in config ? contentOf(config[key]) : (pieces[own ?? -1] ?? null);
  const beginText = named('bos_token', ids.begin);
  const endText = named('eos_token', ids.ends[0]);
  const endId = idOf(endText);
  return {
    definition: {
      ...tokenizer,
      pre_tokenizer: withNumerals(tokenizer.pre_tokenizer),
      post_processor: null,
    },
    spelling: isByteLevel ? 'byte-level' : 'sentencepiece',
    prefix: steps.some(({ type }) => type === 'Prepend')
      ? 'always'
      : hasMetaspacePrefix || hasBytePrefix
        ? 'unless-space'
        : 'none',
    isComposed: steps.some(({ type }) => type === 'NFC'),
    pieces,
    added,
    unknownId: idOf(model.unk_token),
    beginId: idOf(beginText),
    endIds: new Set([...(endId === null ? [] : [endId]), ...ids.ends]),
    addsBeginToken:
      typeof config.add_bos_token === 'boolean'
        ? config.add_bos_token
        : writesBegin(tokenizer.post_processor, beginText),
    chatTemplate: templateOf(config.chat_template),
    beginText: beginText ?? '',
    endText: endText ?? '',
  };
}

/** What a tokenizer is made of. Throws `tokenizer-unknown` or `file-malformed` naming what is wrong. */
export function toTokenizerParts(source: TokenizerSource): TokenizerParts {
  return source.kind === 'gguf' ? fromVocabulary(source.vocabulary) : fromJson(source);
}
