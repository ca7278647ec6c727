import type { TokenizedText } from '../../text/token.ts';

/** What a probe was made for; each test reads some kinds. */
export type ProbeKind =
  | 'random'
  | 'cycles'
  | 'text'
  | 'sentence'
  | 'names'
  | 'acronym'
  | 'choice'
  | 'yes-no'
  | 'sentiment'
  | 'fact'
  | 'needle';

/** A run of whole tokens, [start, end). */
export interface TokenRange {
  readonly start: number;
  readonly end: number;
}

/** A place of a text in UTF-16 code units, [start, end). */
export interface CharacterSpan {
  readonly start: number;
  readonly end: number;
}

/** A probe as it is written, before a tokenizer has cut it. */
export interface DraftProbe {
  /** Unique in the battery: "names-3". */
  readonly id: string;
  readonly kind: ProbeKind;
  readonly text: string;
  /** Named places, in order where a name stands more than once. */
  readonly spans: Readonly<Record<string, readonly CharacterSpan[]>>;
  /** Names of places that are one token each in the best case. */
  readonly singles: readonly string[];
  /** What the tests need to know beside places: the right option's index. */
  readonly answer?: number;
  /** Pairs of words by relation: [query, key] as indices of the place "word". */
  readonly links?: Links;
}

/** Word pairs by relation, [query, key] each. */
export type Links = Readonly<Record<string, readonly (readonly [number, number])[]>>;

/** A probe in a model's tokens. */
export interface Probe {
  readonly id: string;
  readonly kind: ProbeKind;
  readonly tokens: TokenizedText;
  readonly places: Readonly<Record<string, readonly TokenRange[]>>;
  /** Whether all places that are best as one token are. */
  readonly isSingle: boolean;
  /** Length of the part that is repeated; 0 for texts. */
  readonly period: number;
  readonly answer: number;
  readonly links: Links;
}

const MARK = /\[([a-z0-9]+):([^\]]*)\]/g;

/**
 * Reads a text with its places written in: `[io:Mary] and [s:John]` -> "Mary and John" with places io and
 * s. Text after the last mark belongs to no place.
 */
export function readMarks(marked: string): Pick<DraftProbe, 'text' | 'spans'> {
  const spans: Record<string, CharacterSpan[]> = {};
  let text = '';
  let at = 0;
  for (const match of marked.matchAll(MARK)) {
    text += marked.slice(at, match.index);
    const [whole, name, content] = match;
    spans[name] ??= [];
    spans[name].push({ start: text.length, end: text.length + content.length });
    text += content;
    at = match.index + whole.length;
  }
  return { text: text + marked.slice(at), spans };
}

/** The tokens that overlap a span; empty where there are none. Added tokens have no width. */
function toRange({ starts, ends }: TokenizedText, span: CharacterSpan): TokenRange {
  let start = -1;
  let end = -1;
  for (let i = 0; i < starts.length; i++) {
    if (starts[i] === ends[i] || ends[i] <= span.start || starts[i] >= span.end) continue;
    if (start < 0) start = i;
    end = i + 1;
  }
  return { start: Math.max(0, start), end: Math.max(0, end) };
}

/**
 * Puts a probe's places onto the tokens that its text was cut into. Null when a place is lost: no token
 * of its own is left for it, as where a normaliser took it away.
 */
export function placeProbe(draft: DraftProbe, tokens: TokenizedText): Probe | null {
  const places = Object.fromEntries(
    Object.entries(draft.spans).map(([name, spans]) => [
      name,
      spans.map((span) => toRange(tokens, span)),
    ]),
  );
  if (
    tokens.ids.length < 2 ||
    Object.values(places).some((ranges) => ranges.some(({ start, end }) => end <= start))
  )
    return null;
  const isSingle = draft.singles.every((name) =>
    (places[name] ?? []).every(({ start, end }) => end - start === 1),
  );
  const { id, kind, answer = -1, links = {} } = draft;
  return { id, kind, tokens, places, isSingle, period: 0, answer, links };
}

/** The first `count` of the probes, those whose places are single tokens before the others. */
export function chooseProbes(probes: readonly Probe[], count: number): readonly Probe[] {
  return [
    ...probes.filter((each) => each.isSingle),
    ...probes.filter((each) => !each.isSingle),
  ].slice(0, count);
}

/** A probe of repeated tokens. */
export function toRepeatedProbe(
  id: string,
  kind: 'random' | 'cycles',
  tokens: TokenizedText,
  period: number,
): Probe {
  return { id, kind, tokens, places: {}, isSingle: true, period, answer: -1, links: {} };
}

/** The beginning of a text, so many tokens of it at most. */
export function takeTokens(tokens: TokenizedText, count: number): TokenizedText {
  if (tokens.ids.length <= count) return tokens;
  const ends = tokens.ends.slice(0, count);
  return {
    text: tokens.text.slice(
      0,
      ends.reduce((most, end) => Math.max(most, end), 0),
    ),
    ids: tokens.ids.slice(0, count),
    pieces: tokens.pieces.slice(0, count),
    starts: tokens.starts.slice(0, count),
    ends,
    special: tokens.special.slice(0, count),
  };
}

/** A place that stands once. Throws when the probe has none of this name: a test asks the wrong kind. */
export function placeOf(probe: Probe, name: string, index = 0): TokenRange {
  const range = probe.places[name]?.[index];
  if (range === undefined) throw new Error(`probe ${probe.id} has no place ${name}`);
  return range;
}

/** The positions of a range. */
export function positionsOf({ start, end }: TokenRange): readonly number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}
