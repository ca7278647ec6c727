import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { BATTERY } from '../../measures/atlas/battery.ts';
import { toParquet } from '../../tensor/parquet-file.ts';
import { createAtlasScene } from '../../testing/atlas-scene.ts';
import { toScoreColumns } from './atlas-table.ts';

describe('the table of all scores', () => {
  it('has a row a head and a column a test, in order', async () => {
    const result = await createAtlasScene().test();
    const columns = toScoreColumns(result);
    expect(columns.map(({ name }) => name)).toEqual([
      'layer',
      'head',
      'role',
      ...BATTERY.map(({ id }) => id),
    ]);
    expect(columns[0].values).toEqual([0, 0, 1, 1]);
    expect(columns[1].values).toEqual([0, 1, 0, 1]);
    const previous = columns.find(({ name }) => name === 'previous');
    expect(previous?.values).toEqual([...result.tests.previous.scores]);
    const retrieval = columns.find(({ name }) => name === 'retrieval');
    expect(retrieval?.values).toEqual([null, null, null, null]);
    expect(toScoreColumns(result, [3])[0].values).toEqual([1]);
  });

  it('comes back from a Parquet file as it was, with what made it', async () => {
    const result = await createAtlasScene().test();
    const columns = toScoreColumns(result);
    const file = toParquet(columns, { model: 'fake', seed: '7' });
    const rows = await parquetReadObjects({ file });
    expect(rows.length).toBe(4);
    for (const { name, values } of columns)
      expect(
        rows.map((row) => row[name] ?? null),
        name,
      ).toEqual(values);
    const { key_value_metadata: metadata } = parquetMetadata(file);
    expect(metadata).toEqual(
      expect.arrayContaining([
        { key: 'model', value: 'fake' },
        { key: 'seed', value: '7' },
      ]),
    );
  });
});
