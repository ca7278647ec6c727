import { type CausalSlice, rowStart } from '../tensor/causal-slice.ts';
import type { UnitSpan } from '../text/get-units.ts';

/** What may be done to a matrix before it is shown; none of it changes what was computed. */
export interface DisplayRules {
  readonly firstToken: 'keep' | 'drop' | 'drop-renormalise';
  readonly thresholdWeight: number;
  readonly cumulatedMass: number;
}

/** A matrix as shown, in units of the text. Hidden cells are 0. */
export interface DisplayedSlice extends CausalSlice {
  readonly units: readonly UnitSpan[];
  /** Mean over queries after the first of the weight on the first token, when it is left out; else 0. */
  readonly leftOutMass: number;
  readonly hiddenCells: number;
}

/**
 * Takes the first token out of a token-level matrix. With renormalising, rows are divided by what is
 * left; a row with nothing left (the first always) becomes NaN.
 */
function dropFirst(slice: CausalSlice, renormalise: boolean): Float32Array {
  const packed = slice.packed.slice();
  for (let query = 0; query < slice.size; query++) {
    const start = rowStart(query);
    packed[start] = 0;
    if (!renormalise) continue;
    let rest = 0;
    for (let key = 1; key <= query; key++) rest += packed[start + key];
    if (rest > 0) for (let key = 1; key <= query; key++) packed[start + key] /= rest;
    else packed.fill(Number.NaN, start, start + query + 1);
  }
  return packed;
}

/**
 * Merges tokens into units: the weights on a unit's tokens are summed, the rows of a unit's tokens
 * averaged (Clark et al. 2019; methods 2.0 [CODE]). Undefined rows do not enter the mean; a unit whose
 * rows are all undefined is undefined.
 */
export function mergeUnits(slice: CausalSlice, units: readonly UnitSpan[]): CausalSlice {
  if (units.length === slice.size) return slice;
  const packed = new Float32Array(rowStart(units.length));
  units.forEach((unit, u) => {
    const start = rowStart(u);
    let rows = 0;
    for (let query = unit.start; query < unit.end; query++) {
      const row = rowStart(query);
      if (Number.isNaN(slice.packed[row])) continue;
      rows++;
      for (let v = 0; v <= u; v++) {
        const end = Math.min(units[v].end, query + 1);
        for (let key = units[v].start; key < end; key++)
          packed[start + v] += slice.packed[row + key];
      }
    }
    for (let v = 0; v <= u; v++)
      packed[start + v] = rows > 0 ? packed[start + v] / rows : Number.NaN;
  });
  return { size: units.length, packed };
}

/** Classes of positive floats below 2, by the first bits of their patterns, which rise with them. */
const CLASSES = 1024;
const CLASS_SHIFT = 20;

/**
 * The weight of the last cell that is needed when a row's cells are taken from the largest on until they
 * reach `share` of the row's sum; 0 for a row of nothing. Sorts only the cells near it.
 */
export function findMassLimit(row: Float32Array, share: number): number {
  const bits = new Uint32Array(row.buffer, row.byteOffset, row.length);
  const sums = new Float64Array(CLASSES);
  let total = 0;
  for (let key = 0; key < row.length; key++) {
    if (!(row[key] > 0)) continue;
    sums[Math.min(CLASSES - 1, bits[key] >>> CLASS_SHIFT)] += row[key];
    total += row[key];
  }
  const wanted = share * total;
  let reached = 0;
  let at = CLASSES - 1;
  while (at > 0 && (sums[at] === 0 || reached + sums[at] < wanted)) reached += sums[at--];
  const near = row
    .filter((value, key) => value > 0 && Math.min(CLASSES - 1, bits[key] >>> CLASS_SHIFT) === at)
    .sort();
  let i = near.length;
  while (i > 0 && reached < wanted) reached += near[--i];
  return near[i] ?? 0;
}

/** Hides weak cells: below `weight`, and in each row all but the strongest that reach `mass` together. */
function hideWeak(packed: Float32Array, size: number, weight: number, mass: number): number {
  let hidden = 0;
  for (let query = 0; query < size; query++) {
    const row = packed.subarray(rowStart(query), rowStart(query + 1));
    const limit = mass < 1 ? Math.max(weight, findMassLimit(row, mass)) : weight;
    for (let key = 0; key < row.length; key++) {
      if (row[key] > 0 && row[key] < limit) {
        row[key] = 0;
        hidden++;
      }
    }
  }
  return hidden;
}

/** Applies the rules in this order: first token, units, thresholds. */
export function computeDisplayedSlice(
  slice: CausalSlice,
  units: readonly UnitSpan[],
  rules: DisplayRules,
): DisplayedSlice {
  let leftOutMass = 0;
  let token: CausalSlice = slice;
  if (rules.firstToken !== 'keep') {
    for (let query = 1; query < slice.size; query++) leftOutMass += slice.packed[rowStart(query)];
    leftOutMass = slice.size > 1 ? leftOutMass / (slice.size - 1) : 0;
    token = { size: slice.size, packed: dropFirst(slice, rules.firstToken === 'drop-renormalise') };
  }
  const merged = mergeUnits(token, units);
  if (rules.thresholdWeight <= 0 && rules.cumulatedMass >= 1) {
    return { ...merged, units, leftOutMass, hiddenCells: 0 };
  }
  const packed = merged.packed.slice();
  const hiddenCells = hideWeak(packed, merged.size, rules.thresholdWeight, rules.cumulatedMass);
  return { size: merged.size, packed, units, leftOutMass, hiddenCells };
}
