/** Files above this many bytes are not texts that a person wants to look at. */
const LIMIT = 2_000_000;

export type ReadText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: 'binary' | 'too-large' };

/** Reads a dropped or picked file as text; refuses what is too large, or no text (NUL, broken UTF-8). */
export async function readTextFile(file: File): Promise<ReadText> {
  if (file.size > LIMIT) return { ok: false, why: 'too-large' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.includes(0)) return { ok: false, why: 'binary' };
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, why: 'binary' };
  }
}
