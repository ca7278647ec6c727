import { getTest, hasRole } from '../../measures/atlas/battery.ts';
import { listRoles } from '../../measures/atlas/head-roles.ts';
import type { RoleTest } from '../../measures/atlas/role-test.ts';
import type { AtlasResult, KeptProbe } from '../../state/atlas/atlas-result.ts';

/** What is known of a head's role, ready to be shown. */
export interface ShownEvidence {
  readonly test: RoleTest;
  readonly score: number;
  /** 1 for the best head; null for an undefined score. */
  readonly rank: number | null;
  /** How many heads have a score, and how many reach the threshold. */
  readonly scored: number;
  readonly reaching: number;
  readonly probeCount: number;
  /** Null where there is nothing to show. */
  readonly cell: {
    readonly probe: KeptProbe;
    readonly query: number;
    readonly key: number;
    readonly weight: number;
  } | null;
}

/** The test that evidence is shown of: the chosen one, else the head's strongest; null for neither. */
export function chooseTest(result: AtlasResult, at: number, role: string | null): string | null {
  return role ?? listRoles(result.tests, at)[0]?.test.id ?? null;
}

/** What the battery found of a head and a test; null when the test has no scores for this model. */
export function findEvidence(result: AtlasResult, at: number, id: string): ShownEvidence | null {
  const found = result.tests[id];
  if (found === undefined) return null;
  const test = getTest(id);
  const score = found.scores[at];
  const defined = found.scores.filter((each) => !Number.isNaN(each));
  const { evidence } = found;
  const probe = evidence === null ? undefined : result.probes[evidence.probes[at]];
  return {
    test,
    score,
    rank: Number.isNaN(score) ? null : 1 + defined.filter((each) => each > score).length,
    scored: defined.length,
    reaching: defined.filter((each) => hasRole(test, each)).length,
    probeCount: found.probeCount,
    cell:
      evidence === null || probe === undefined
        ? null
        : {
            probe,
            query: evidence.queries[at],
            key: evidence.keys[at],
            weight: evidence.weights[at],
          },
  };
}
