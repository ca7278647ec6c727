/**
 * p values adjusted for many tests (Benjamini & Hochberg 1995): of the tests whose adjusted value is at
 * most q, no more than the share q is expected to be false. The k-th smallest of m becomes the least of
 * p m / rank over its own and all later ranks, at most 1. Holds for independent tests and for those that
 * depend positively on each other. NaN is no test: it is left out of m and stays NaN.
 * [.01, .04, .03] -> [.03, .04, .04]
 */
export function adjustFalseDiscovery(p: ArrayLike<number>): Float64Array {
  const adjusted = Float64Array.from(p);
  const tests = Array.from(adjusted.keys())
    .filter((test) => !Number.isNaN(adjusted[test]))
    .sort((one, other) => adjusted[other] - adjusted[one]);
  let least = 1;
  tests.forEach((test, place) => {
    least = Math.min(least, adjusted[test] * (tests.length / (tests.length - place)));
    adjusted[test] = least;
  });
  return adjusted;
}
