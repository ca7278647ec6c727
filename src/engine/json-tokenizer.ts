import { HeadlightError } from '../lib/headlight-error.ts';
import type { TokenizerSource } from '../model/tokenizer-source.ts';
import { toCuts } from './json-cuts.ts';
import { asList, asObject, type Json, nameOf, stepsOf } from './json-steps.ts';
import { type PrefixRule, type TokenizerParts, unknownTokenizer } from './tokenizer-parts.ts';

const KNOWN = 'BPE with byte-level or SentencePiece spelling';
/** SentencePiece's mark for a space. */
const MARK = '▁';
/** No vocabulary is larger. */
const LARGEST_ID = 4e6;

/** Content of a token that a config names as text or as an object. */
function contentOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const { content } = asObject(value);
  return typeof content === 'string' ? content : null;
}

/** The special token that a post-processor puts before a text; null when it puts none. */
function writtenBegin(value: unknown): string | null {
  for (const { single } of stepsOf(value, 'processors')) {
    const { id } = asObject(asList(single)[0]?.SpecialToken);
    if (typeof id === 'string') return id;
  }
  return null;
}

/** The template of a config: a text, or the one called "default" of a list. */
function templateOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const named = asList(value).find(({ name }) => name === 'default')?.template;
  return typeof named === 'string' ? named : null;
}

/** Whether each step of a normalizer is one that spans can be followed through; throws naming another. */
function assertNormalizers(steps: readonly Json[]): void {
  for (const { type, prepend, pattern, content } of steps) {
    const isKnown =
      type === 'NFC' ||
      (type === 'Prepend' && prepend === MARK) ||
      (type === 'Replace' && content === MARK && Object.values(asObject(pattern))[0] === ' ');
    if (!isKnown) {
      const known = `NFC, Prepend and Replace of spaces by "${MARK}"`;
      throw unknownTokenizer(`one that normalises by "${nameOf(type)}"`, known);
    }
  }
}

/** A merge as its two pieces: a pair, or a text with a space between. */
function partsOfMerge(merge: unknown): readonly [string, string] | null {
  const parts = typeof merge === 'string' ? merge.split(' ') : merge;
  const isPair =
    Array.isArray(parts) && parts.length === 2 && parts.every((part) => typeof part === 'string');
  return isPair ? [parts[0], parts[1]] : null;
}

/** Refuses a model of another kind than BPE, and merges of pieces that are not there. */
function assertModel(model: Json, fileName: string): void {
  const isBpe = model.type === 'BPE' || (model.type === undefined && Array.isArray(model.merges));
  if (!isBpe) throw unknownTokenizer(`"${nameOf(model.type)}"`, KNOWN);
  for (const key of ['continuing_subword_prefix', 'end_of_word_suffix']) {
    if (model[key]) throw unknownTokenizer(`one with ${key} "${nameOf(model[key])}"`, 'none');
  }
  const vocab = asObject(model.vocab);
  const has = (piece: string): boolean => Object.hasOwn(vocab, piece);
  const merges = Array.isArray(model.merges) ? model.merges : [];
  const wrong = merges.find((merge) => {
    const parts = partsOfMerge(merge);
    return parts === null || !has(parts[0]) || !has(parts[1]) || !has(parts[0] + parts[1]);
  });
  if (wrong !== undefined) {
    const isShort = typeof wrong !== 'object' || partsOfMerge(wrong) !== null;
    const shown = isShort ? String(JSON.stringify(wrong)).slice(0, 60) : 'what is no pair';
    throw new HeadlightError(
      'file-malformed',
      `${fileName}: tokenizer.json merges ${shown}, which its vocabulary does not have.`,
      { name: fileName, merge: shown },
    );
  }
}

/** Pieces by id, and the tokens that stand for their own text. */
function readPieces(tokenizer: Json, fileName: string) {
  const pieces: (string | undefined)[] = [];
  const place = (id: unknown, content: unknown): number => {
    if (
      typeof id !== 'number' ||
      !Number.isInteger(id) ||
      id < 0 ||
      id > LARGEST_ID ||
      typeof content !== 'string'
    ) {
      throw new HeadlightError(
        'file-malformed',
        `${fileName}: tokenizer.json gives a token the id ${nameOf(id)}.`,
        { name: fileName },
      );
    }
    pieces[id] = content;
    return id;
  };
  for (const [piece, id] of Object.entries(asObject(asObject(tokenizer.model).vocab))) {
    place(id, piece);
  }
  const added = new Map<number, boolean>();
  const strips = new Map<number, { readonly before: boolean; readonly after: boolean }>();
  for (const token of asList(tokenizer.added_tokens)) {
    const id = place(token.id, token.content);
    added.set(id, token.special === true);
    if (token.single_word === true) {
      const what = `one with a token that is found as a whole word only (${pieces[id]})`;
      throw unknownTokenizer(what, 'tokens that are found anywhere');
    }
    const [before, after] = [token.lstrip === true, token.rstrip === true];
    if (before || after) strips.set(id, { before, after });
  }
  return { pieces, added, strips };
}

/**
 * The parts of a tokenizer that a tokenizer.json describes. Throws `tokenizer-unknown` naming what is of a
 * kind that is not read, or `file-malformed`.
 */
export function fromJson(source: Extract<TokenizerSource, { kind: 'json' }>): TokenizerParts {
  const { tokenizer, config, ids, fileName } = source;
  const model = asObject(tokenizer.model);
  assertModel(model, fileName);
  const { pieces, added, strips } = readPieces(tokenizer, fileName);
  const steps = stepsOf(tokenizer.normalizer, 'normalizers');
  assertNormalizers(steps);
  const cuts = toCuts(tokenizer.pre_tokenizer);
  const isMarked = cuts.metaspace !== null || steps.some(({ type }) => type === 'Replace');
  if (!cuts.isByteLevel && !isMarked) throw unknownTokenizer('one of unknown spelling', KNOWN);
  if (!cuts.isByteLevel && model.byte_fallback !== true && contentOf(model.unk_token) === null) {
    throw unknownTokenizer('one without a token for what it does not know', KNOWN);
  }
  const idOf = (content: string | null): number | null => {
    const id = content === null ? -1 : pieces.indexOf(content);
    return id < 0 ? null : id;
  };
  // What tokenizer_config.json says counts, also when it says that there is none.
  const named = (key: 'bos_token' | 'eos_token', own: number | undefined | null) =>
    key in config ? contentOf(config[key]) : (pieces[own ?? -1] ?? null);
  const written = writtenBegin(tokenizer.post_processor);
  const beginText = named('bos_token', ids.begin) ?? ('bos_token' in config ? null : written);
  const endText = named('eos_token', ids.ends[0]);
  const endId = idOf(endText);
  const prefix: PrefixRule = steps.some(({ type }) => type === 'Prepend') ? 'always' : cuts.prefix;
  return {
    definition: {
      normalizer: steps.length === 0 ? null : { type: 'Sequence', normalizers: steps },
      pre_tokenizer: cuts.preTokenizer,
      model: { ...model, type: 'BPE', vocab: asObject(model.vocab), merges: model.merges ?? [] },
      added_tokens: asList(tokenizer.added_tokens),
      post_processor: null,
      decoder: null,
    },
    spelling: cuts.isByteLevel ? 'byte-level' : 'sentencepiece',
    prefix,
    isComposed: steps.some(({ type }) => type === 'NFC'),
    pieces,
    added,
    strips,
    dropsText: cuts.dropsText,
    fusesUnknown: model.fuse_unk === true,
    unknownId: idOf(contentOf(model.unk_token)),
    beginId: idOf(beginText),
    endIds: new Set([...(endId === null ? [] : [endId]), ...ids.ends]),
    addsBeginToken:
      typeof config.add_bos_token === 'boolean'
        ? config.add_bos_token
        : written !== null && written === beginText,
    chatTemplate: templateOf(config.chat_template),
    beginText: beginText ?? '',
    endText: endText ?? '',
  };
}
