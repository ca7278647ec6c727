/** The numbers of a view as rows, the same that its picture shows. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

function quote(value: string | number | null): string {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return '';
  const text = String(value);
  // A leading =, +, - or @ of a text would be run as a formula by spreadsheets.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** CSV (RFC 4180) with the settings as "# name: value" lines before the header. */
export function toCsv(table: Table, settings: Readonly<Record<string, string>>): string {
  const comments = Object.entries(settings).map(
    ([name, value]) => `# ${name}: ${value.replace(/\s+/g, ' ')}`,
  );
  const rows = [table.columns, ...table.rows].map((row) => row.map(quote).join(','));
  return `${[...comments, ...rows].join('\r\n')}\r\n`;
}
