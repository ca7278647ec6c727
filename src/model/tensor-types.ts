/** One way in which a file stores numbers: `blockValues` values in `blockBytes` bytes. */
export interface TensorType {
  readonly id: number;
  readonly name: string;
  readonly blockValues: number;
  readonly blockBytes: number;
}

const TYPES: readonly TensorType[] = [
  { id: 0, name: 'F32', blockValues: 1, blockBytes: 4 },
  { id: 1, name: 'F16', blockValues: 1, blockBytes: 2 },
  { id: 2, name: 'Q4_0', blockValues: 32, blockBytes: 18 },
  { id: 3, name: 'Q4_1', blockValues: 32, blockBytes: 20 },
  { id: 6, name: 'Q5_0', blockValues: 32, blockBytes: 22 },
  { id: 7, name: 'Q5_1', blockValues: 32, blockBytes: 24 },
  { id: 8, name: 'Q8_0', blockValues: 32, blockBytes: 34 },
  { id: 10, name: 'Q2_K', blockValues: 256, blockBytes: 84 },
  { id: 11, name: 'Q3_K', blockValues: 256, blockBytes: 110 },
  { id: 12, name: 'Q4_K', blockValues: 256, blockBytes: 144 },
  { id: 13, name: 'Q5_K', blockValues: 256, blockBytes: 176 },
  { id: 14, name: 'Q6_K', blockValues: 256, blockBytes: 210 },
  { id: 20, name: 'IQ4_NL', blockValues: 32, blockBytes: 18 },
  { id: 23, name: 'IQ4_XS', blockValues: 256, blockBytes: 136 },
  { id: 30, name: 'BF16', blockValues: 1, blockBytes: 2 },
];

/** Names of GGUF's other types (ggml's `ggml_type`), for messages. */
const OTHER_NAMES: Readonly<Record<number, string>> = {
  9: 'Q8_1',
  15: 'Q8_K',
  16: 'IQ2_XXS',
  17: 'IQ2_XS',
  18: 'IQ3_XXS',
  19: 'IQ1_S',
  21: 'IQ3_S',
  22: 'IQ2_S',
  24: 'I8',
  25: 'I16',
  26: 'I32',
  27: 'I64',
  28: 'F64',
  29: 'IQ1_M',
  34: 'TQ1_0',
  35: 'TQ2_0',
  39: 'MXFP4',
};

/** A type that cannot be read: how many bytes its values take is not known. */
function unreadable(id: number, name: string): TensorType {
  return { id, name, blockValues: Number.NaN, blockBytes: Number.NaN };
}

/** The type with this number in a GGUF file; one for which `isReadable` is false when it is unknown. */
export function tensorTypeById(id: number): TensorType {
  return (
    TYPES.find((type) => type.id === id) ?? unreadable(id, OTHER_NAMES[id] ?? `type number ${id}`)
  );
}

/** The type of this name, or null when we cannot read it. */
export function tensorTypeByName(name: string): TensorType | null {
  return TYPES.find((type) => type.name === name) ?? null;
}

/** What safetensors holds that can be read; names as the format spells them. */
const PLAIN_NAMES = ['F32', 'F16', 'BF16'];

/** The type of this name in a safetensors file; one for which `isReadable` is false when it is unknown. */
export function plainTensorType(name: string): TensorType {
  return (PLAIN_NAMES.includes(name) ? tensorTypeByName(name) : null) ?? unreadable(-1, name);
}

/** Whether values of a type can be read; a file may hold others, as long as nothing needs them. */
export function isReadable(type: TensorType): boolean {
  return !Number.isNaN(type.blockBytes);
}

/** Names of all types we read, for messages. */
export function knownTensorTypes(): string {
  return TYPES.map((type) => type.name).join(', ');
}

/** Bytes that `values` values of a type take; NaN when they do not fill whole blocks. */
export function tensorBytes(type: TensorType, values: number): number {
  return values % type.blockValues === 0
    ? (values / type.blockValues) * type.blockBytes
    : Number.NaN;
}
