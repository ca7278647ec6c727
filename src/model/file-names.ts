/** Which files belong to a model, by their names. */

/** Files beside a model's safetensors that are read when they are there. */
export const OPTIONAL_FILES = [
  'tokenizer_config.json',
  'generation_config.json',
  'special_tokens_map.json',
  'chat_template.jinja',
] as const;
/** Files without which a folder of safetensors is no model. */
export const NEEDED_FILES = ['config.json', 'tokenizer.json'] as const;
export const INDEX_FILE = 'model.safetensors.index.json';

const SHARD = /^model(-\d{5}-of-\d{5})?\.safetensors$/;
const PART = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i;
/** A type of numbers in the name of a GGUF file: "Q4_K_M", "IQ4_XS", "F16". */
const TYPE =
  /(?:^|[-._])((?:UD-)?(?:I?Q\d(?:_[A-Z0-9]+)*|T?Q\d_\d|BF16|F16|F32|FP16|FP32|MXFP4))(?=[-._]|$)/i;
/** Types whose blocks we read, by how such names begin. */
const READABLE_TYPE =
  /^(UD-)?(Q4_0|Q4_1|Q5_0|Q5_1|Q8_0|Q[2-6]_K(_[A-Z]+)?|Q8_K_[A-Z]+|IQ4_(NL|XS)|BF16|F16|F32|FP16|FP32)$/i;

/** Files that hold weights, whatever they are called. */
export const isWeights = (name: string): boolean => /\.(gguf|safetensors)$/i.test(name);
export const isGguf = (name: string): boolean => /\.gguf$/i.test(name);
export const isShard = (name: string): boolean => SHARD.test(name);
/** Files of a folder of safetensors that are read; others (images, licences, other formats) are not. */
export const isFolderFile = (name: string): boolean =>
  isShard(name) || [...NEEDED_FILES, ...OPTIONAL_FILES, INDEX_FILE].some((each) => each === name);
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The type of numbers that a GGUF file's name gives, in capitals; null when it gives none. */
export function typeInName(name: string): string | null {
  const found = name.replace(/\.gguf$/i, '').match(TYPE)?.[1];
  return found === undefined ? null : found.toUpperCase();
}

/** False where the name says a type that is not read; a name that says nothing is given a chance. */
export function isReadableType(type: string | null): boolean {
  return type === null || READABLE_TYPE.test(type);
}

/** The names of all parts of a split GGUF model, from the name of one of them. */
export function listParts(name: string): readonly string[] {
  const part = name.match(PART);
  if (part === null) return [name];
  const [, stem, , count] = part;
  return Array.from(
    { length: Math.min(Number(count), 1000) },
    (_, index) => `${stem}-${String(index + 1).padStart(5, '0')}-of-${count}.gguf`,
  );
}

/** A GGUF file's name without its parts' numbers and its ending. */
export function stemOf(name: string): string {
  return name.match(PART)?.[1] ?? name.replace(/\.gguf$/i, '');
}
