import { parseConversation, ROLES, toTranscript } from '../conversation.ts';
import { findColumns } from './table-columns.ts';
import type { RowBatch, TableRow } from './table-rows.ts';
import type { TextStream } from './text-stream.ts';

/** Bytes up to which a JSON array is read: it is parsed in one go, while the page waits. */
export const JSON_LIMIT = 50_000_000;
/** Characters beyond which a line is no row of a table of texts. */
const LINE_LIMIT = 50_000_000;
/** The column of rows that are a bare text. */
const BARE_COLUMN = 'text';

/** The cells of a JSON value: of an object, or of a bare text; null for anything else. */
export function toCells(value: unknown): ReadonlyMap<string, string> | null {
  if (typeof value === 'string') return new Map([[BARE_COLUMN, value]]);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const cells = new Map<string, string>();
  for (const [name, each] of Object.entries(value)) {
    const cell = toCell(each);
    if (cell !== null) cells.set(name, cell);
  }
  return cells;
}

/** Texts, numbers and switches as they are written; a list of turns as a transcript; null for the rest. */
function toCell(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value) || value.length === 0) return null;
  const conversation = parseConversation({ messages: value.map(toTurn) });
  return conversation === null ? null : toTranscript(conversation);
}

/** Speakers as some collections of conversations call them. */
const SPEAKERS: Readonly<Record<string, string>> = { human: 'user', gpt: 'assistant' };

/** {"from", "value"} and {"role", "content"} as a turn; anything else stays what it is. */
function toTurn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { role, content, from, value: said } = value as Readonly<Record<string, unknown>>;
  const speaker = role ?? from;
  if (typeof speaker !== 'string') return value;
  const name = Object.hasOwn(SPEAKERS, speaker) ? SPEAKERS[speaker] : speaker;
  return ROLES.some((known) => known === name) ? { role: name, content: content ?? said } : value;
}

/** One line of a JSONL file: null when it is no JSON, or JSON without cells. */
export function parseJsonLine(line: string): ReadonlyMap<string, string> | null {
  try {
    return toCells(JSON.parse(line));
  } catch {
    return null;
  }
}

/** The rows of a file with a JSON object (or text) on each line, read piece by piece. */
export async function* readJsonLines(
  stream: TextStream,
  lineLimit = LINE_LIMIT,
): AsyncGenerator<RowBatch> {
  const seen = new Set<string>();
  let rest: string[] = [];
  let restLength = 0;
  let line = 0;
  for await (const { text, bytesRead } of stream.read()) {
    const rows: TableRow[] = [];
    const broken: number[] = [];
    const lines = text.split('\n');
    const isLast = bytesRead >= stream.byteCount;
    for (const [i, part] of lines.entries()) {
      restLength += part.length;
      if (restLength <= lineLimit) rest.push(part);
      if (i === lines.length - 1 && !isLast) break;
      line++;
      const whole = restLength <= lineLimit ? rest.join('') : null;
      rest = [];
      restLength = 0;
      if (whole?.trim() === '') continue;
      const cells = whole === null ? null : parseJsonLine(whole);
      if (cells === null) broken.push(line);
      else rows.push({ line, cells });
    }
    yield {
      rows,
      columns: findNewColumns(rows, seen),
      broken,
      odd: [],
      openQuote: null,
      bytesRead,
    };
  }
}

/**
 * The rows of a JSON file: of an array of objects or texts, or of an object with one such array in it.
 * Null when it is neither. Elements without cells are told as broken; "lines" count elements from 1.
 */
export function readJsonArray(text: string, bytesRead: number): RowBatch | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const elements = findArray(value);
  if (elements === null) return null;
  const rows: TableRow[] = [];
  const broken: number[] = [];
  for (const [i, element] of elements.entries()) {
    const cells = toCells(element);
    if (cells === null) broken.push(i + 1);
    else rows.push({ line: i + 1, cells });
  }
  const columns = findNewColumns(rows, new Set());
  return { rows, columns, broken, odd: [], openQuote: null, bytesRead };
}

function findArray(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return null;
  if (findColumns(Object.keys(value)).text !== null) return [value];
  const arrays = Object.values(value).filter(
    (each) => Array.isArray(each) && typeof each[0] === 'object',
  );
  return arrays.length === 1 ? arrays[0] : null;
}

function findNewColumns(rows: readonly TableRow[], seen: Set<string>): readonly string[] {
  const found: string[] = [];
  for (const { cells } of rows) {
    for (const name of cells.keys()) {
      if (seen.has(name)) continue;
      seen.add(name);
      found.push(name);
    }
  }
  return found;
}
