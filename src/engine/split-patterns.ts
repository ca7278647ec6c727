/** A cut of text as tokenizer.json describes it. */
export interface SplitStep {
  readonly type: 'Split';
  readonly pattern: { readonly Regex: string };
  readonly behavior: 'Isolated' | 'Removed';
  readonly invert: boolean;
}

/** A cut that makes a piece of every match of a pattern, and of what lies between. */
export function isolate(regex: string): SplitStep {
  return { type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false };
}

/** The pattern for a text itself. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/**
 * A cut with any behaviour as one that isolates matches: the library that runs here knows no other but
 * "Removed". Null where that cannot be said.
 */
export function toIsolating(
  pattern: string,
  behavior: string,
  isInverted: boolean,
): SplitStep | null {
  const between = `(?:(?!${pattern})[\\s\\S])`;
  if (behavior === 'Isolated') return isolate(pattern);
  if (behavior === 'Removed' && isInverted) {
    return { type: 'Split', pattern: { Regex: pattern }, behavior: 'Removed', invert: true };
  }
  if (isInverted) return null;
  switch (behavior) {
    case 'Contiguous':
      return isolate(`(?:${pattern})+`);
    case 'MergedWithPrevious':
      return isolate(`${between}*(?:${pattern})|${between}+`);
    case 'MergedWithNext':
      return isolate(`(?:${pattern})${between}*|${between}+`);
    default:
      return null;
  }
}

/** Patterns of real tokenizers are a fraction of this. */
const LONGEST_PATTERN = 20_000;
/** A counted repetition with more freedom than this is as good as endless. */
const WIDEST_COUNT = 64;
/** Endless repetitions in one alternative; more can take the power of their number. */
const MOST_REPETITIONS = 4;

interface Group {
  hasRepetition: boolean;
  hasAlternatives: boolean;
  repetitions: number;
  /** The repeated atom just before, for two alike beside each other. */
  lastRepeated: string | null;
}
const newGroup = (): Group => ({
  hasRepetition: false,
  hasAlternatives: false,
  repetitions: 0,
  lastRepeated: null,
});

/** The end of a character class that starts at a place, nested ones taken along. */
function endOfClass(regex: string, start: number): number {
  let depth = 0;
  for (let i = start; i < regex.length; i++) {
    if (regex[i] === '\\') i++;
    else if (regex[i] === '[') depth++;
    // A bracket that comes first stands for itself.
    else if (regex[i] === ']' && !/\[\^?$/.test(regex.slice(start, i)) && --depth === 0)
      return i + 1;
  }
  return regex.length;
}

/**
 * What of a pattern may take time without bound on some text, in words; null when nothing does. A pattern
 * comes out of a file and cannot be stopped once it runs, so what may backtrack without end is not run:
 * an endless repetition of something that has one in it or alternatives, of the same thing twice, of many
 * things in a row.
 */
export function findSlowness(regex: string): string | null {
  if (regex.length > LONGEST_PATTERN) return `${regex.length} characters long`;
  const groups: Group[] = [newGroup()];
  let atom = '';
  let closed: Group | null = null;
  for (let i = 0; i < regex.length; ) {
    const group = groups[groups.length - 1];
    const counted = regex.slice(i).match(/^\{(\d*),?(\d*)\}/);
    const isQuantifier = atom !== '' && ('*+?'.includes(regex[i]) || counted !== null);
    if (isQuantifier) {
      const text = counted?.[0] ?? regex[i];
      const [, least, most] = counted ?? [];
      const isEndless =
        counted === null
          ? regex[i] !== '?'
          : text.includes(',') && (most === '' || Number(most) - Number(least) > WIDEST_COUNT);
      i += text.length;
      // Lazy and possessive marks belong to the repetition.
      if (regex[i] === '?' || regex[i] === '+') i++;
      if (!isEndless) {
        atom = '';
        continue;
      }
      if (closed !== null && (closed.hasRepetition || closed.hasAlternatives)) {
        return `an endless repetition of ${atom}`;
      }
      if (group.lastRepeated === atom) return `${atom} repeated endlessly twice`;
      group.lastRepeated = atom;
      group.hasRepetition = true;
      if (++group.repetitions > MOST_REPETITIONS) return 'many endless repetitions in a row';
      atom = '';
      continue;
    }
    if (atom !== '') group.lastRepeated = null;
    closed = null;
    const start = i;
    if (regex[i] === '\\')
      i += /^\\[pPxu]\{/.test(regex.slice(i, i + 4)) ? regex.indexOf('}', i) - i + 1 || 2 : 2;
    else if (regex[i] === '[') i = endOfClass(regex, i);
    else if (regex[i] === '(') {
      groups.push(newGroup());
      i += regex.slice(i).match(/^\((\?(<?[=!]|[:>]|[a-z-]+:|<\w+>))?/)?.[0].length ?? 1;
      atom = '';
      continue;
    } else if (regex[i] === ')' && groups.length > 1) {
      closed = groups.pop() ?? null;
      const outer = groups[groups.length - 1];
      outer.hasRepetition ||= closed?.hasRepetition === true;
      outer.hasAlternatives ||= closed?.hasAlternatives === true;
      i++;
      atom = 'a group';
      continue;
    } else if (regex[i] === '|') {
      group.hasAlternatives = true;
      group.repetitions = 0;
      group.lastRepeated = null;
      i++;
      atom = '';
      continue;
    } else i++;
    atom = regex.slice(start, i);
  }
  return null;
}
