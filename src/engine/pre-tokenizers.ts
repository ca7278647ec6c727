import { isolate, type SplitStep } from './split-patterns.ts';

/** Bytes as characters of byte-level BPE's alphabet; cuts are steps of their own. */
export interface ByteLevelStep {
  readonly type: 'ByteLevel';
  readonly add_prefix_space: boolean;
  readonly trim_offsets: boolean;
  readonly use_regex: boolean;
}

/** How a byte-level vocabulary cuts text before BPE, in tokenizer.json's own terms. */
export interface CutRule {
  readonly preTokenizers: readonly (SplitStep | ByteLevelStep)[];
  /** Text is composed (NFC) first. */
  readonly isComposed?: boolean;
  /** A piece that is in the vocabulary whole is not cut, whatever the merges say. */
  readonly ignoresMerges?: boolean;
}

/** Spells pieces in byte-level BPE's alphabet, without cutting. */
export const SPELL_BYTES: ByteLevelStep = {
  type: 'ByteLevel',
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: false,
};
/** How byte-level BPE cuts where nothing else is said (Radford et al. 2019). */
export const GPT2_WORDS =
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

const cuts = (...patterns: readonly string[]): CutRule => ({
  preTokenizers: [...patterns.map(isolate), SPELL_BYTES],
});

const ENDINGS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
/** The pattern that GPT-4's family made common, with `digits` for how numbers are cut. */
const wordsAndNumbers = (digits: string): string =>
  `${ENDINGS}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;
/** The later form: capitals begin a word; `endings` belong to it. */
const casedWords = (endings: string, digits: string): string => {
  const [before, upper, lower] = [
    '[^\\r\\n\\p{L}\\p{N}]?',
    '[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]',
    '[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]',
  ];
  return `${before}${upper}*${lower}+${endings}|${before}${upper}+${lower}*${endings}|${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;
};

const GPT2 = cuts(GPT2_WORDS);
/** Every numeral by itself, not only decimal digits: "½" and "Ⅷ" count too. */
const SINGLE_DIGITS = cuts('\\p{N}', GPT2_WORDS);
const LLAMA3 = cuts(wordsAndNumbers('\\p{N}{1,3}'));
const QWEN = cuts(wordsAndNumbers('\\p{N}'));
const GPT4O = cuts(casedWords(`${ENDINGS}?`, '\\p{N}{1,3}'));
const CJK = '[\u4e00-\u9fa5\u0800-\u4e00\uac00-\ud7ff]+';
const SENTENCES = cuts(' ?[^(\\s|.,!?…。，、।۔،)]+');
const whole = (rule: CutRule): CutRule => ({ ...rule, ignoresMerges: true });
const composed = (rule: CutRule): CutRule => ({ ...rule, isComposed: true });

/**
 * Rules by the name that GGUF files give in `tokenizer.ggml.pre`: the patterns by which llama.cpp cuts
 * (its `llm_tokenizer_bpe`), in the spelling of the models' own tokenizer.json; composed where that does so.
 */
export const CUT_RULES: Readonly<Record<string, CutRule>> = {
  'gpt-2': GPT2,
  'phi-2': GPT2,
  mpt: GPT2,
  'jina-es': GPT2,
  'jina-de': GPT2,
  'jina-v2-es': GPT2,
  'jina-v2-de': GPT2,
  gigachat: GPT2,
  'a.x-4.0': GPT2,
  mellum: GPT2,
  'modern-bert': GPT2,
  exaone4: GPT2,
  jais: GPT2,
  trillion: GPT2,
  'granite-docling': GPT2,
  olmo: composed(GPT2),
  smollm: SINGLE_DIGITS,
  starcoder: SINGLE_DIGITS,
  refact: SINGLE_DIGITS,
  codeshell: SINGLE_DIGITS,
  exaone: SINGLE_DIGITS,
  'minerva-7b': SINGLE_DIGITS,
  'command-r': composed(SINGLE_DIGITS),
  'llama-bpe': whole(LLAMA3),
  'llama-v3': whole(LLAMA3),
  llama3: whole(LLAMA3),
  falcon3: whole(LLAMA3),
  'falcon-h1': whole(LLAMA3),
  pixtral: whole(LLAMA3),
  'midm-2.0': whole(LLAMA3),
  lfm2: whole(LLAMA3),
  dbrx: LLAMA3,
  'smaug-bpe': LLAMA3,
  'chatglm-bpe': LLAMA3,
  glm4: LLAMA3,
  qwen2: composed(QWEN),
  'deepseek-r1-qwen': composed(QWEN),
  megrez: composed(QWEN),
  kormo: QWEN,
  hunyuan: QWEN,
  stablelm2: QWEN,
  qwen35: composed(
    cuts(
      `${ENDINGS}|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`,
    ),
  ),
  'gpt-4o': GPT4O,
  llama4: GPT4O,
  kanana2: GPT4O,
  tekken: whole(cuts(casedWords('', '\\p{N}'))),
  'seed-coder': cuts(
    `${ENDINGS}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}\\r\\n]+|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`,
  ),
  // Its letters are listed one by one there: those that have a case.
  'deepseek-llm': cuts(
    '[\\r\\n]',
    '\\s?[\\p{Lu}\\p{Ll}\\p{Lt}]+',
    '\\s?[!-/:-~\uff01-\uff0f\uff1a-\uff5e\u2018-\u201f\u3000-\u3002]+',
    '\\s+$',
    CJK,
    '\\p{N}+',
  ),
  'deepseek-coder': cuts('[\\r\\n]', '\\s?\\p{L}+', '\\s?\\p{P}+', CJK, '\\p{N}'),
  'deepseek-v3': cuts(
    '\\p{N}{1,3}',
    '[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+',
    '[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+',
  ),
  falcon: cuts('[\\p{P}\\$\\+<=>\\^~\\|`]+', GPT2_WORDS, '[0-9][0-9][0-9]'),
  bloom: SENTENCES,
  'poro-chat': SENTENCES,
  'gpt3-finnish': SENTENCES,
  viking: cuts(' ?[^(\\s|.,!?…。，、।۔،)]+', '\\p{N}'),
  default: cuts('[\\p{P}\\$\\+<=>\\^~\\|]+', GPT2_WORDS, '\\p{N}+', '[0-9][0-9][0-9]'),
};
