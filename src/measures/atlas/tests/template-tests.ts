import { weightAt } from '../../../tensor/causal-slice.ts';
import { computeNegativeAttention } from '../../slices/negative-attention.ts';
import { forcedRetrieval, RETRIEVAL_SCORE, scoreForcedRetrieval } from '../../slices/retrieval.ts';
import { type Probe, placeOf, positionsOf } from '../probe.ts';
import {
  describeTest,
  findStrongest,
  type HeavyCell,
  type ProbeTest,
  toShare,
} from '../role-test.ts';
import { createMatrixTest, endOf, heaviestIn, lastOf, massOn } from './matrix-test.ts';
import {
  CONTROL_FORMULA,
  CONTROL_KIND,
  CONTROL_WIDTH,
  countOffsets,
  createControlledTest,
  expectMass,
  OFFSET_COUNT,
  readControl,
} from './offset-control.ts';

/** From the last token to all tokens of a place. */
const fromLast =
  (name: string) =>
  (probe: Probe) =>
  (query: number): readonly number[] =>
    query === lastOf(probe) ? positionsOf(placeOf(probe, name)) : [];

const negative = createMatrixTest({
  id: 'negative',
  stage: 'recall',
  family: 'options',
  formula:
    'mean over questions of Σ_{i > Yes, No} (a_i,Yes + a_i,No) ln(a_i,No / a_i,Yes), 1e−9 added in the logarithm; the smaller of the means where Yes and where No stands first',
  source:
    'the survey’s negative attention score; methods 4.3 [TEX]; rows after both words, 5.10 [RECON]; ours: both orders',
  certainty: 'ours',
  threshold: 0.5,
  full: 3,
  unit: 'score',
  kinds: ['yes-no'],
  width: 4,
  readMatrix(matrix, probe) {
    const yes = endOf(probe, 'yes');
    const no = endOf(probe, 'no');
    const first = Math.max(yes, no) + 1;
    const column = (key: number): Float32Array =>
      Float32Array.from({ length: matrix.size }, (_, query) => weightAt(matrix, query, key));
    const onNo = column(no);
    const { score } = computeNegativeAttention(column(yes), onNo, first);
    if (Number.isNaN(score)) return null;
    let query = first;
    for (let later = first; later < matrix.size; later++)
      if (onNo[later] > onNo[query]) query = later;
    const best = { query, key: no, weight: onNo[query] };
    return { adds: yes < no ? [score, 1, 0, 0] : [0, 0, score, 1], best };
  },
  score: (sums) => ({ score: Math.min(sums[0] / sums[1], sums[2] / sums[3]), detail: null }),
});

const sentimentReader = createMatrixTest({
  id: 'sentiment-reader',
  stage: 'reason',
  family: 'meaning',
  formula:
    'mean over reviews of a_END,SUM, minus the mean of a_i,i−1 over the other tokens of the text (SUM stands just before END)',
  source: 'Tigges et al. 2023 in the survey; methods 4.2 [TEX]; ours: the score',
  certainty: 'ours',
  threshold: 0.2,
  kinds: ['sentiment'],
  readMatrix(matrix, probe) {
    const end = lastOf(probe);
    const sum = endOf(probe, 'sum');
    let before = 0;
    for (let query = 1; query < end; query++) before += weightAt(matrix, query, query - 1);
    const weight = weightAt(matrix, end, sum);
    return {
      adds: [weight - before / (end - 1), 1],
      best: { query: end, key: sum, weight },
    };
  },
});

const retrieval: ProbeTest = {
  ...describeTest({
    id: 'retrieval',
    stage: 'identify',
    family: 'induction',
    formula: `the known answer given token by token: ${forcedRetrieval.formula}`,
    source: forcedRetrieval.source,
    certainty: 'ours',
    threshold: RETRIEVAL_SCORE,
  }),
  needs: 'probes',
  kinds: ['needle'],
  width: 2,
  needsMatrix: false,
  patternsOf: () => [],
  read({ summary, head }, probe) {
    const { ids } = probe.tokens;
    const needle = placeOf(probe, 'needle');
    const answer = placeOf(probe, 'answer');
    const share = scoreForcedRetrieval(summary, head, ids, needle, answer);
    let best: HeavyCell | null = null;
    for (let query = answer.start - 1; query < answer.end - 1; query++) {
      const cell = findStrongest(summary, head, query, () => true);
      const isHit =
        cell !== null &&
        cell.key >= needle.start &&
        cell.key < needle.end &&
        ids[cell.key] === ids[query + 1];
      if (isHit && (best === null || cell.weight > best.weight)) best = cell;
    }
    return { adds: [share, 1], best };
  },
  score: toShare,
};

/** Tests on texts with a hole in them: what does the last token look at? */
export const TEMPLATE_TESTS: readonly ProbeTest[] = [
  createControlledTest({
    id: 'name-attention',
    stage: 'identify',
    family: 'names',
    formula: 'mean over texts of a_END,IO, the name that comes next',
    source: 'Wang et al. 2022 (IOI) in the survey; methods 4.2 [TEX]; ours: attention alone',
    certainty: 'ours',
    threshold: 0.3,
    namesRole: false,
    kinds: ['names'],
    keysOf: fromLast('io'),
  }),
  createControlledTest({
    id: 'repeated-name',
    stage: 'beyond',
    family: 'names',
    formula: 'mean over texts of a_END,S2, the name that stands twice',
    source:
      'the place where S-inhibition heads look, Wang et al. 2022 (IOI); methods 4.2 [TEX]; ours: attention alone',
    certainty: 'ours',
    threshold: 0.3,
    kinds: ['names'],
    keysOf: fromLast('s2'),
  }),
  createControlledTest({
    id: 'duplicate-name',
    stage: 'identify',
    family: 'copies',
    formula: 'mean over texts of a_S2,S1',
    source: 'Wang et al. 2022 (IOI) in the survey; methods 4.2 [TEX]; ours: attention alone',
    certainty: 'ours',
    threshold: 0.3,
    kinds: ['names'],
    keysOf: (probe) => {
      const second = placeOf(probe, 's2');
      const first = placeOf(probe, 's1');
      return (query) =>
        query >= second.start && query < second.end ? [first.start + query - second.start] : [];
    },
  }),
  createControlledTest({
    id: 'letter-mover',
    stage: 'identify',
    family: 'names',
    formula: 'mean over texts of a_END,word, the word whose first letter comes next',
    source: 'García-Carrasco et al. 2024 in the survey; methods 4.2 [TEX]; ours: attention alone',
    certainty: 'ours',
    threshold: 0.3,
    kinds: ['acronym'],
    keysOf: fromLast('word'),
  }),
  negative,
  createControlledTest({
    id: 'sentiment-summarizer',
    stage: 'identify',
    family: 'meaning',
    formula: 'mean over reviews of Σ a_SUM,j over the words of feeling j',
    source: 'Tigges et al. 2023 in the survey; methods 4.2 [TEX]; ours: the score',
    certainty: 'ours',
    threshold: 0.3,
    kinds: ['sentiment'],
    keysOf: (probe) => {
      const sum = endOf(probe, 'sum');
      const feelings = probe.places.feeling.flatMap(positionsOf);
      return (query) => (query === sum ? feelings : []);
    },
  }),
  sentimentReader,
  createControlledTest({
    id: 'subject',
    stage: 'identify',
    family: 'meaning',
    formula: 'mean over facts of Σ a_END,j over the subject’s tokens j',
    source: 'Chughtai et al. 2024 in the survey; methods 4.2 [TEX]; ours: attention alone',
    certainty: 'ours',
    threshold: 0.3,
    kinds: ['fact'],
    keysOf: fromLast('subject'),
  }),
  createControlledTest({
    id: 'relation',
    stage: 'identify',
    family: 'meaning',
    formula: 'mean over facts of Σ a_END,j over the relation’s tokens j',
    source: 'Chughtai et al. 2024 in the survey; methods 4.2 [TEX]; ours: attention alone',
    certainty: 'ours',
    threshold: 0.3,
    kinds: ['fact'],
    keysOf: fromLast('relation'),
  }),
  retrieval,
];

/** How many options a question has. */
export const OPTION_COUNT = 4;

const lettersOf = (probe: Probe) => probe.places.letter;

/** The right option's mass less the mean of the others'. */
function advantage(masses: readonly number[], answer: number): number {
  const sum = masses.reduce((total, mass) => total + mass, 0);
  return masses[answer] - (sum - masses[answer]) / (masses.length - 1);
}

/** Evenness of some masses: their entropy by the largest possible; 0 when all are 0. */
function evenness(masses: readonly number[]): number {
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  if (total <= 0) return 0;
  const entropy = masses.reduce(
    (sum, mass) => (mass > 0 ? sum - (mass / total) * Math.log(mass / total) : sum),
    0,
  );
  return entropy / Math.log(masses.length);
}

/** Numbers that the test keeps for a letter: its attention, and how often it stands at each offset. */
const LETTER_WIDTH = 1 + OFFSET_COUNT;

const singleLetter: ProbeTest = {
  ...describeTest({
    id: 'single-letter',
    stage: 'recall',
    family: 'options',
    formula: `max over letters k of the mean over questions of a_END,k, the right one changing, ${CONTROL_FORMULA}`,
    source: 'Lieberum et al. 2023 in the survey; methods 4.2 [TEX]; ours: the score',
    certainty: 'ours',
    threshold: 0.3,
  }),
  needs: 'probes',
  kinds: ['choice', CONTROL_KIND],
  width: 1 + OPTION_COUNT * LETTER_WIDTH + CONTROL_WIDTH,
  needsMatrix: true,
  patternsOf: () => [],
  read(seen, probe) {
    if (probe.kind === CONTROL_KIND) {
      const blank = new Array<number>(1 + OPTION_COUNT * LETTER_WIDTH).fill(0);
      return { adds: [...blank, ...readControl(seen)], best: null, isControl: true };
    }
    const matrix = seen.matrix();
    const end = lastOf(probe);
    const letters = lettersOf(probe);
    const masses = letters.map((range) => massOn(matrix, end, range));
    const most = masses.indexOf(Math.max(...masses));
    return {
      adds: [
        1,
        ...letters.flatMap((range, k) => [
          masses[k],
          ...countOffsets(positionsOf(range).map((key) => end - key)),
        ]),
      ],
      best: heaviestIn(matrix, end, letters[most]),
    };
  },
  score(sums) {
    if (!(sums[0] > 0)) return { score: Number.NaN, detail: null };
    const all = Array.from(sums);
    const control = all.slice(1 + OPTION_COUNT * LETTER_WIDTH);
    const means = Array.from({ length: OPTION_COUNT }, (_, k) => {
      const [mass, ...counts] = all.slice(1 + k * LETTER_WIDTH, 1 + (k + 1) * LETTER_WIDTH);
      return (mass - expectMass(counts, control)) / sums[0];
    });
    const most = Math.max(...means);
    return { score: most, detail: means.includes(most) ? means.indexOf(most) : null };
  },
};

/** Tests on questions with lettered options. */
export const CHOICE_TESTS: readonly ProbeTest[] = [
  createMatrixTest({
    id: 'constant',
    stage: 'recall',
    family: 'options',
    formula:
      'mean over questions of M · H(m / M) / ln 4; m_k: attention of END to option letter k, M = Σ m_k',
    source: 'Lieberum et al. 2023 in the survey; methods 4.2 [TEX]; ours: the score',
    certainty: 'ours',
    threshold: 0.3,
    kinds: ['choice'],
    readMatrix(matrix, probe) {
      const end = lastOf(probe);
      const masses = lettersOf(probe).map((range) => massOn(matrix, end, range));
      const all = masses.reduce((sum, mass) => sum + mass, 0);
      const cells = lettersOf(probe).map((range) => heaviestIn(matrix, end, range));
      const best = cells.reduce((a, b) => ((b?.weight ?? 0) > (a?.weight ?? 0) ? b : a), null);
      return { adds: [all * evenness(masses), 1], best };
    },
  }),
  singleLetter,
  createMatrixTest({
    id: 'correct-letter',
    stage: 'reason',
    family: 'options',
    formula: 'mean over questions of a_END,right letter minus the mean of the other letters',
    source: 'Lieberum et al. 2023 in the survey; methods 4.2 [TEX]; ours: the score',
    certainty: 'ours',
    threshold: 0.1,
    kinds: ['choice'],
    readMatrix(matrix, probe) {
      const end = lastOf(probe);
      const masses = lettersOf(probe).map((range) => massOn(matrix, end, range));
      return {
        adds: [advantage(masses, probe.answer), 1],
        best: heaviestIn(matrix, end, lettersOf(probe)[probe.answer]),
      };
    },
  }),
  createMatrixTest({
    id: 'content-gatherer',
    stage: 'identify',
    family: 'options',
    formula:
      'mean over questions of Σ a_END,j over the right answer’s words minus the mean of the others',
    source: 'Lieberum et al. 2023 in the survey; methods 4.2 [TEX]; ours: the score',
    certainty: 'ours',
    threshold: 0.1,
    kinds: ['choice'],
    readMatrix(matrix, probe) {
      const end = lastOf(probe);
      const contents = probe.places.content;
      const masses = contents.map((range) => massOn(matrix, end, range));
      return {
        adds: [advantage(masses, probe.answer), 1],
        best: heaviestIn(matrix, end, contents[probe.answer]),
      };
    },
  }),
];
