import { describe, expect, it } from 'vitest';
import { HEAD_MEASURES } from '../../measures/head-measures.ts';
import {
  formatBareDifference,
  formatDifference,
  formatInterval,
  formatP,
  formatValue,
} from './format-value.ts';
import { findFamily, getFamilyMeasure, MEASURE_FAMILIES, nameFamily } from './measure-families.ts';

describe('values in words', () => {
  it('have three digits that say something, and their unit', () => {
    expect(formatValue(3.2, 'tokens')).toBe('3.20 tokens');
    expect(formatValue(123.4, 'tokens')).toBe('123 tokens');
    expect(formatValue(0.41, 'share')).toBe('41.0 %');
    expect(formatValue(0.0123, 'nats')).toBe('0.012 nats');
    expect(formatValue(Number.NaN, 'nats')).toBe('–');
  });
  it('are signed as differences; nothing is -0', () => {
    expect(formatDifference(0.32, 'nats')).toBe('+0.32 nats');
    expect(formatDifference(-0.041, 'share')).toBe('−4.10 points');
    expect(formatBareDifference(-0.00001, 'nats')).toBe('0.000');
    expect(formatBareDifference(0, 'nats')).toBe('0');
    expect(formatInterval(Number.NaN, 1, 'nats')).toBe('–');
    expect(formatP(0.0001)).toBe('< 0.001');
    expect(formatP(0.0321)).toBe('0.032');
  });
});

describe('families of measures', () => {
  it('reach every measure and have names', () => {
    const reached = MEASURE_FAMILIES.flatMap((family) => [family.with, family.without]);
    expect(new Set(reached)).toEqual(new Set(HEAD_MEASURES.map(({ id }) => id)));
    for (const { id } of MEASURE_FAMILIES) expect(nameFamily(id)).not.toBe('');
    expect(findFamily('no such').id).toBe('distance');
    expect(getFamilyMeasure(findFamily('distance'), 'without').id).toBe('distance-tail');
    expect(getFamilyMeasure(findFamily('entropy'), 'with').id).toBe('entropy');
  });
});
