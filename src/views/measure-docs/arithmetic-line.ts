/** A piece of a line of arithmetic that stays together when the line wraps. */
export interface LinePiece {
  /** What joins it to the piece before: "=", "+", "−"; empty at the beginning. */
  readonly joiner: string;
  readonly tex: string;
}

/**
 * Cuts "H = 0.5 + 0.5 = 1" where it may wrap: before each sign that stands between spaces and outside
 * braces. Brackets may be cut: their halves are signs like others.
 */
export function splitLine(tex: string): readonly LinePiece[] {
  const pieces: LinePiece[] = [];
  let depth = 0;
  let start = 0;
  let joiner = '';
  for (let at = 0; at < tex.length; at++) {
    if (tex[at] === '{') depth++;
    if (tex[at] === '}') depth--;
    const isJoiner = depth === 0 && /^ [=+−·] /.test(tex.slice(at, at + 3));
    // Products stay together: only sums and equalities are long.
    if (!isJoiner || tex[at + 1] === '·') continue;
    pieces.push({ joiner, tex: tex.slice(start, at) });
    joiner = tex[at + 1];
    start = at + 3;
  }
  return [...pieces, { joiner, tex: tex.slice(start) }];
}
