import type { Vocabulary } from './gguf/read-vocabulary.ts';

/** A tokenizer as a model's files describe it: a GGUF vocabulary, or a tokenizer.json. */
export type TokenizerSource =
  | { readonly kind: 'gguf'; readonly vocabulary: Vocabulary }
  | {
      readonly kind: 'json';
      readonly fileName: string;
      readonly tokenizer: Readonly<Record<string, unknown>>;
      readonly config: Readonly<Record<string, unknown>>;
    };
