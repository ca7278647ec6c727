import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('head-grid', {
  title: 'Heads',
  subtitle:
    '{{layers}} layers × {{heads}} heads; a thumbnail’s pixel is {{size}} × {{size}} tokens',
  about:
    'Each small square is one head’s whole attention: rows are the tokens that look (queries), columns the tokens looked at (keys); darker means more attention.',
  formula:
    'pixel = max or mean of a_ij over its tokens, square-root colour; frame = role on this text, from a score of 0.4 on',
  source: 'previous, duplicate and induction patterns after TransformerLens; thresholds are ours',
  label: 'All heads. Arrow keys move through layers and heads; T shows the table.',
  spoken:
    'layer {{layer}} head {{head}}: {{role}}, entropy {{entropy}} nats, first token {{first}}',
  noRole: 'no clear role',
  induction: 'induction',
  previous: 'previous token',
  duplicate: 'duplicate token',
  current: 'current token',
  first: 'first token',
  filter: 'entropy < 1',
  filterLabel: 'Filter heads, for example “entropy < 1” or “induction”',
  badFilter: 'Cannot read “{{part}}”. Try “entropy < 1 and previous > .3” or a role.',
  matching_one: '{{count}} head matches',
  matching_other: '{{count}} heads match',
  pool: 'Pixels of thumbnails',
  max: 'max',
  mean: 'mean',
  firstTile:
    'The first column of {{size}} token(s) is left out of the thumbnails; the heatmap leaves out just the first token.',
});
