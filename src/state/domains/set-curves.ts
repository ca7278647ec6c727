import { quantileSorted } from 'd3';
import { createRandom } from '../../lib/random.ts';
import type { SlicedWork } from '../../lib/sliced-work.ts';
import type { DomainSetResults } from './domain-results.ts';
import { type Along, getSetValues, meanAlong, subtract } from './set-values.ts';

/** A curve over layers or heads with the ends of its interval; NaN where undefined. */
export interface Curve {
  readonly values: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** One curve a set, and one a set less the reference; the reference's own differences are NaN. */
export interface SetCurves {
  readonly values: readonly Curve[];
  readonly differences: readonly Curve[];
}

export interface CurveOptions {
  readonly along: Along;
  readonly headCount: number;
  readonly resamples: number;
  readonly seed: number;
  readonly level: number;
}

/** What the bands on the page are drawn with. */
export const BAND = { resamples: 1000, seed: 1, level: 0.95 } as const;

/**
 * Curves of sets by layer or by head: each head pooled over the set's texts, then the plain mean (methods
 * 1.1; the means are ours). The interval is a percentile bootstrap over texts: whole texts are drawn with
 * replacement, pooled again and averaged again, so that it belongs to the very number that is drawn.
 * Sets of one text have no interval.
 */
export function* computeSetCurves(
  sets: readonly DomainSetResults[],
  referenceAt: number,
  measureId: string,
  options: CurveOptions,
): SlicedWork<SetCurves> {
  const { along, headCount, resamples, level } = options;
  const random = createRandom(options.seed);
  const centres = sets.map((set) => {
    const values = getSetValues(set, measureId);
    return values === null ? null : meanAlong(values, headCount, along);
  });
  const drawn: (Float64Array | null)[] = [];
  for (let at = 0; at < sets.length; at++) {
    const work = resampleCurve(sets[at], measureId, { along, headCount, resamples }, random);
    for (;;) {
      const step = work.next();
      if (step.done) {
        drawn.push(step.value);
        break;
      }
      yield (at + step.value) / sets.length;
    }
  }
  const [centre, ofReference] = [centres[referenceAt] ?? null, drawn[referenceAt] ?? null];
  const values: Curve[] = [];
  const differences: Curve[] = [];
  for (let at = 0; at < sets.length; at++) {
    const [own, ownDrawn] = [centres[at], drawn[at]];
    values.push(toCurve(own, ownDrawn, resamples, level));
    yield 1;
    if (at === referenceAt || own === null || centre === null) {
      differences.push(toCurve(null, null, 0, level));
      continue;
    }
    const between =
      ownDrawn === null || ofReference === null ? null : subtract(ownDrawn, ofReference);
    differences.push(toCurve(subtract(own, centre), between, resamples, level));
    yield 1;
  }
  return { values, differences };
}

/** [resamples, points] curves of texts drawn with replacement; null for fewer than two texts. */
function* resampleCurve(
  { profiles }: DomainSetResults,
  measureId: string,
  {
    along,
    headCount,
    resamples,
  }: { readonly along: Along; readonly headCount: number; readonly resamples: number },
  random: () => number,
): SlicedWork<Float64Array | null> {
  const texts = profiles.flatMap(({ measures }) => measures[measureId] ?? []);
  if (texts.length < 2) return null;
  const width = texts[0].sums.length;
  const points = along === 'layers' ? width / headCount : headCount;
  const curves = new Float64Array(resamples * points);
  const [sums, weights] = [new Float64Array(width), new Float64Array(width)];
  for (let draw = 0; draw < resamples; draw++) {
    sums.fill(0);
    weights.fill(0);
    for (let i = 0; i < texts.length; i++) {
      const text = texts[Math.floor(random() * texts.length)];
      for (let at = 0; at < width; at++) {
        if (!(text.weights[at] > 0)) continue;
        sums[at] += text.sums[at];
        weights[at] += text.weights[at];
      }
    }
    for (let at = 0; at < width; at++)
      sums[at] = weights[at] > 0 ? sums[at] / weights[at] : Number.NaN;
    curves.set(meanAlong(sums, headCount, along), draw * points);
    yield draw / resamples;
  }
  return curves;
}

function toCurve(
  values: Float64Array | null,
  drawn: Float64Array | null,
  resamples: number,
  level: number,
): Curve {
  const points = values?.length ?? 0;
  const create = (): Float64Array => new Float64Array(points).fill(Number.NaN);
  const [low, high] = [create(), create()];
  for (let point = 0; drawn !== null && point < points; point++) {
    const defined = Float64Array.from(
      { length: resamples },
      (_, draw) => drawn[draw * points + point],
    )
      .filter(Number.isFinite)
      .sort();
    if (defined.length === 0) continue;
    // d3 indexes its argument alone; its types name arrays only.
    const sorted = defined as unknown as number[];
    low[point] = quantileSorted(sorted, (1 - level) / 2) ?? Number.NaN;
    high[point] = quantileSorted(sorted, (1 + level) / 2) ?? Number.NaN;
  }
  return { values: values ?? new Float64Array(), low, high };
}
