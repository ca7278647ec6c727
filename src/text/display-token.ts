const VISIBLE: Readonly<Record<string, string>> = {
  ' ': '·',
  '\n': '⏎',
  '\t': '⇥',
  '\r': '␍',
  '\u00a0': '⍽',
};

/**
 * A token's text with its whitespace made visible: a leading space becomes "·", a line break "⏎"; control
 * and format characters become their pictures or code points, so that nothing is invisible.
 */
export function displayToken(text: string): string {
  if (text === '') return '∅';
  return Array.from(text, (character) => {
    const known = VISIBLE[character];
    if (known !== undefined) return known;
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x20) return String.fromCodePoint(0x2400 + point);
    if (point === 0x7f) return '␡';
    if (/\p{Cf}|\p{Cc}|\p{Cs}|\p{Co}|\p{Cn}|\p{Zs}|\p{Zl}|\p{Zp}/u.test(character)) {
      return `‹${point.toString(16).toUpperCase().padStart(4, '0')}›`;
    }
    return character;
  }).join('');
}

/** A short form for labels: at most `limit` characters, the rest as "…". */
export function shortToken(text: string, limit = 12): string {
  const shown = Array.from(displayToken(text.length > 200 ? text.slice(0, 200) : text));
  return shown.length <= limit ? shown.join('') : `${shown.slice(0, limit - 1).join('')}…`;
}
