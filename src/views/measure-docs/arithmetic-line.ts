/** A piece of a line of arithmetic that stays together when the line wraps. */
export interface LinePiece {
  /** What joins it to the piece before: "=", "+", "−"; empty at the beginning. */
  readonly joiner: string;
  readonly tex: string;
}

/**
 * Cuts "0.5 + 0.5 · (1 − 0.2)" where it may wrap: before each + and − that stands between spaces and outside
 * braces. Brackets may be cut: their halves are signs like others. `firstJoiner` stands before the first piece.
 */
export function splitLine(tex: string, firstJoiner = ''): readonly LinePiece[] {
  const pieces: LinePiece[] = [];
  let depth = 0;
  let start = 0;
  let joiner = firstJoiner;
  for (let at = 0; at < tex.length; at++) {
    if (tex[at] === '{') depth++;
    if (tex[at] === '}') depth--;
    if (depth > 0 || !/^ [+−] /.test(tex.slice(at, at + 3))) continue;
    pieces.push({ joiner, tex: tex.slice(start, at) });
    joiner = tex[at + 1];
    start = at + 3;
  }
  return [...pieces, { joiner, tex: tex.slice(start) }];
}
