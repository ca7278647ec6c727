import { getSmallestP } from '../../lib/statistics/permutation-test.ts';
import { SIGNIFICANCE } from '../../state/domains/compared-heads.ts';
import { getSetName, sayCut } from '../../state/domains/domain-names.ts';
import type { FirstKey } from '../../state/domains/domain-options.ts';
import type { DomainResults, DomainSetResults } from '../../state/domains/domain-results.ts';
import {
  formatBareDifference,
  formatDifference,
  formatP,
  formatValue,
} from '../../state/domains/format-value.ts';
import { nameFamily, nameUnit } from '../../state/domains/measure-families.ts';
import { findStrongestThird, type MeasureFacts } from '../../state/domains/summary-facts.ts';
import type { Table } from '../../ui/table.ts';
import { t } from './messages.ts';

/** What the summary speaks of. */
export interface SummaryRequest {
  readonly results: DomainResults;
  readonly reference: DomainSetResults;
  readonly compared: DomainSetResults;
  readonly facts: readonly MeasureFacts[];
  readonly firstKey: FirstKey;
  readonly drawn: {
    readonly resamples: number;
    readonly permutations: number;
    readonly isExact: boolean;
    readonly seed: number;
  };
}

/** A written summary, in sentences. */
export interface Summary {
  readonly verdict: string;
  /** Under the verdict: how many heads, measure by measure. */
  readonly because: string;
  /** One a measure. */
  readonly points: readonly { readonly measure: string; readonly text: string }[];
  readonly method: string;
  readonly caution: string;
}

/** From this share of heads on the answer is "yes", and up to that one "hardly". */
const MANY = 0.25;
const FEW = 0.03;

export type Verdict = 'yes' | 'some' | 'few' | 'overall' | 'no';

/**
 * Words for the largest share of heads that differ in any measure; `overall` where no single head does,
 * or next to none, but the mean over heads.
 */
export function getVerdict(facts: readonly MeasureFacts[]): Verdict {
  const shares = facts.map(({ heads: { up, down, tested } }) => (up + down) / Math.max(1, tested));
  const most = Math.max(0, ...shares);
  if (most >= FEW) return most >= MANY ? 'yes' : 'some';
  // As many means are tested as there are measures.
  if (facts.some(({ p }) => p * facts.length < SIGNIFICANCE)) return 'overall';
  return most === 0 ? 'no' : 'few';
}

export function toSummary(request: SummaryRequest): Summary {
  const { results, reference, compared, facts, firstKey, drawn } = request;
  const names = { compared: getSetName(compared), reference: getSetName(reference) };
  const counts = {
    countCompared: compared.profiles.length,
    countReference: reference.profiles.length,
  };
  // With this few texts even sets that share nothing would not be told apart.
  const smallestP = getSmallestP(counts.countCompared, counts.countReference, drawn.permutations);
  const hasFew =
    Math.min(counts.countCompared, counts.countReference) < 2 || !(smallestP < SIGNIFICANCE);
  const verdict = hasFew ? t('cannotSay', { ...names, ...counts }) : t(getVerdict(facts), names);
  const shared = countShared(compared, reference);
  const ours = facts.filter(({ measure }) => measure.certainty === 'ours');
  return {
    verdict: results.isPartial ? `${t('soFar')} ${verdict}` : verdict,
    because: hasFew ? '' : sayCounts(facts),
    points: (hasFew ? [] : facts).map((each) => ({
      measure: nameFamily(each.family),
      text: sayFacts(each, names),
    })),
    method: t('method', {
      ...names,
      ...counts,
      cut: sayCut(results),
      model: results.modelName,
      firstKey: t(firstKey === 'with' ? 'firstWith' : 'firstWithout'),
      resamples: drawn.resamples,
      permutations: drawn.isExact ? t('exact') : t('random', { count: drawn.permutations }),
      seed: drawn.seed,
    }),
    caution: [
      t('caution'),
      ours.length > 0
        ? t('oursList', { measures: ours.map(({ family }) => nameFamily(family)).join(', ') })
        : t('oursOnly'),
      ...(shared > 0 ? [t('shared', { count: shared })] : []),
      ...(hasBuiltIn(compared) || hasBuiltIn(reference) ? [t('built')] : []),
    ].join(' '),
  };
}

/** Texts of one set that stand in the other too. */
function countShared(a: DomainSetResults, b: DomainSetResults): number {
  const there = new Set(a.texts.map(({ text }) => text.trim()));
  return b.texts.filter(({ text }) => there.has(text.trim())).length;
}

function hasBuiltIn({ texts }: DomainSetResults): boolean {
  return texts.some(({ source }) => source.kind === 'built-in');
}

/** "Of 270 heads 77 differ in distance, 109 in entropy." */
function sayCounts(facts: readonly MeasureFacts[]): string {
  const tested = facts[0]?.heads.tested ?? 0;
  if (facts.every(({ heads }) => heads.tested === tested)) {
    const parts = facts.map(({ family, heads: { up, down } }, at) =>
      t(at === 0 ? 'becausePart' : 'becauseNext', {
        count: up + down,
        measure: nameFamily(family),
      }),
    );
    return t('becauseAlike', { tested, parts: parts.join(', ') });
  }
  const parts = facts.map(({ family, heads }) =>
    t('because', {
      count: heads.up + heads.down,
      tested: heads.tested,
      measure: nameFamily(family),
    }),
  );
  return `${parts.join('; ')}.`;
}

type Names = { readonly compared: string; readonly reference: string };

/** The overall difference, the heads, and where they are. */
function sayFacts(facts: MeasureFacts, names: Names): string {
  const { measure, heads, thirds, clearest } = facts;
  const values = {
    ...names,
    measure: nameFamily(facts.family),
    comparedValue: formatValue(facts.compared, measure.unit),
    referenceValue: formatValue(facts.reference, measure.unit),
    difference: formatDifference(facts.difference, measure.unit),
    p: formatP(facts.p),
    interval: `${formatBareDifference(facts.low, measure.unit)} … ${formatBareDifference(facts.high, measure.unit)}`,
  };
  const overall =
    facts.p < 0.05
      ? t('overallMore', { ...values, phrase: sayDirection(facts) })
      : t('overallSame', values);
  const count = heads.up + heads.down;
  if (count === 0) return `${overall} ${t('headsNone', { tested: heads.tested })}`;
  const strongest = findStrongestThird(thirds);
  const differ = t('headsDiffer', {
    ...names,
    count,
    tested: heads.tested,
    up: heads.up,
    down: heads.down,
    thirds: thirds
      .map(({ from, to, up, down, tested }) =>
        t(to - from === 1 ? 'thirdOne' : 'third', { count: up + down, tested, from, to: to - 1 }),
      )
      .join(', '),
    strongest:
      strongest === null || thirds.length < 3 ? '' : t(`strongest_${strongest as 0 | 1 | 2}`),
  });
  const clear =
    clearest === null
      ? ''
      : ` ${t('clearest', {
          layer: clearest.layer,
          head: clearest.head,
          comparedValue: formatValue(clearest.compared, measure.unit),
          referenceValue: formatValue(clearest.reference, measure.unit),
        })}`;
  return `${overall} ${differ}${clear}`;
}

function sayDirection({ family, difference }: MeasureFacts): string {
  const isMore = difference > 0;
  if (family === 'distance') return t(isMore ? 'furtherBack' : 'lessFarBack');
  if (family.startsWith('entropy') || family === 'effective-keys')
    return t(isMore ? 'moreSpread' : 'lessSpread');
  if (family === 'interdependency') return t(isMore ? 'moreOthers' : 'fewerOthers');
  return t(isMore ? 'more' : 'less', { measure: nameFamily(family) });
}

/** The whole as plain text, for copying. */
export function toPlainText({ verdict, because, points, method, caution }: Summary): string {
  return [
    [verdict, because].filter((part) => part !== '').join(' '),
    ...points.map(({ measure, text }) => `${capitalise(measure)}: ${text}`),
    method,
    caution,
  ].join('\n\n');
}

export function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** One row a measure. */
export function toFactsTable(facts: readonly MeasureFacts[], names: Names): Table {
  return {
    columns: [
      t('columnMeasure'),
      t('columnUnit'),
      names.compared,
      names.reference === names.compared ? `${names.reference} (2)` : names.reference,
      t('columnDifference'),
      t('columnLow'),
      t('columnHigh'),
      t('columnP'),
      t('columnHeads'),
      t('columnMore'),
      t('columnLess'),
      t('columnTested'),
      ...[1, 2, 3].map((third) => t('columnThird', { third })),
    ],
    rows: facts.map((each) => [
      nameFamily(each.family),
      nameUnit(each.measure.unit),
      each.compared,
      each.reference,
      each.difference,
      each.low,
      each.high,
      each.p,
      each.heads.up + each.heads.down,
      each.heads.up,
      each.heads.down,
      each.heads.tested,
      ...[0, 1, 2].map((third) => {
        const found = each.thirds[third];
        return found === undefined ? null : found.up + found.down;
      }),
    ]),
  };
}
