import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('atlas-map', {
  title: 'Roles of the heads',
  subtitle: '{{layers}} layers × {{heads}} heads',
  about:
    'Each cell is a head. Its colour says which kind of role it has most clearly, and how clearly; a pale grey one reached no test’s threshold. Or choose one test and see every head’s score.',
  formula:
    'strength = (score − threshold) / (purest score − threshold), the largest over all tests; sinks and other common roles only where no other role was found; a head that passes a family’s main test, as induction, is called by it',
  source: 'the tests name their own sources; the survey is Zheng et al. 2024',
  invite:
    'Some hundred and thirty short texts and the weights tell which head does what: which copies, which looks one token back, which follows the subject.',
  start: 'Test all heads of this model',
  expected_one: 'about {{count}} second; you can go on reading meanwhile',
  expected_other: 'about {{count}} seconds; you can go on reading meanwhile',
  expectedMinutes_one: 'about {{count}} minute; you can go on reading meanwhile',
  expectedMinutes_other: 'about {{count}} minutes; you can go on reading meanwhile',
  again: 'Test again',
  tested: 'Tested on {{date}}, in {{seconds}} s',
  role: 'Show',
  strongest: 'strongest role',
  strength: 'strength over the threshold',
  score: 'score',
  label: 'Map of all heads. Arrow keys move, Home and End go to the ends; T shows the table.',
  rows: '↓ head',
  columns: 'layer →',
  place: 'L{{layer}}·H{{head}}',
  roleSaid: '{{role}}: {{score}}',
  noRole: 'no role found',
  undefinedScore: 'undefined here',
  reached: 'reaches the threshold of {{threshold}}',
  notReached: 'below the threshold of {{threshold}}',
  spoken: '{{place}}: {{said}}',
  counts_one: '{{count}} head',
  counts_other: '{{count}} heads',
  honest:
    'A score says what a head does with these probes, not all that it does. Where a head looks does not prove what it causes.',
  tableLayer: 'layer',
  tableHead: 'head',
  tableRole: 'strongest role',
  tableScore: 'score',
  tableStrength: 'strength',
});
