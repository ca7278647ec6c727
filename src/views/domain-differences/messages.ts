import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('domain-differences', {
  title: 'Heads that differ most',
  subtitle: '{{measure}}: {{compared}} against {{reference}}',
  about:
    'Every head is compared between the two sets, one number a text. At the top stand the heads whose texts are parted most clearly.',
  formula:
    'difference = mean({{compared}}) − mean({{reference}}) over texts; Cliff’s δ = P(a > b) − P(a < b); Hedges’ g = difference in pooled standard deviations; p: two-sided permutation test; adjusted: Benjamini–Hochberg over heads',
  source:
    'Cliff 1993; Hedges 1981; Phipson & Smyth 2010; Benjamini & Hochberg 1995 [MEM]. Comparing heads so is ours.',
  order: 'Sort by',
  delta: 'Cliff’s δ',
  g: 'Hedges’ g',
  difference: 'difference',
  p: 'p',
  only: 'Significant only',
  table: 'Table of heads',
  head: 'Head',
  meanOf: 'Mean, {{set}}',
  differenceColumn: 'Difference',
  deltaColumn: 'Cliff’s δ',
  gColumn: 'Hedges’ g',
  pColumn: 'p',
  adjustedColumn: 'adjusted p',
  examples: 'Typical texts, in Read',
  place: 'L{{layer}}·H{{head}}',
  select: 'Select layer {{layer}} head {{head}}',
  open: 'Open “{{title}}” of {{set}} in Read with this head',
  openNote:
    'The text in which this head lies nearest to the mean of {{set}}; Read opens the whole text.',
  settings_one:
    'n = {{countA}} and {{countB}} texts, {{cut}}; {{resamples}} bootstrap resamples, {{level}} % intervals; {{permutations}}; seed {{seed}}; p adjusted over {{count}} head.',
  settings_other:
    'n = {{countA}} and {{countB}} texts, {{cut}}; {{resamples}} bootstrap resamples, {{level}} % intervals; {{permutations}}; seed {{seed}}; p adjusted over {{count}} heads.',
  exact: 'all splits of the texts',
  random: '{{count}} random splits',
  unit: 'Means are over texts, each text alike; maps of each set alone pool texts before dividing, so that they differ where texts weigh differently; maps of differences show these means. Without the first key, a head that rests on it by more than 99 % in a text has no value there; heads with values in fewer than half of a set’s texts are not compared (ours).',
  tooFew:
    'With so few texts the smallest p possible is {{p}}: no head can be significant, however large its effect.',
  noneSignificant: 'No head differs significantly between these two sets in this measure.',
  more: 'Show all {{count}} heads',
  fewer: 'Show the first {{count}}',
  count: '{{significant}} of {{tested}} heads with adjusted p < .05',
  low: '{{name}} low',
  high: '{{name}} high',
  axisDifference: '{{compared}} − {{reference}} ({{unit}})',
  significant: 'adjusted p < .05',
  notSignificant: 'not significant',
  texts: 'texts, {{set}}',
});
