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

/** The type with this number in a GGUF file, or null when we cannot read it. */
export function tensorTypeById(id: number): TensorType | null {
  return TYPES.find((type) => type.id === id) ?? null;
}

/** The type of this name (as safetensors and GGUF spell it), or null when we cannot read it. */
export function tensorTypeByName(name: string): TensorType | null {
  return TYPES.find((type) => type.name === name) ?? null;
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
