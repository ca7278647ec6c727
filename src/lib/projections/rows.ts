/** Numbers [rows, columns] as one array a row, the form that the libraries of projections take. */
export function toRows(values: Float64Array, columns: number): number[][] {
  return Array.from({ length: values.length / columns }, (_, row) =>
    Array.from(values.subarray(row * columns, (row + 1) * columns)),
  );
}

/** Puts numbers [rows, columns] into rows that a library holds, in place. */
export function overwriteRows(rows: readonly number[][], values: Float64Array): void {
  let at = 0;
  for (const row of rows) {
    for (let column = 0; column < row.length; column++) row[column] = values[at++];
  }
}
