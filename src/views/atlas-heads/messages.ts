import { createMessages } from '../../lib/messages.ts';

export const t = createMessages('atlas-heads', {
  title: 'Heads',
  subtitle: '{{shown}} of {{all}} heads',
  about:
    'Every head with the roles that it has, to be sorted by any score and filtered by any of them. Below: the heads whose scores are most like those of the selected one.',
  formula:
    'alike by scores = cosine of the scores of all tests, each brought to mean 0 and variance 1 over heads; by attention = mean over queries of the Jensen-Shannon divergence of .999 a + .001 / keys',
  source:
    'scores: our operationalisation; attention: Clark et al. 2019, methods 5.13 [CODE]; the tests name their own sources',
  sort: 'Sort by',
  byPlace: 'layer and head',
  filter: 'Filter, e.g. induction > .3, layer > 9',
  badFilter:
    '“{{part}}” is no filter. Write a test and a number, as in induction > .3, or layer > 9, or a role alone; join them by commas.',
  columnHead: 'Head',
  columnRoles: 'Roles',
  columnScore: 'Score',
  place: 'L{{layer}}·H{{head}}',
  more: '+{{count}}',
  rest: 'The first {{count}} heads are shown; the table and the exports hold all.',
  similar: 'Most like L{{layer}}·H{{head}}',
  similarity: '{{place}} {{value}}',
  similarWay: 'How heads are compared',
  byScores: 'by scores',
  byAttention: 'by attention',
  scoresNote: 'cosine of standardised scores; 1: the same deviations from the mean head',
  attentionNote:
    'Jensen-Shannon divergence of rows on the first {{tokens}} tokens of one probe text, nats; 0: the same',
  reading: 'Reading all heads on one text …',
  noSimilar: 'Nothing to compare: this head’s scores do not stand out.',
  label: 'Heads and their roles',
  nothing: 'No head matches.',
});
