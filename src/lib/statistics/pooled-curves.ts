import { quantileSorted } from 'd3';
import { createRandom } from '../random.ts';
import { type SlicedWork, within } from '../sliced-work.ts';

/** Texts with sums and what these are divided by; [texts, rows, columns] each. A weight of 0: undefined. */
export interface PooledGroup {
  readonly sums: Float64Array;
  readonly weights: Float64Array;
}

/** Groups whose pooled values are averaged along rows or columns. */
export interface CurveRequest {
  readonly groups: readonly PooledGroup[];
  /** The group that the others are less by. */
  readonly referenceAt: number;
  readonly rows: number;
  readonly columns: number;
  /** `rows`: a value a row, the mean over its columns; `columns`: a value a column. */
  readonly along: 'rows' | 'columns';
  readonly resamples: number;
  readonly seed: number;
  /** The share of repetitions that intervals should hold. */
  readonly level: number;
}

/** A curve with the ends of its interval; NaN where undefined, empty for a group without texts. */
export interface Curve {
  readonly values: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface PooledCurves {
  /** One a group. */
  readonly values: readonly Curve[];
  /** Each group less the reference; empty for the reference itself. */
  readonly differences: readonly Curve[];
}

/**
 * Sums and weights of a group's texts are added before dividing, then averaged plainly. The interval is a
 * percentile bootstrap over texts: whole texts are drawn with replacement, pooled again and averaged again,
 * so that it belongs to the very number that is drawn. Groups of one text have no interval.
 */
export function* computePooledCurves(request: CurveRequest): SlicedWork<PooledCurves> {
  const { groups, referenceAt, resamples, level } = request;
  const random = createRandom(request.seed);
  const width = request.rows * request.columns;
  const centres = groups.map((group) => {
    const count = group.sums.length / width;
    const all = Int32Array.from({ length: count }, (_, text) => text);
    return count === 0 ? null : poolCurve(group, all, request);
  });
  const drawn: (Float64Array | null)[] = [];
  for (let at = 0; at < groups.length; at++) {
    const work = resampleCurve(groups[at], request, random);
    drawn.push(yield* within(work, at / groups.length, (at + 1) / groups.length));
  }
  const [centre, ofReference] = [centres[referenceAt] ?? null, drawn[referenceAt] ?? null];
  const values: Curve[] = [];
  const differences: Curve[] = [];
  for (let at = 0; at < groups.length; at++) {
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

function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - b[at]);
}

/** The curve of these texts, each as often as it is listed. */
function poolCurve(
  { sums, weights }: PooledGroup,
  texts: Int32Array,
  { rows, columns, along }: CurveRequest,
): Float64Array {
  const width = rows * columns;
  const [sum, weight] = [new Float64Array(width), new Float64Array(width)];
  for (const text of texts) {
    for (let at = 0; at < width; at++) {
      const own = weights[text * width + at];
      if (!(own > 0)) continue;
      sum[at] += sums[text * width + at];
      weight[at] += own;
    }
  }
  const points = along === 'rows' ? rows : columns;
  const [curve, counts] = [new Float64Array(points), new Int32Array(points)];
  for (let at = 0; at < width; at++) {
    if (!(weight[at] > 0)) continue;
    const point = along === 'rows' ? Math.floor(at / columns) : at % columns;
    curve[point] += sum[at] / weight[at];
    counts[point]++;
  }
  return curve.map((total, point) => (counts[point] > 0 ? total / counts[point] : Number.NaN));
}

/** [resamples, points] curves of texts drawn with replacement; null for fewer than two texts. */
function* resampleCurve(
  group: PooledGroup,
  request: CurveRequest,
  random: () => number,
): SlicedWork<Float64Array | null> {
  const { rows, columns, along, resamples } = request;
  const count = group.sums.length / (rows * columns);
  if (count < 2) return null;
  const points = along === 'rows' ? rows : columns;
  const curves = new Float64Array(resamples * points);
  const texts = new Int32Array(count);
  for (let draw = 0; draw < resamples; draw++) {
    for (let i = 0; i < count; i++) texts[i] = Math.floor(random() * count);
    curves.set(poolCurve(group, texts, request), draw * points);
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
