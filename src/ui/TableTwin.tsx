import { createMessages } from '../lib/messages.ts';
import type { Table } from './table.ts';

const t = createMessages('table-twin', {
  rows: 'The first {{count}} of {{all}} rows; the CSV holds all.',
});

const TABLE_ROWS = 500;

/** The same numbers as rows and columns. */
export function TableTwin(props: {
  readonly table: Table;
  readonly note: string;
  readonly label: string;
}) {
  const { table, note, label } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-twin" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, TABLE_ROWS).map((row) => (
            <tr key={row.join('\u0001')}>
              {row.map((cell, i) => (
                <td key={table.columns[i]}>{formatCell(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {note !== '' && <p className="faint">{note}</p>}
      {table.rows.length > TABLE_ROWS && (
        <p className="faint">{t('rows', { count: TABLE_ROWS, all: table.rows.length })}</p>
      )}
    </section>
  );
}

function formatCell(cell: string | number | null): string {
  if (cell === null || Number.isNaN(cell)) return '–';
  return typeof cell === 'number' && !Number.isInteger(cell) ? cell.toPrecision(4) : String(cell);
}
