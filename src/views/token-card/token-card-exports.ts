import { formatPercent } from '../../lib/format-number.ts';
import type { LayerLinks } from '../../measures/token-links.ts';
import type { NamedArray } from '../../tensor/named-array.ts';
import { shortToken } from '../../text/display-token.ts';
import type { Painting } from '../../ui/figure.ts';
import { paintBars } from '../../ui/paint-bars.ts';
import type { Table } from '../../ui/table.ts';
import { t } from './messages.ts';
import type { TokenCardProps } from './TokenCard.tsx';
import type { WeightedToken } from './token-card-data.ts';

/** What of the card goes into files. */
export type TokenCardNumbers = Pick<
  TokenCardProps,
  'layer' | 'head' | 'keys' | 'queries' | 'links' | 'candidates' | 'textOf'
>;

/** The lists of the card as bars. */
export function paintTokenCard(card: TokenCardNumbers): Painting {
  const { layer, head, textOf } = card;
  const toRow = ({ token, weight }: WeightedToken) => ({
    label: `${token} ${shortToken(textOf(token), 12)}`,
    share: weight,
    value: formatPercent(weight),
  });
  return paintBars([
    { heading: t('keys', { layer, head }), rows: (card.keys ?? []).map(toRow) },
    { heading: t('queries', { layer, head }), rows: (card.queries ?? []).map(toRow) },
    {
      heading: t('next'),
      rows: (card.candidates ?? []).map(({ text, probability }) => ({
        label: shortToken(text, 14),
        share: probability,
        value: formatPercent(probability),
      })),
    },
  ]);
}

/** All numbers of the card: the head's keys and queries, each layer's strongest links, next tokens. */
export function toTokenTable(card: TokenCardNumbers): Table {
  const { layer, head, textOf } = card;
  const rowsOf = (kind: string, list: readonly WeightedToken[]) =>
    list.map(({ token, weight }) => [kind, layer, head, token, textOf(token), weight]);
  const linksOf = (kind: string, pick: (links: LayerLinks) => LayerLinks['key']) =>
    card.links.flatMap((links) => {
      const link = links && pick(links);
      return link
        ? [[kind, link.layer, link.head, link.other, textOf(link.other), link.weight]]
        : [];
    });
  return {
    columns: ['kind', 'layer', 'head', 'position or id', 'text', 'share'],
    rows: [
      ...rowsOf(t('keysTable'), card.keys ?? []),
      ...rowsOf(t('queriesTable'), card.queries ?? []),
      ...linksOf(t('looksAt'), ({ key }) => key),
      ...linksOf(t('lookedAtBy'), ({ query }) => query),
      ...(card.candidates ?? []).map((each) => [
        t('next'),
        null,
        null,
        each.id,
        each.text,
        each.probability,
      ]),
    ],
  };
}

/**
 * `links` [layer, 2, 3]: of the strongest link to a key (0) and from a query (1) the head, the other token
 * and the weight; NaN where there is none.
 */
export function toTokenArrays({ links }: TokenCardNumbers): readonly NamedArray[] {
  const data = new Float32Array(links.length * 6).fill(Number.NaN);
  links.forEach((each, layer) => {
    [each?.key, each?.query].forEach((link, row) => {
      if (link) data.set([link.head, link.other, link.weight], layer * 6 + row * 3);
    });
  });
  return [{ name: 'links', shape: [links.length, 2, 3], data }];
}
