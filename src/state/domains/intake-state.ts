import type { LabelCount, LeftOut } from '../../text/sets/labels.ts';
import type { TableReport, TableResult } from '../../text/sets/read-table.ts';
import type { FilesReport } from '../../text/sets/read-text-files.ts';
import type { MissingColumn } from '../../text/sets/table-tally.ts';

/** Texts on their way into sets. */
export interface IntakeState {
  /** What is being read; null when nothing is. */
  readonly reading: { readonly name: string; readonly share: number | null } | null;
  /** A table whose columns the person has to choose, or wants to choose again. */
  readonly asking: TableQuestion | null;
  /** What became of what was given last, the latest last; until the person has seen it. */
  readonly notes: readonly IntakeNote[];
}

export const NO_INTAKE: IntakeState = { reading: null, asking: null, notes: [] };

/** A table, and what is known of its columns. */
export interface TableQuestion {
  /** Its path: tables of several folders may have the same file name. */
  readonly name: string;
  readonly columns: readonly string[];
  /** A proposal, or what was chosen before. */
  readonly text: string | null;
  readonly label: string | null;
  /** What is wrong with what was chosen; null when the person only wants other columns. */
  readonly problem: MissingColumn['why'] | null;
  /** The column that was named and is not there. */
  readonly wanted: string | null;
}

/** Files of a drop that could not be had. */
export interface LostFiles {
  /** Paths that the browser would not give. */
  readonly unreadable: readonly string[];
  /** There were more files than are looked for. */
  readonly isCut: boolean;
}

/** What the person should know of texts that came in. */
export type IntakeNote =
  | { readonly kind: 'files'; readonly report: FilesReport }
  | { readonly kind: 'table'; readonly report: TableReport }
  /** A table that gave nothing. */
  | {
      readonly kind: 'refused';
      readonly name: string;
      readonly why: Exclude<Extract<TableResult, { ok: false }>['why'], 'cancelled'> | 'no-files';
    }
  /** Pasted texts that had no place, or were too long. */
  | { readonly kind: 'pasted'; readonly leftOut: number; readonly shortened: number }
  /** More sets than eight, or more texts than a set takes. */
  | {
      readonly kind: 'limits';
      readonly sets: readonly LabelCount[];
      readonly texts: readonly LeftOut[];
    }
  | (LostFiles & { readonly kind: 'lost' })
  | { readonly kind: 'built-in-missing'; readonly why: string }
  /** Sets of another page, or of a visit before that could not be read at first, came to this page's. */
  | { readonly kind: 'merged'; readonly why: 'other-tab' | 'read-late' };
