import { findTypicalOfAll } from '../../state/domains/compared-heads.ts';
import { getSetName } from '../../state/domains/domain-names.ts';
import type { DomainResults, DomainSetResults } from '../../state/domains/domain-results.ts';
import {
  type ExampleRows,
  type TokenEntropies,
  toTokenEntropies,
} from '../../state/domains/example-entropies.ts';
import { getFilledSets, meanOf } from '../../state/domains/set-values.ts';
import { shortToken } from '../../text/display-token.ts';
import type { TextItem } from '../../text/sets/text-set.ts';
import type { TokenizedText } from '../../text/token.ts';
import { type ColorTheme, categoryColor } from '../../ui/color-scales.ts';
import type { Table } from '../../ui/table.ts';
import type { ExampleBars } from './draw-examples.ts';
import { t } from './messages.ts';

export interface ChosenText {
  readonly set: DomainSetResults;
  readonly text: TextItem;
}

/** The text of each set that is chosen, or its most typical one over all heads, so that heads can be gone through. */
export function chooseTexts(
  results: DomainResults,
  measureId: string,
  chosen: Readonly<Record<string, string>>,
): readonly ChosenText[] {
  return getFilledSets(results).map((set) => {
    const typical = findTypicalOfAll(set, measureId) ?? 0;
    const text = set.texts.find(({ id }) => id === chosen[set.id]) ?? set.texts[typical];
    return { set, text };
  });
}

/** A text with its rows of the chosen head. */
export interface ShownExample extends ChosenText {
  readonly rows: ExampleRows;
  readonly entropies: TokenEntropies;
}

export function toShownExample(
  chosen: ChosenText,
  rows: ExampleRows,
  layer: number,
  head: number,
  mode: 'keep' | 'drop-renormalise',
): ShownExample {
  return { ...chosen, rows, entropies: toTokenEntropies(rows, layer, head, mode) };
}

export function toBars({ set, text, entropies }: ShownExample, theme: ColorTheme): ExampleBars {
  return {
    setName: getSetName(set),
    title: text.title,
    color: categoryColor(set.colorIndex, theme),
    ...entropies,
  };
}

/** A token of a text as a note or a reader says it. */
export function nameToken({ rows }: ShownExample, token: number): string {
  return shortToken(getTokenText(rows.tokens, token), 20);
}

/** A token as it stands in the text; control tokens by their own name. */
function getTokenText(
  { text, pieces, starts, ends, special }: TokenizedText,
  token: number,
): string {
  if (special[token] || starts[token] === ends[token]) return pieces[token] ?? '';
  return text.slice(starts[token], ends[token]);
}

export function getMean({ entropies }: ShownExample): number {
  return meanOf(entropies.values);
}

/** One row a token of each text. */
export function toExamplesTable(shown: readonly ShownExample[]): Table {
  return {
    columns: [
      t('columnSet'),
      t('columnText'),
      t('columnPosition'),
      t('columnToken'),
      t('columnEntropy'),
      t('columnMaximum'),
    ],
    rows: shown.flatMap((example) =>
      Array.from(example.entropies.values, (value, token) => [
        getSetName(example.set),
        example.text.title,
        token,
        getTokenText(example.rows.tokens, token),
        value,
        example.entropies.maxima[token],
      ]),
    ),
  };
}
