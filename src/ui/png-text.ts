const SIGNATURE_BYTES = 8;
const HEADER_CHUNK_BYTES = 25;

/** CRC-32 as PNG uses it (ISO 3309), of a chunk's type and data. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** An iTXt chunk: UTF-8 text under a keyword, not compressed (PNG specification, 11.3.3.4). */
function toTextChunk(keyword: string, text: string): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts = [
    encoder.encode('iTXt'),
    encoder.encode(keyword),
    new Uint8Array(5),
    encoder.encode(text),
  ];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const chunk = new Uint8Array(length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, length - 4);
  let at = 4;
  for (const part of parts) {
    chunk.set(part, at);
    at += part.length;
  }
  view.setUint32(chunk.length - 4, crc32(chunk.subarray(4, 4 + length)));
  return chunk;
}

/** A PNG file with texts added right after its header. */
export function withPngText(
  png: Uint8Array,
  texts: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const head = SIGNATURE_BYTES + HEADER_CHUNK_BYTES;
  const chunks = Object.entries(texts).map(([keyword, text]) => toTextChunk(keyword, text));
  const out = new Uint8Array(png.length + chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  out.set(png.subarray(0, head));
  let at = head;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  out.set(png.subarray(head), at);
  return out;
}
