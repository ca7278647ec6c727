import type { IntakeNote } from '../../state/domains/intake-state.ts';
import type { LeftOut } from '../../text/sets/labels.ts';
import type { TableReport } from '../../text/sets/read-table.ts';
import type { FilesReport } from '../../text/sets/read-text-files.ts';
import type { LineCount } from '../../text/sets/table-rows.ts';
import { t } from './messages.ts';

const NAMES = 4;

/** A few names, and how many more there are. */
export function listSome(names: readonly string[]): string {
  const rest = names.length - NAMES;
  return [...names.slice(0, NAMES), ...(rest > 0 ? [t('more', { count: rest })] : [])].join(', ');
}

/** What became of what was given, a sentence each; nothing where all went as expected. */
export function sayNote(note: IntakeNote): readonly string[] {
  switch (note.kind) {
    case 'files':
      return sayFiles(note.report);
    case 'table':
      return sayTable(note.report);
    case 'refused':
      return [t(`refused_${note.why}`, { name: note.name })];
    case 'pasted':
      return [
        ...(note.leftOut > 0 ? [t('note_pastedLeftOut', { count: note.leftOut })] : []),
        ...sayShortened(note.shortened),
      ];
    case 'limits':
      return [
        ...(note.sets.length > 0
          ? [
              t('note_limitSets', {
                count: note.sets.length,
                labels: listSome(note.sets.map(({ label }) => label)),
              }),
            ]
          : []),
        ...note.texts.map(({ label, kept, count }) =>
          t('note_limitTexts', { label, count: count - kept }),
        ),
      ];
    case 'lost':
      return [
        ...(note.unreadable.length > 0
          ? [
              t('note_unreadable', {
                count: note.unreadable.length,
                names: listSome(note.unreadable),
              }),
            ]
          : []),
        ...(note.isCut ? [t('note_isCut')] : []),
      ];
    case 'built-in-missing':
      return [t('note_builtIn', { why: note.why })];
    case 'merged':
      return [t(`note_merged_${note.why}`)];
  }
}

const sayShortened = (count: number): readonly string[] =>
  count > 0 ? [t('note_shortened', { count })] : [];

const sayLeftOut = (leftOut: readonly LeftOut[]): readonly string[] =>
  leftOut.map(({ label, kept, count }) => t('note_leftOut', { label, kept, count }));

/** Labels or folders that became no set. */
function sayOthers(
  labels: readonly { readonly label: string }[],
  chosen: readonly string[],
): readonly string[] {
  const others = labels.map(({ label }) => label).filter((label) => !chosen.includes(label));
  if (others.length === 0) return [];
  return [t('note_labelsLeftOut', { count: others.length, labels: listSome(others) })];
}

function sayFiles(report: FilesReport): readonly string[] {
  const { refused, guessed } = report;
  return [
    ...(refused.length > 0
      ? [
          t('note_refusedFiles', {
            count: refused.length,
            names: listSome(refused.map(({ path }) => path)),
          }),
        ]
      : []),
    ...(guessed.length > 0 ? [t('note_guessMany', { count: guessed.length })] : []),
    ...sayLeftOut(report.leftOut),
    ...sayOthers(report.groups, report.chosen),
    ...sayShortened(report.shortened.length),
  ];
}

function sayTable(report: TableReport): readonly string[] {
  const { name, used, labels, chosen, leftOut, withoutText, withoutLabel, odd, broken } = report;
  const left = leftOut.reduce((sum, { kept, count }) => sum + count - kept, 0);
  const ofSets = labels
    .filter(({ label }) => chosen.includes(label))
    .reduce((sum, { count }) => sum + count, 0);
  const count = (used.label === null ? report.rowCount - withoutText.count : ofSets) - left;
  const lines = (
    key: 'note_withoutText' | 'note_withoutLabel' | 'note_broken' | 'note_odd',
    found: LineCount,
  ): readonly string[] =>
    found.count === 0
      ? []
      : [
          t(key, {
            count: found.count,
            lines: found.first.slice(0, NAMES).join(', ') + (found.count > NAMES ? ' …' : ''),
          }),
        ];
  return [
    t('note_table', {
      name,
      texts: t('texts', { count }),
      column: used.text,
      sets: used.label === null ? t('note_tableOne') : t('note_tableSets', { label: used.label }),
    }),
    ...(report.unfitLabel === null ? [] : [t('note_unfit', { label: report.unfitLabel })]),
    ...lines('note_withoutText', withoutText),
    ...lines('note_withoutLabel', withoutLabel),
    ...lines('note_broken', broken),
    ...lines('note_odd', odd),
    ...(report.openQuote === null ? [] : [t('note_openQuote', { line: report.openQuote })]),
    ...(report.isGuess ? [t('note_guess', { name })] : []),
    ...sayLeftOut(leftOut),
    ...sayOthers(labels, chosen),
    ...sayShortened(report.shortened.length),
  ];
}
