import type { Vocabulary } from './gguf/read-vocabulary.ts';
import type { SpecialIds } from './hf/special-ids.ts';

/** A tokenizer as a model's files describe it: a GGUF vocabulary, or a tokenizer.json. */
export type TokenizerSource =
  | { readonly kind: 'gguf'; readonly vocabulary: Vocabulary }
  | {
      readonly kind: 'json';
      readonly fileName: string;
      readonly tokenizer: Readonly<Record<string, unknown>>;
      /** tokenizer_config.json, over special_tokens_map.json where both say something. */
      readonly config: Readonly<Record<string, unknown>>;
      /** Ids that the model's own configs give. */
      readonly ids: SpecialIds;
    };
