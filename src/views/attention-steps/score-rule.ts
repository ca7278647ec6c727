import type { HeadVectors } from '../../protocol/run.ts';
import { t } from './messages.ts';

/** What is between q · k and a score: a factor, and in some models a cap. */
export type ScoreRule = Pick<HeadVectors, 'headSize' | 'attentionScale' | 'scoreCap'>;

/** Roundings of 1 / √d in files and in models are closer than this. */
const SAME = 1e-6;

/** Whether scores are q · k / √d, as in most models. */
function isUsual({ headSize, attentionScale }: ScoreRule): boolean {
  return Math.abs(attentionScale * Math.sqrt(headSize) - 1) < SAME;
}

/** A factor with so many digits that mean something, without zeros after them. */
const formatFactor = (value: number, digits = 4): string =>
  String(Number(value.toPrecision(digits)));

/** The products of q and k with their factor: "q·k / √64", or "0.0156 q·k" where the model has its own. */
function sayProducts(rule: ScoreRule): string {
  return isUsual(rule)
    ? t('products', { size: rule.headSize })
    : t('scaledProducts', { scale: formatFactor(rule.attentionScale) });
}

/** The head of a narrow column of scores: without room for all digits of a factor, or a cap's formula. */
export function sayScoreShort(rule: ScoreRule): string {
  if (rule.scoreCap !== null) return t('cappedColumn');
  if (isUsual(rule)) return sayProducts(rule);
  return t('scaledColumn', { scale: formatFactor(rule.attentionScale, 2) });
}

/** The score as computed, for tables: "0.0156 q·k", or "50 tanh(0.0156 q·k / 50)" where it has a cap. */
export function sayScore(rule: ScoreRule): string {
  const products = sayProducts(rule);
  return rule.scoreCap === null
    ? products
    : t('cappedScore', { cap: formatFactor(rule.scoreCap), products });
}

/** The whole formula of the steps. */
export function sayFormula(rule: ScoreRule): string {
  return t('formulaOf', { score: sayScore(rule) });
}
