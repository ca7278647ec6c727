import { HeadlightError } from '../lib/headlight-error.ts';
import type { Vocabulary } from '../model/gguf/read-vocabulary.ts';
import { CUT_RULES } from './pre-tokenizers.ts';
import { type TokenizerParts, unknownTokenizer } from './tokenizer-parts.ts';

const UNKNOWN = 2;
const CONTROL = 3;
const USER_DEFINED = 4;

function toAddedToken(id: number, content: string, special: boolean, rstrip: boolean): object {
  return { id, content, special, rstrip, single_word: false, lstrip: false, normalized: false };
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
  const lengths = new Set(pieces.map(({ length }) => length));
  const merges: { left: string; right: string; score: number }[] = [];
  pieces.forEach((piece, id) => {
    const own: { left: string; right: string; score: number }[] = [];
    for (let cut = 1; cut < piece.length; cut++) {
      if (!lengths.has(cut) || !lengths.has(piece.length - cut)) continue;
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

/** Refuses merges whose parts or result the vocabulary does not have: they would have no id. */
function assertMerges(merges: readonly string[], pieces: ReadonlySet<string>): void {
  const wrong = merges.find((merge) => {
    const cut = merge.indexOf(' ', 1);
    const [left, right] = [merge.slice(0, cut), merge.slice(cut + 1)];
    return cut < 0 || !pieces.has(left) || !pieces.has(right) || !pieces.has(left + right);
  });
  if (wrong === undefined) return;
  throw new HeadlightError(
    'file-malformed',
    `The tokenizer merges "${wrong.slice(0, 40)}", which its vocabulary does not have.`,
    { merge: wrong.slice(0, 40) },
  );
}

/** Control tokens after which white space belongs to them: files do not say so, llama.cpp knows it by name. */
function stripsAfter({ stripsAfterControl }: Vocabulary, piece: string): boolean {
  return stripsAfterControl && !['<unk>', '<s>', '<|endoftext|>'].includes(piece);
}

/**
 * The parts of a tokenizer that a GGUF file describes. Throws `tokenizer-unknown` naming its kind, or
 * `file-malformed`.
 */
export function fromVocabulary(vocabulary: Vocabulary): TokenizerParts {
  const { model, preTokenizer, pieces, kinds, merges, scores } = vocabulary;
  const added = new Map<number, boolean>();
  kinds.forEach((kind, id) => {
    if (kind === CONTROL || kind === USER_DEFINED) added.set(id, kind === CONTROL);
  });
  const unknownId = kinds.indexOf(UNKNOWN);
  const strips = new Map(
    [...added]
      .filter(([id, isControl]) => isControl && stripsAfter(vocabulary, pieces[id]))
      .map(([id]) => [id, { before: false, after: true }]),
  );
  const added_tokens = [...added].map(([id, special]) =>
    toAddedToken(id, pieces[id], special, strips.has(id)),
  );
  assertMerges(merges, new Set(pieces));
  const vocab = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
  const shared = {
    pieces,
    added,
    strips,
    dropsText: false,
    fusesUnknown: true,
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
    if (vocabulary.removesExtraSpaces) {
      throw unknownTokenizer('one that removes spaces', 'those that keep every space');
    }
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
  const rule = Object.hasOwn(CUT_RULES, preTokenizer) ? CUT_RULES[preTokenizer] : undefined;
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
