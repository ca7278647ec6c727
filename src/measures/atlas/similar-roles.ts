import type { TestResults } from './head-roles.ts';

/** A head and how alike another's scores are. */
export interface SimilarRoles {
  readonly layer: number;
  readonly head: number;
  /** Cosine of the standardised scores, −1 to 1. */
  readonly similarity: number;
}

/**
 * Every test's scores with mean 0 and variance 1 over heads, [test][layer x head]; undefined ones count as
 * the mean, and tests in which all heads are alike say nothing.
 */
export function standardise(tests: TestResults): readonly Float64Array[] {
  return Object.values(tests).flatMap(({ scores }) => {
    const defined = scores.filter((score) => !Number.isNaN(score));
    const mean = defined.reduce((sum, score) => sum + score, 0) / defined.length;
    const variance = defined.reduce((sum, score) => sum + (score - mean) ** 2, 0) / defined.length;
    return variance > 0
      ? [scores.map((score) => (Number.isNaN(score) ? 0 : (score - mean) / Math.sqrt(variance)))]
      : [];
  });
}

/**
 * The heads whose scores are most like those of the head at `at`, over all tests of the battery: cosine of
 * the standardised scores (our operationalisation). A head without any deviation is like none.
 */
export function findSimilarRoles(
  tests: TestResults,
  headCount: number,
  at: number,
  count: number,
): readonly SimilarRoles[] {
  const columns = standardise(tests);
  const size = columns[0]?.length ?? 0;
  const similarityTo = (other: number): number => {
    let dot = 0;
    let own = 0;
    let others = 0;
    for (const column of columns) {
      dot += column[at] * column[other];
      own += column[at] ** 2;
      others += column[other] ** 2;
    }
    return own > 0 && others > 0 ? dot / Math.sqrt(own * others) : Number.NaN;
  };
  return Array.from({ length: size }, (_, other) => ({
    layer: Math.floor(other / headCount),
    head: other % headCount,
    similarity: other === at ? Number.NaN : similarityTo(other),
  }))
    .filter(({ similarity }) => !Number.isNaN(similarity))
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, count);
}
