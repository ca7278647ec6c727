import { asObject, type Json, nameOf, stepsOf } from './json-steps.ts';
import { GPT2_WORDS, SPELL_BYTES } from './pre-tokenizers.ts';
import { escapePattern, findSlowness, isolate, toIsolating } from './split-patterns.ts';
import { type PrefixRule, unknownTokenizer } from './tokenizer-parts.ts';

/** How a tokenizer.json cuts text, as the library that runs here can do it. */
export interface JsonCuts {
  /** In the form of tokenizer.json, or null when nothing is cut. */
  readonly preTokenizer: object | null;
  readonly isByteLevel: boolean;
  /** The step that writes spaces as "▁", or null. */
  readonly metaspace: Json | null;
  /** The space before a text that the cuts add. */
  readonly prefix: PrefixRule;
  readonly dropsText: boolean;
}

const MARK = '▁';
/** What counts as punctuation: ASCII's own, symbols too, and Unicode's. */
const PUNCTUATION = '[\\p{P}!-/:-@\\[-`{-~]';
const KNOWN = 'Split, ByteLevel, Digits, Punctuation, Metaspace, and sequences of them';

/** A pattern of a file, as a regular expression. Throws `tokenizer-unknown` for one that is not safe. */
function patternOf({ pattern }: Json): string {
  const { Regex, String: text } = asObject(pattern);
  if (typeof text === 'string') return escapePattern(text);
  if (typeof Regex !== 'string') throw unknownTokenizer('one that cuts by no pattern', KNOWN);
  const slow = findSlowness(Regex);
  if (slow === null) return Regex;
  const what = `one that cuts by a pattern that may never end: ${slow.slice(0, 60)}`;
  throw unknownTokenizer(what, 'patterns without nested repetitions');
}

function cutBy(pattern: string, behavior: unknown, isInverted: boolean): object {
  const step = toIsolating(pattern, nameOf(behavior), isInverted);
  if (step !== null) return step;
  const how = `${nameOf(behavior)}${isInverted ? ', inverted' : ''}`;
  throw unknownTokenizer(
    `one that cuts "${how}"`,
    'Isolated, MergedWithPrevious, MergedWithNext, Contiguous',
  );
}

/** The steps that do what one step of a file does. */
function toSteps(step: Json, index: number): readonly object[] {
  switch (step.type) {
    case 'Split':
      return [cutBy(patternOf(step), step.behavior, step.invert === true)];
    case 'Punctuation':
      return [cutBy(PUNCTUATION, step.behavior ?? 'Isolated', false)];
    // Every numeral, "½" too, where the library knows decimal digits only.
    case 'Digits':
      return [isolate(step.individual_digits === true ? '\\p{N}' : '\\p{N}+')];
    case 'ByteLevel': {
      const usesWords = step.use_regex !== false;
      if (step.add_prefix_space !== true) {
        return [...(usesWords ? [isolate(GPT2_WORDS)] : []), SPELL_BYTES];
      }
      if (index > 0) throw unknownTokenizer('one that puts a space before every piece', KNOWN);
      return [{ ...SPELL_BYTES, add_prefix_space: true, use_regex: usesWords }];
    }
    case 'Metaspace': {
      if ((step.replacement ?? MARK) !== MARK) {
        throw unknownTokenizer(`one that writes spaces as "${nameOf(step.replacement)}"`, MARK);
      }
      const marked = { type: 'Metaspace', replacement: MARK, prepend_scheme: schemeOf(step) };
      // Each mark begins a piece, unless the file says that nothing is cut.
      return step.split === false ? [marked] : [marked, isolate(`${MARK}[^${MARK}]*|[^${MARK}]+`)];
    }
    default:
      throw unknownTokenizer(`one that cuts by "${nameOf(step.type)}"`, KNOWN);
  }
}

function schemeOf(step: Json): unknown {
  return step.prepend_scheme ?? (step.add_prefix_space === false ? 'never' : 'always');
}

/**
 * Rewrites the pre-tokenizer of a tokenizer.json into steps that the library does as the reference
 * implementation does. Throws `tokenizer-unknown` naming a cut that it cannot do.
 */
export function toCuts(preTokenizer: unknown): JsonCuts {
  const steps = stepsOf(preTokenizer, 'pretokenizers');
  const rewritten = steps.flatMap(toSteps);
  const metaspace = steps.find(({ type }) => type === 'Metaspace') ?? null;
  const hasPrefix =
    (metaspace !== null && schemeOf(metaspace) !== 'never') ||
    steps.some(({ type, add_prefix_space }) => type === 'ByteLevel' && add_prefix_space === true);
  return {
    preTokenizer: rewritten.length === 0 ? null : { type: 'Sequence', pretokenizers: rewritten },
    isByteLevel: steps.some(({ type }) => type === 'ByteLevel'),
    metaspace,
    prefix: hasPrefix ? 'unless-space' : 'none',
    dropsText: rewritten.some((step) => 'behavior' in step && step.behavior === 'Removed'),
  };
}
