/** A piece of a formula, as it is set. */
export type FormulaPart =
  | { readonly kind: 'name' | 'number' | 'operator' | 'text'; readonly text: string }
  | { readonly kind: 'row'; readonly parts: readonly FormulaPart[] }
  | {
      readonly kind: 'fraction' | 'overline' | 'root';
      readonly parts: readonly FormulaPart[];
    }
  | {
      readonly kind: 'scripts';
      readonly base: FormulaPart;
      readonly below: FormulaPart | null;
      readonly above: FormulaPart | null;
    };

/** Commands with arguments in braces, and what they become. */
const COMMANDS: Readonly<
  Record<string, { kind: 'fraction' | 'overline' | 'root'; count: number }>
> = {
  frac: { kind: 'fraction', count: 2 },
  bar: { kind: 'overline', count: 1 },
  sqrt: { kind: 'root', count: 1 },
};

/**
 * Reads the part of TeX that the formulas of measures need: letters, numbers, operators (as characters:
 * ∑ − · ≤), `_` and `^` with one piece or a group in braces, `\frac{}{}`, `\bar{}`, `\sqrt{}`,
 * `\text{}` for words, and any other `\name` as an upright name (`\ln`, `\max`). Throws on braces that do
 * not close and on arguments that are missing: formulas are written by us.
 */
export function parseFormula(source: string): readonly FormulaPart[] {
  let at = 0;
  const fail = (why: string): never => {
    throw new Error(`the formula "${source}" ${why} at ${at}`);
  };

  function readGroup(): readonly FormulaPart[] {
    if (source[at] !== '{') fail('lacks a brace');
    at++;
    const parts = readParts(true);
    if (source[at] !== '}') fail('has a brace that does not close');
    at++;
    return parts;
  }

  function readCommand(): FormulaPart {
    const name =
      source.slice(at + 1).match(/^[a-zA-Z]+/)?.[0] ?? fail('has a command without a name');
    at += 1 + name.length;
    if (name === 'text') {
      const end = source.indexOf('}', at);
      if (source[at] !== '{' || end < 0) fail('has words without braces');
      const text = source.slice(at + 1, end);
      at = end + 1;
      return { kind: 'text', text };
    }
    const command = COMMANDS[name];
    if (command === undefined) return { kind: 'name', text: name };
    const parts = Array.from({ length: command.count }, () => toPart(readGroup()));
    return { kind: command.kind, parts };
  }

  function readPiece(): FormulaPart {
    const rest = source.slice(at);
    if (rest.startsWith('{')) return toPart(readGroup());
    if (rest.startsWith('\\')) return readCommand();
    const number = rest.match(/^\d+(\.\d+)?/)?.[0];
    const text = number ?? String.fromCodePoint(rest.codePointAt(0) ?? 0);
    at += text.length;
    if (number !== undefined) return { kind: 'number', text };
    return { kind: /\p{L}/u.test(text) ? 'name' : 'operator', text };
  }

  function readParts(isInGroup: boolean): readonly FormulaPart[] {
    const parts: FormulaPart[] = [];
    while (at < source.length) {
      if (source[at] === '}' && isInGroup) break;
      if (source[at] === '}') fail('closes a brace that is not open');
      if (source[at] === ' ') {
        at++;
      } else if (source[at] === '_' || source[at] === '^') {
        const isBelow = source[at] === '_';
        at++;
        if (at >= source.length) fail('ends in a mark of an index');
        const base = parts.pop() ?? fail('has an index of nothing');
        const piece = readPiece();
        const known =
          base.kind === 'scripts' && (isBelow ? base.below : base.above) === null
            ? base
            : ({ kind: 'scripts', base, below: null, above: null } as const);
        parts.push(isBelow ? { ...known, below: piece } : { ...known, above: piece });
      } else parts.push(readPiece());
    }
    return parts;
  }

  return readParts(false);
}

function toPart(parts: readonly FormulaPart[]): FormulaPart {
  return parts.length === 1 ? parts[0] : { kind: 'row', parts };
}
