import { describe, expect, it } from 'vitest';
import { findFamily, getFamilyMeasure } from '../../state/domains/measure-families.ts';
import type { MeasureFacts } from '../../state/domains/summary-facts.ts';
import { createResults, createSetOfValues } from '../../testing/domain-results.ts';
import { getVerdict, toFactsTable, toPlainText, toSummary } from './summary-text.ts';

function drawFacts(
  family: 'distance' | 'interdependency',
  part: Partial<MeasureFacts>,
): MeasureFacts {
  return {
    family,
    measure: getFamilyMeasure(findFamily(family), 'without'),
    reference: 5,
    compared: 4,
    difference: -1,
    low: -1.5,
    high: -0.5,
    p: 0.001,
    heads: { up: 20, down: 80, tested: 200 },
    thirds: [
      { from: 0, to: 10, up: 0, down: 10, tested: 66 },
      { from: 10, to: 20, up: 0, down: 20, tested: 67 },
      { from: 20, to: 30, up: 20, down: 50, tested: 67 },
    ],
    clearest: { layer: 21, head: 3, compared: 1, reference: 9, cliffsDelta: -1 },
    ...part,
  };
}
const none = { heads: { up: 0, down: 0, tested: 200 }, clearest: null, p: 0.4 };
const few = { heads: { up: 1, down: 1, tested: 200 } };
const texts = (count: number) => Array.from({ length: count }, () => [1, 2, 3, 4]);
const drawn = { resamples: 2000, permutations: 10_000, isExact: false, seed: 1 };

function summarise(facts: readonly MeasureFacts[], count = 8, isPartial = false) {
  const [reference, compared] = [
    createSetOfValues('chat', ['distance'], texts(8)),
    createSetOfValues('code', ['distance'], texts(count), 1),
  ];
  const results = createResults([reference, compared], { isPartial });
  return toSummary({ results, reference, compared, facts, firstKey: 'without', drawn });
}

describe('the written summary', () => {
  it('says that texts stand in both sets', () => {
    const [reference, compared] = [
      createSetOfValues('chat', ['distance'], texts(3)),
      createSetOfValues('code', ['distance'], texts(3), 1),
    ];
    const request = {
      results: createResults([reference, compared]),
      facts: [drawFacts('distance', {})],
      firstKey: 'without' as const,
      drawn,
    };
    expect(toSummary({ ...request, reference, compared }).caution).not.toContain('both sets');
    const shared = { ...compared, texts: [...reference.texts.slice(0, 2), compared.texts[2]] };
    expect(toSummary({ ...request, reference, compared: shared }).caution).toContain(
      '2 texts stand in both sets',
    );
  });
  it('answers by how many heads differ', () => {
    expect(getVerdict([drawFacts('distance', {})])).toBe('yes');
    expect(getVerdict([drawFacts('distance', { heads: { up: 5, down: 5, tested: 200 } })])).toBe(
      'some',
    );
    expect(getVerdict([drawFacts('distance', { ...few, p: 0.3 })])).toBe('few');
    // The mean over heads differs, though hardly a head does by itself; as many means as measures are tested.
    expect(getVerdict([drawFacts('distance', few)])).toBe('overall');
    expect(getVerdict([drawFacts('distance', { ...none, p: 0.04 })])).toBe('overall');
    expect(
      getVerdict([drawFacts('distance', { ...none, p: 0.04 }), drawFacts('interdependency', none)]),
    ).toBe('no');
    expect(getVerdict([drawFacts('distance', none), drawFacts('interdependency', none)])).toBe(
      'no',
    );
    expect(getVerdict([])).toBe('no');
  });
  it('does not answer where no test could find anything', () => {
    expect(summarise([drawFacts('distance', none)], 1).verdict).toMatch(/^Too few texts/);
    const [reference, compared] = [
      createSetOfValues('chat', ['distance'], texts(3)),
      createSetOfValues('code', ['distance'], texts(3), 1),
    ];
    const results = createResults([reference, compared]);
    const facts = [drawFacts('distance', none)];
    // Of 3 against 3 texts the smallest p is .1.
    expect(
      toSummary({ results, reference, compared, facts, firstKey: 'without', drawn }).verdict,
    ).toMatch(/^Too few texts/);
  });
  it('says how much, in how many heads, and in which third of the layers', () => {
    const { points, because } = summarise([drawFacts('distance', {})]);
    expect(because).toBe('Of 200 heads 100 differ in distance.');
    expect(points[0].text).toBe(
      'On code, heads look less far back than on chat: 4.00 tokens against 5.00 tokens on average over all heads (−1.00 tokens, 95 % interval −1.50 … −0.50, p 0.001). Heads that differ after correction: 100 of 200, of which 20 have more on code and 80 less; by thirds of the layers 10 of 66 (layers 0–9), 20 of 67 (layers 10–19), 70 of 67 (layers 20–29), most densely in the last third. Clearest: L21·H3 with 1.00 tokens against 9.00 tokens.',
    );
  });
  it('is careful where nothing differs, where texts are few, and while texts come in', () => {
    const { verdict, points } = summarise([drawFacts('distance', none)]);
    expect(verdict).toMatch(/^No clear difference/);
    expect(points[0].text).toContain('no clear difference in distance');
    expect(points[0].text).toContain('No head of 200 differs after correction.');
    expect(summarise([drawFacts('distance', none)], 1).verdict).toBe(
      'Too few texts to say: 1 of code and 8 of chat.',
    );
    expect(summarise([drawFacts('distance', {})], 8, true).verdict).toMatch(/^So far/);
  });
  it('can be copied whole, with its method and what is ours', () => {
    const text = toPlainText(
      summarise([drawFacts('distance', {}), drawFacts('interdependency', {})]),
    );
    expect(text).toContain('Distance: On code');
    expect(text).toContain('10000 random permutations');
    expect(text).toContain('Ours, not the papers’: interdependency');
    expect(text).toContain('not a property of the kinds of text as such');
  });
  it('stands in a table', () => {
    const table = toFactsTable([drawFacts('distance', {})], {
      compared: 'code',
      reference: 'chat',
    });
    expect(table.rows[0].slice(0, 5)).toEqual(['distance', 'tokens', 4, 5, -1]);
    expect(table.rows[0]).toHaveLength(table.columns.length);
  });
});
