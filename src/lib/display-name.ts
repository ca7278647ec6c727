/** Characters that show nothing of their own: controls, and marks that turn the direction of what follows. */
const HIDDEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * A name that somebody else gave (a file's, a repository's) as it may stand within a sentence: without
 * hidden characters, and not longer than `most`, its middle left out. "a\u202egpj.exe" -> "agpj.exe".
 */
export function displayName(name: string, most = 200): string {
  const shown = Array.from(name.replace(HIDDEN, ''));
  if (shown.length <= most) return shown.join('');
  const half = Math.floor((most - 1) / 2);
  return `${shown.slice(0, half).join('')}…${shown.slice(-half).join('')}`;
}
