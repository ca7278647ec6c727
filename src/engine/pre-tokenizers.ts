/** How a byte-level vocabulary cuts text before BPE, in tokenizer.json's own terms. */
export interface CutRule {
  readonly preTokenizers: readonly object[];
  /** Text is composed (NFC) first. */
  readonly isComposed?: boolean;
  /** A piece that is in the vocabulary whole is not cut, whatever the merges say. */
  readonly ignoresMerges?: boolean;
}

const split = (regex: string) => ({
  type: 'Split',
  pattern: { Regex: regex },
  behavior: 'Isolated',
  invert: false,
});
const byteLevel = (usesRegex: boolean) => ({
  type: 'ByteLevel',
  add_prefix_space: false,
  trim_offsets: true,
  use_regex: usesRegex,
});

/** The pattern that GPT-4's family made common, with `digits` for how numbers are cut. */
const wordsAndNumbers = (digits: string): string =>
  `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|${digits}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;

const GPT2: CutRule = { preTokenizers: [byteLevel(true)] };
/** Every numeral by itself, not only decimal digits: "½" and "Ⅷ" count too. */
const SINGLE_DIGITS: CutRule = { preTokenizers: [split('\\p{N}'), byteLevel(true)] };
const LLAMA3: CutRule = {
  preTokenizers: [split(wordsAndNumbers('\\p{N}{1,3}')), byteLevel(false)],
};
const QWEN: CutRule = { preTokenizers: [split(wordsAndNumbers('\\p{N}')), byteLevel(false)] };

/** Rules by the name that GGUF files give in `tokenizer.ggml.pre`. */
export const CUT_RULES: Readonly<Record<string, CutRule>> = {
  'gpt-2': GPT2,
  'phi-2': GPT2,
  mpt: GPT2,
  'jina-es': GPT2,
  'jina-de': GPT2,
  gigachat: GPT2,
  olmo: { ...GPT2, isComposed: true },
  smollm: SINGLE_DIGITS,
  starcoder: SINGLE_DIGITS,
  refact: SINGLE_DIGITS,
  codeshell: SINGLE_DIGITS,
  'command-r': { ...SINGLE_DIGITS, isComposed: true },
  'llama-bpe': { ...LLAMA3, ignoresMerges: true },
  'llama-v3': { ...LLAMA3, ignoresMerges: true },
  llama3: { ...LLAMA3, ignoresMerges: true },
  falcon3: { ...LLAMA3, ignoresMerges: true },
  dbrx: LLAMA3,
  'smaug-bpe': LLAMA3,
  qwen2: { ...QWEN, isComposed: true },
  'deepseek-r1-qwen': { ...QWEN, isComposed: true },
  stablelm2: QWEN,
};
