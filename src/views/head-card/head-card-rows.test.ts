import { describe, expect, it } from 'vitest';
import { headValues } from '../../testing/head-values.ts';
import { formatMeasure, toMeasureRows } from './head-card-rows.ts';

const values = (entropy: number, induction: number) => headValues({ entropy, induction });
const row = (rows: ReturnType<typeof toMeasureRows>, id: string) =>
  rows.find(({ measure }) => measure.id === id);

describe('toMeasureRows', () => {
  const all = [values(1, 0.2), values(4, Number.NaN), values(2, 0.8), values(2, 0.1)];

  it('ranks among the heads where a measure is defined; equals share a rank', () => {
    const rows = toMeasureRows(all[2], all, true);
    expect(row(rows, 'entropy')).toMatchObject({ rank: 2, all: 4, share: 0.5 });
    expect(row(rows, 'induction')).toMatchObject({ rank: 1, all: 3, share: 0.8 });
    expect(row(toMeasureRows(all[0], all, true), 'entropy')).toMatchObject({ rank: 4 });
  });
  it('has no rank for what is undefined, and none before all heads are there', () => {
    expect(row(toMeasureRows(all[1], all, true), 'induction')).toMatchObject({ rank: null });
    expect(row(toMeasureRows(all[1], all, true), 'duplicate')).toMatchObject({
      rank: null,
      all: 0,
    });
    expect(row(toMeasureRows(all[0], all, false), 'entropy')).toMatchObject({ rank: null });
  });
});

it('formatMeasure says unit and digits', () => {
  expect(formatMeasure({ unit: 'tokens' }, 53.744)).toBe('53.7 tokens');
  expect(formatMeasure({ unit: 'tokens' }, 1.256)).toBe('1.26 tokens');
  expect(formatMeasure({ unit: 'nats' }, 0.284)).toBe('0.28 nats');
  expect(formatMeasure({ unit: 'share' }, 0.853)).toBe('85 %');
  expect(formatMeasure({ unit: 'score' }, -0.5)).toBe('-0.50');
  expect(formatMeasure({ unit: 'nats' }, Number.NaN)).toBe('–');
});
