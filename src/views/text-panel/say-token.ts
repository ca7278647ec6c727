import type { Probability, TokenIndex, UnitIndex } from '../../lib/flavor.ts';
import { formatPercent } from '../../lib/format-number.ts';
import type { TokenTint } from '../../state/display-options.ts';
import { shortToken } from '../../text/display-token.ts';
import type { UnitSpan } from '../../text/get-units.ts';
import type { TokenizedText } from '../../text/token.ts';
import type { AttentionUnit } from '../../text/unit.ts';
import { t } from './messages.ts';
import type { Strip } from './strip-blocks.ts';
import { formatTint } from './tint-scale.ts';
import type { TintUnit, TintValues } from './tint-values.ts';

/** What is needed to say something of a unit. */
export interface SaidSources {
  readonly tokens: TokenizedText;
  readonly strip: Strip;
  readonly units: readonly UnitSpan[];
  readonly unit: AttentionUnit;
  readonly tint: TokenTint;
  readonly values: TintValues | null;
  /** What the tint follows. */
  readonly query: UnitIndex | null;
  readonly key: UnitIndex | null;
  readonly pinned: { readonly query: UnitIndex | null; readonly key: UnitIndex | null };
  /** The tokens that the model added: where they begin, and how likely each was; null without any. */
  readonly generated?: {
    readonly first: TokenIndex;
    readonly probabilities: readonly Probability[];
  } | null;
}

/** A value with the name of its unit: "1.234 nats". */
export function sayValue(value: number, unit: TintUnit): string {
  if (Number.isNaN(value)) return t('undefinedValue');
  return `${formatTint(value, unit)} ${t(unit)}`.trim();
}

/** The name of what tints: "attention from query 14". */
export function sayTint(tint: TokenTint, query: UnitIndex | null, key: UnitIndex | null): string {
  if (tint === 'none') return '';
  const place = tint === 'from-query' ? query : key;
  return t(`name-${tint}`, { place: place ?? '' }).trim();
}

/** One unit in words: its place, its text, what it is, and the tint's value. */
export function sayUnit(index: UnitIndex, sources: SaidSources): string {
  const { tokens, strip, units, unit, tint, values, query, key, pinned } = sources;
  const span = units[index];
  if (span === undefined) return '';
  const value =
    tint === 'none' || values === null
      ? []
      : [`${sayTint(tint, query, key)} ${sayValue(values.values[index], values.unit)}`];
  const marks = [
    ...(index === pinned.query ? [t('isQuery')] : []),
    ...(index === pinned.key ? [t('isKey')] : []),
  ];
  const block = strip.blocks.find(({ start, end }) => start <= span.start && span.start < end);
  const role = block?.turn?.role ?? null;
  const turn = role === null ? [] : [t('saidRole', { role: t(role) })];
  if (unit !== 'token') {
    const text = shortToken(span.text.trim(), 24);
    const range = t('saidTokens', { first: span.start, last: span.end - 1 });
    const name = t('saidUnit', { unit: t(unit), index, text });
    return [name, ...value, ...marks, range, ...turn].join(' · ');
  }
  const text = tokens.text.slice(tokens.starts[span.start], tokens.ends[span.start]);
  const name = t('saidToken', { index, text: shortToken(text || tokens.pieces[span.start], 30) });
  const probability = sources.generated?.probabilities[index - sources.generated.first];
  const rest = [
    ...(strip.tokens[span.start].isFragment ? [t('saidPart', { text: shortToken(text, 8) })] : []),
    ...(tokens.special[span.start] ? [t('saidSpecial')] : []),
    ...(probability === undefined
      ? []
      : [t('saidGenerated', { probability: formatPercent(probability) })]),
  ];
  return [name, ...value, ...marks, ...rest, ...turn].join(' · ');
}
