type Json = Readonly<Record<string, unknown>>;

/** Ids that a model's own configs give to tokens at the begin and end of texts. */
export interface SpecialIds {
  readonly begin: number | null;
  /** All ids that end a generation: `eos_token_id` is a number or a list. */
  readonly ends: readonly number[];
}

const idsOf = (value: unknown): readonly number[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (each): each is number => Number.isInteger(each) && each >= 0,
  );

/**
 * Reads `bos_token_id` and `eos_token_id` of config.json (of its text part too, in models that see) and
 * of generation_config.json. What ends a generation is what any of them names.
 */
export function readSpecialIds(...configs: readonly Json[]): SpecialIds {
  return {
    begin: configs.flatMap((config) => idsOf(config.bos_token_id))[0] ?? null,
    ends: [...new Set(configs.flatMap((config) => idsOf(config.eos_token_id)))],
  };
}
