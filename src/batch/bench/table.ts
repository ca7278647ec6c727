import { isReached, type Row, type Target } from './measurement.ts';
import { spread } from './statistics.ts';

const SIGNS: Readonly<Record<Target['kind'], string>> = {
  'at-most': '≤',
  'at-least': '≥',
  exactly: '=',
};

/** A number with about three digits: 1234, 12.3, 0.123. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  return value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

function toCells(row: Row): readonly string[] {
  const { measurement, outcome } = row;
  const { target, unit } = measurement;
  const wanted = target === null ? '' : `${SIGNS[target.kind]} ${formatValue(target.value)}`;
  const load = row.load.toFixed(1);
  if (outcome.kind === 'failed')
    return [measurement.name, 'failed', unit, '', wanted, 'failed', load];
  if (outcome.kind === 'not-measured')
    return [measurement.name, '–', unit, '', wanted, 'not measured', load];
  const reached = isReached(row);
  const apart = outcome.samples.length > 1 ? `±${formatValue(spread(outcome.samples))}` : '';
  const verdict = reached === null ? '' : reached ? 'reached' : 'MISSED';
  return [measurement.name, formatValue(outcome.value), unit, apart, wanted, verdict, load];
}

const HEADINGS = ['what', 'value', 'unit', 'apart', 'target', '', 'load'];
/** Columns of numbers are set to the right. */
const RIGHT = new Set([1, 3, 6]);

/** The rows as a text table by group, the notes below it. */
export function formatTable(rows: readonly Row[]): string {
  const cells = rows.map(toCells);
  const widths = HEADINGS.map((heading, column) =>
    Math.max(heading.length, ...cells.map((each) => each[column].length)),
  );
  const line = (each: readonly string[]): string =>
    each
      .map((cell, column) =>
        RIGHT.has(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
      )
      .join('  ')
      .trimEnd();
  const lines = [line(HEADINGS)];
  rows.forEach((row, index) => {
    const { group } = row.measurement;
    if (group !== rows[index - 1]?.measurement.group) lines.push('', group);
    lines.push(line(cells[index]));
  });
  lines.push('', 'What was measured');
  for (const { measurement, outcome } of rows) {
    lines.push(`- ${measurement.name}: ${measurement.note}`);
    if (outcome.kind === 'failed') lines.push(`  failed: ${outcome.message}`);
    if (outcome.kind === 'not-measured') lines.push(`  not measured: ${outcome.why}`);
    if (outcome.kind === 'value' && outcome.detail) lines.push(`  ${outcome.detail}`);
  }
  return lines.join('\n');
}

/** "12 of 14 targets reached": rows without a value count as not reached. */
export function summarise(rows: readonly Row[]): string {
  const aimed = rows.filter(({ measurement }) => measurement.target !== null);
  const reached = aimed.filter((row) => isReached(row) === true);
  return `${reached.length} of ${aimed.length} targets reached`;
}

/** The rows as plain values for `--json`. */
export function toJsonRows(rows: readonly Row[]): readonly Record<string, unknown>[] {
  return rows.map((row) => ({
    ...row.measurement,
    load: row.load,
    reached: isReached(row),
    ...row.outcome,
  }));
}
