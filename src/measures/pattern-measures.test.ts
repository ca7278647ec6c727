import { expect, it } from 'vitest';
import { HEAD_MEASURES } from './head-measures.ts';
import type { MeasureDescription } from './measure.ts';
import { PATTERN_MEASURES } from './pattern-measures.ts';
import { SLICE_MEASURES } from './slice-measures.ts';

it('all measures have names of their own, a formula, and a source with its tag', () => {
  const all: readonly MeasureDescription[] = [
    ...HEAD_MEASURES,
    ...PATTERN_MEASURES,
    ...SLICE_MEASURES,
  ];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { id, formula, source, certainty } of all) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(formula).not.toBe('');
    expect(source, id).toMatch(/methods \d\.\d+ \[(CODE|TEX|MEM|2ND|RECON)\b/);
    if (source.includes('[RECON]')) expect(certainty, id).toBe('ours');
  }
});
