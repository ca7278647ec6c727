import type { CSSProperties } from 'react';
import { divergingColor, inkOn, sequentialColor } from '../../ui/color-scales.ts';
import { Scroller } from '../../ui/Scroller.tsx';
import { useColorTheme } from '../../ui/use-theme.ts';
import { formatTerm } from './arithmetic.ts';
import type { WorkedTable } from './measure-doc.ts';
import { t } from './messages.ts';

/** A tiny matrix as a table whose cells are tinted by their values. */
export function ExampleTable(props: { readonly table: WorkedTable; readonly caption: string }) {
  const { table, caption } = props;
  const theme = useColorTheme();
  const { rows, columns, values, kind } = table;
  const limit = Math.max(...values.flat().map(Math.abs));
  const tintOf = (value: number): CSSProperties => {
    if (kind === 'plain') return {};
    const background =
      kind === 'attention'
        ? sequentialColor(value * 0.85, theme)
        : divergingColor((value / limit) * 0.55, theme);
    return { background, color: inkOn(background) };
  };
  return (
    <figure className="example-table">
      <figcaption>{caption}</figcaption>
      <Scroller label={caption}>
        <table data-kind={kind}>
          <thead>
            <tr>
              {kind === 'attention' ? <th scope="col">{t('axes')}</th> : <td />}
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((name, row) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {columns.map((column, at) => {
                  const value = values[row][at];
                  if (value === undefined)
                    return (
                      <td key={column} className="unseen">
                        <span className="spoken">{t('cannotLook')}</span>
                      </td>
                    );
                  const isMarked = table.isMarked?.(row, at) === true;
                  return (
                    <td
                      key={column}
                      className={isMarked ? 'marked' : undefined}
                      style={tintOf(value)}
                    >
                      {formatTerm(value)}
                      {isMarked && <span className="spoken">{t('marked')}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </figure>
  );
}
