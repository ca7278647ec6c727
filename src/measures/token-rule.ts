import { type CellPattern, createPattern } from '../tensor/cell-pattern.ts';
import type { TokenizedText } from '../text/token.ts';
import { findTokens, isDelimiter, isPunctuation } from './patterns/token-classes.ts';

/** What a rule can ask of a query and a key. */
export type RuleTerm =
  | { readonly kind: 'same' }
  | { readonly kind: 'after-same' }
  | { readonly kind: 'back'; readonly tokens: number }
  | { readonly kind: 'first' }
  | { readonly kind: 'delimiter' }
  | { readonly kind: 'punctuation' };

/** A rule over tokens, as data. */
export type TokenRule =
  | RuleTerm
  | { readonly kind: 'not'; readonly rule: TokenRule }
  | { readonly kind: 'and' | 'or'; readonly rules: readonly TokenRule[] };

/**
 * Why a text is no rule, and at which character.
 * - `empty`: there is nothing;
 * - `unknown-term`: these words are no term;
 * - `missing-term`: a term should stand before this word, or at the end;
 * - `missing-operator`: "and" or "or" should stand before this;
 * - `unclosed`, `unopened`: a bracket without its other half;
 * - `too-long`: more than 200 terms, operators and brackets.
 */
export interface RuleProblem {
  readonly code:
    | 'empty'
    | 'unknown-term'
    | 'missing-term'
    | 'missing-operator'
    | 'unclosed'
    | 'unopened'
    | 'too-long';
  /** The words that it is about; empty at the end of the text. */
  readonly words: string;
  readonly at: number;
}

export type ParsedRule =
  | { readonly ok: true; readonly rule: TokenRule }
  | { readonly ok: false; readonly problem: RuleProblem };

/** The whole of a term's words -> the term. */
const TERMS: readonly (readonly [RegExp, (words: RegExpMatchArray) => RuleTerm])[] = [
  [/^same( token)?$/, () => ({ kind: 'same' })],
  [/^after( the)? same( token)?$/, () => ({ kind: 'after-same' })],
  [/^(\d{1,6})( tokens?)? back$/, ([, tokens]) => ({ kind: 'back', tokens: Number(tokens) })],
  [/^previous( token)?$/, () => ({ kind: 'back', tokens: 1 })],
  [/^current( token)?$/, () => ({ kind: 'back', tokens: 0 })],
  [/^first( token)?$/, () => ({ kind: 'first' })],
  [/^delimiters?$/, () => ({ kind: 'delimiter' })],
  [/^punctuation$/, () => ({ kind: 'punctuation' })],
];

const MOST_PARTS = 200;

interface Part {
  readonly words: string;
  readonly at: number;
}

/** Brackets, operators, and the words between them, each with its place. */
function cutParts(text: string): readonly Part[] {
  const parts: Part[] = [];
  for (const match of text.matchAll(/[()]|[^\s()]+/g)) {
    const [words] = match;
    const last = parts.at(-1);
    if (last && !isSign(last.words) && !isSign(words)) {
      parts[parts.length - 1] = { words: `${last.words} ${words}`, at: last.at };
    } else parts.push({ words, at: match.index });
  }
  return parts;
}

function isSign(words: string): boolean {
  return ['(', ')', 'and', 'or', 'not'].includes(words);
}

/** Thrown and caught within this file. */
class RuleError extends Error {
  constructor(readonly problem: RuleProblem) {
    super(problem.code);
  }
}

/** Reads rules from the loosest operator to the tightest: or, and, not. */
class RuleReader {
  private next = 0;

  constructor(
    private readonly parts: readonly Part[],
    private readonly length: number,
  ) {}

  readAll(): TokenRule {
    const rule = this.readChain('or', () => this.readChain('and', () => this.readOne()));
    const rest = this.parts[this.next];
    if (rest === undefined) return rule;
    throw this.problem(rest.words === ')' ? 'unopened' : 'missing-operator', rest);
  }

  private readChain(kind: 'and' | 'or', readPart: () => TokenRule): TokenRule {
    const rules = [readPart()];
    while (this.parts[this.next]?.words === kind) {
      this.next++;
      rules.push(readPart());
    }
    return rules.length === 1 ? rules[0] : { kind, rules };
  }

  private readOne(): TokenRule {
    const part = this.parts[this.next++];
    if (part === undefined || part.words === 'and' || part.words === 'or' || part.words === ')')
      throw this.problem('missing-term', part);
    if (part.words === 'not') return { kind: 'not', rule: this.readOne() };
    if (part.words === '(') {
      const rule = this.readChain('or', () => this.readChain('and', () => this.readOne()));
      const end = this.parts[this.next++];
      if (end?.words === ')') return rule;
      throw end === undefined
        ? this.problem('unclosed', part)
        : this.problem('missing-operator', end);
    }
    for (const [shape, make] of TERMS) {
      const match = part.words.match(shape);
      if (match !== null) return make(match);
    }
    throw this.problem('unknown-term', part);
  }

  private problem(code: RuleProblem['code'], part: Part | undefined): RuleError {
    return new RuleError({ code, words: part?.words ?? '', at: part?.at ?? this.length });
  }
}

/**
 * Reads a rule over tokens, as a person writes it: "same token", "2 back", "previous", "current", "after
 * same token", "first", "delimiter", "punctuation", joined by "and", "or", "not" and brackets. "Not"
 * binds tightest, then "and". A rule says of each key of a query whether it is meant.
 */
export function parseTokenRule(text: string): ParsedRule {
  const parts = cutParts(text.toLowerCase());
  if (parts.length === 0) return { ok: false, problem: { code: 'empty', words: '', at: 0 } };
  if (parts.length > MOST_PARTS)
    return { ok: false, problem: { code: 'too-long', ...parts[MOST_PARTS] } };
  try {
    return { ok: true, rule: new RuleReader(parts, text.length).readAll() };
  } catch (error) {
    if (error instanceof RuleError) return { ok: false, problem: error.problem };
    throw error;
  }
}

type CellTest = (query: number, key: number) => boolean;

/** Whether a key is of a class, for each token. */
function testKeys(tokens: TokenizedText, isOfClass: (text: string) => boolean): CellTest {
  const keys = new Set(findTokens(tokens, isOfClass));
  return (_, key) => keys.has(key);
}

function toTest(rule: TokenRule, tokens: TokenizedText): CellTest {
  const { ids } = tokens;
  switch (rule.kind) {
    case 'same':
      return (query, key) => key < query && ids[key] === ids[query];
    case 'after-same':
      return (query, key) => key > 0 && ids[key - 1] === ids[query];
    case 'back':
      return (query, key) => query - key === rule.tokens;
    case 'first':
      return (_, key) => key === 0;
    case 'delimiter':
      return testKeys(tokens, isDelimiter);
    case 'punctuation':
      return testKeys(tokens, isPunctuation);
    case 'not': {
      const test = toTest(rule.rule, tokens);
      return (query, key) => !test(query, key);
    }
    case 'and': {
      const tests = rule.rules.map((each) => toTest(each, tokens));
      return (query, key) => tests.every((test) => test(query, key));
    }
    case 'or': {
      const tests = rule.rules.map((each) => toTest(each, tokens));
      return (query, key) => tests.some((test) => test(query, key));
    }
  }
}

/**
 * The cells of a text that a rule means, among those that a query may look at. "Same token" never means
 * the query itself; "after same token" does when the token is said twice (methods 5.1).
 */
export function createRulePattern(rule: TokenRule, tokens: TokenizedText): CellPattern {
  const test = toTest(rule, tokens);
  return createPattern(tokens.ids.length, (query) => {
    const keys = [];
    for (let key = 0; key <= query; key++) if (test(query, key)) keys.push(key);
    return keys;
  });
}
