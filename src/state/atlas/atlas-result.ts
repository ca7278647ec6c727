import type { ProbeKind } from '../../measures/atlas/probe.ts';
import type { TestResult } from '../../measures/atlas/role-collector.ts';
import type { TokenizedText } from '../../text/token.ts';
import type { ProbeProblem } from './build-probes.ts';

/** Why a test has no scores for a model. */
export type UndefinedReason = ProbeProblem | 'no-names' | 'no-ordinals' | 'weights-failed';

/** A probe as it is kept: what evidence points at. */
export interface KeptProbe {
  readonly id: string;
  readonly kind: ProbeKind;
  readonly tokens: TokenizedText;
}

/** Everything that the battery found out about a model; plain values, so that it can be kept. */
export interface AtlasResult {
  /** The battery's version. */
  readonly version: number;
  readonly modelKey: string;
  readonly modelName: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  /** How long it took. */
  readonly seconds: number;
  readonly seed: number;
  readonly layerCount: number;
  readonly headCount: number;
  readonly probes: readonly KeptProbe[];
  /** By the test's id; tests without probes for this model are not among them. */
  readonly tests: Readonly<Record<string, TestResult>>;
  readonly undefinedTests: Readonly<Record<string, UndefinedReason>>;
}
