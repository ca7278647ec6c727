// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { finish } from '../../lib/sliced-work.ts';
import { compareGroups } from '../../lib/statistics/compare-groups.ts';
import { toGroupRequest } from '../../state/domains/compared-heads.ts';
import { createSetOfValues } from '../../testing/domain-results.ts';
import { createDrawLog } from '../../testing/draw-log.ts';
import { findExample, toDifferenceRows, toDifferenceTable } from './difference-rows.ts';
import { findForestDomain, paintForest } from './draw-forest.ts';

const drawSet = (name: string, heads: readonly number[]) =>
  createSetOfValues(
    name,
    ['m'],
    Array.from({ length: 8 }, (_, text) => heads.map((value) => value + text * 0.01)),
  );
const compared = drawSet('b', [1, 2.06, 3, Number.NaN]);
const reference = drawSet('a', [1, 2, 7, 4]);
const comparison = finish(compareGroups(toGroupRequest(compared, reference, 'm')));

describe('rows of heads that differ', () => {
  const rows = toDifferenceRows(comparison, 2, { order: 'delta', onlySignificant: false });
  it('stand by the size of the effect, compared less reference', () => {
    expect(rows.map(({ layer, head }) => [layer, head])).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
      [1, 1],
    ]);
    expect(rows[0].difference.value).toBeCloseTo(-4, 9);
    expect(rows[0].cliffsDelta).toBe(-1);
    expect(rows.map(({ isSignificant }) => isSignificant)).toEqual([true, true, false, false]);
    expect(
      toDifferenceRows(comparison, 2, { order: 'difference', onlySignificant: true }),
    ).toHaveLength(2);
  });
  it('name the text nearest to the mean, or none', () => {
    expect(findExample(compared, 'm', rows[0])?.title).toMatch(/^b [34]$/);
    expect(findExample(compared, 'm', rows[3])).toBeNull();
  });
  it('have one row each in the table', () => {
    const table = toDifferenceTable(rows, compared, reference, 'tokens');
    expect(new Set(table.columns).size).toBe(table.columns.length);
    expect(table.rows).toHaveLength(4);
    expect(table.rows[3][2]).toBeNaN();
  });
  it('are painted with 0 inside, undefined ones by name alone', () => {
    const [least, most] = findForestDomain(rows);
    expect(least).toBeLessThan(-4);
    expect(most).toBeGreaterThan(0);
    expect(findForestDomain([])).toEqual([0, 1]);
    const { context, of } = createDrawLog();
    paintForest(rows, 'tokens', 'b − a').draw(context, 0, 0);
    const texts = of('fillText').map(([text]) => text);
    expect(texts.filter((text) => /^L\d·H\d$/.test(String(text)))).toHaveLength(4);
    expect(
      of('fillRect').filter(([, , width, height]) => width === 6 && height === 6),
    ).toHaveLength(3);
  });
});
