import type { Architecture, StorageRules } from './architecture.ts';
import type { ByteSource } from './byte-source.ts';
import type { ModelConfig } from './model-config.ts';
import type { TensorMap } from './tensor-file.ts';
import type { TokenizerSource } from './tokenizer-source.ts';

/** A model as its files give it: sizes, named tensors, how they are stored, and its tokenizer. */
export interface ModelFile {
  /** The file's or folder's name, for messages. */
  readonly fileName: string;
  readonly bytes: number;
  readonly architecture: Architecture;
  readonly storage: StorageRules;
  readonly config: ModelConfig;
  readonly tensors: TensorMap;
  readonly tokenizer: TokenizerSource;
  /** The files that hold the weights. */
  readonly weightSources: readonly ByteSource[];
  close(): Promise<void>;
}
