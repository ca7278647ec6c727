import type { Precision } from './weight-form.ts';

/** What is known of a loaded model, in plain values that cross the worker boundary. */
export interface ModelFacts {
  readonly name: string;
  readonly architecture: string;
  readonly layerCount: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly headSize: number;
  readonly hiddenSize: number;
  readonly mlpSize: number;
  readonly vocabularySize: number;
  /** The longest text the model was made for, tokens. */
  readonly contextLength: number;
  readonly parameterCount: number;
  /** The file's weights by type with counts, largest first: "Q4_1 (210), Q8_0 (1), F32 (61)". */
  readonly fileType: string;
  readonly fileName: string;
  readonly fileBytes: number;
  /** Whether weights are stored in fewer bits than they are computed in, so that they can be kept so. */
  readonly isCompressed: boolean;
  /** How many files the weights lie in. */
  readonly fileCount: number;
  /** Hex SHA-256 of the file, of several files that of their hashes (`joinHashes`); null while unknown. */
  readonly sha256: string | null;
  /** How quantised weights are held; `dequantised` also where the file has none. */
  readonly precision: Precision;
  readonly device: 'wasm' | 'webgpu' | 'native';
  readonly threads: number;
  /** Whether the model's files say that a text gets a begin token. */
  readonly addsBeginToken: boolean;
  /** The begin token's text; null when the vocabulary has none. */
  readonly beginToken: string | null;
  readonly chatTemplate: string | null;
  /** What model, page and a text of 512 tokens take at their peak, estimated, bytes. */
  readonly estimatedBytes: number;
}
