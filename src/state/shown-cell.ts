import { formatPercent } from '../lib/format-number.ts';
import { createMessages } from '../lib/messages.ts';
import type { DisplayedSlice } from '../measures/displayed-slice.ts';
import { weightAt } from '../tensor/causal-slice.ts';
import { shortToken } from '../text/display-token.ts';
import type { DisplayOptions } from './display-options.ts';
import type { Selection } from './selection.ts';

const t = createMessages('shown-cell', {
  pair: 'query {{query}} “{{queryText}}” → key {{key}} “{{keyText}}”',
  ofAttention: '{{weight}}, {{percent}} of its attention',
  ofRest: '{{weight}}, {{percent}} of what is left of its attention',
  ofValues: '{{weight}}, {{percent}} of the lengths of what it adds up',
  spokenValues:
    'query {{query}} “{{queryText}}” takes {{percent}} from key {{key}} “{{keyText}}”, by the length of what is added',
  spoken: 'query {{query}} “{{queryText}}” attends {{percent}} to key {{key}} “{{keyText}}”',
  undefinedRow: 'undefined: nothing is left of this row without the first token',
});

/** What is said of one cell: both tokens with their positions, and the weight in numbers. */
export interface SaidCell {
  readonly pair: string;
  readonly value: string;
  /** One sentence for screen readers. */
  readonly spoken: string;
}

/** A weight as an exact number: four decimals, or an exponent where these would say nothing. */
export function formatWeight(weight: number): string {
  if (Number.isNaN(weight)) return '–';
  return weight > 0 && weight < 1e-3 ? weight.toExponential(2) : weight.toFixed(4);
}

/** What to say of the selected cell; null where there is none (nothing selected, or above the diagonal). */
export function sayCell(
  displayed: DisplayedSlice,
  { query, key }: Pick<Selection, 'query' | 'key'>,
  { firstToken, weighting }: Pick<DisplayOptions, 'firstToken' | 'weighting'>,
): SaidCell | null {
  if (query === null || key === null || query >= displayed.size || key > query) return null;
  const weight = weightAt(displayed, query, key);
  const percent = Number.isNaN(weight) ? '–' : formatExactPercent(weight);
  const values = {
    query,
    key,
    queryText: shortToken(displayed.units[query].text, 20),
    keyText: shortToken(displayed.units[key].text, 20),
    weight: formatWeight(weight),
    percent,
  };
  if (Number.isNaN(weight)) {
    return { pair: t('pair', values), value: t('undefinedRow'), spoken: t('undefinedRow') };
  }
  return {
    pair: t('pair', values),
    value: t(
      weighting === 'values'
        ? 'ofValues'
        : firstToken === 'drop-renormalise'
          ? 'ofRest'
          : 'ofAttention',
      values,
    ),
    spoken: t(weighting === 'values' ? 'spokenValues' : 'spoken', values),
  };
}

/** A percentage with one decimal, as a reader compares it: "59.6 %". */
function formatExactPercent(share: number): string {
  return share < 0.0995 ? formatPercent(share) : `${(100 * share).toFixed(1)} %`;
}
