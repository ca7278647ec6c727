import { foldIntoReader } from '../../../measures/fold-norm.ts';
import { getValue } from '../../../measures/measure.ts';
import { computeEigenvalueScore } from '../../../measures/ov-copying.ts';
import {
  computeCopySuppression,
  computeTokenCopying,
  countNameHits,
  countSuccessors,
  type TokenLogits,
} from '../../../measures/token-logits.ts';
import {
  distanceOf,
  mean,
  minus,
  negative,
  over,
  root,
  squared,
  sum,
  times,
} from '../arithmetic.ts';
import { createProse, type MeasureDoc, type WorkedTable } from '../measure-doc.ts';

const prose = createProse('measure-docs-weights', {
  'ov-copying': {
    title: 'Copying by eigenvalues of OV',
    sentence:
      'Whether a head, wherever it looks, makes the token it looks at more likely: read from its weights alone, with no text.',
    reading: '1: copies tokens. 0: neither. −1: makes them less likely.',
    symbols: [
      'what the head’s values and outputs make of each token’s embedding, as logits of each token',
      'its eigenvalues: a positive one belongs to tokens that raise themselves',
      'the vocabulary’s embeddings and unembeddings; the head’s values and outputs',
    ],
    tables: [
      'The small product O·Uᵀ·E·V of a head of size 2. It has the same eigenvalues as the huge vocabulary × vocabulary one, but for zeros.',
      'The same with the norm before attention folded in: its gains are 1 and 2, so the second column doubles.',
    ],
    steps: [
      'Trace and determinant of the plain product, and the two eigenvalues from them.',
      'The same with the norm’s gains folded in.',
    ],
    results: ['plain', 'norms folded in'],
    limits: [
      'It leaves out where the head looks: a head that copies whatever it sees may never look.',
      'Norms divide by a number that depends on the text, and what layers between do to a token is not in it. Folding the gains in is nearer to the model than the plain matrices; neither is the whole path.',
      'Many heads score above 0 because embeddings of like tokens are alike; compare heads of one model with each other.',
      'The formula is known to us from the literature and was not re-read in the paper.',
    ],
    where: 'Atlas: evidence for copying roles, with the weights’ scores.',
    also: 'OV circuit eigenvalue Elhage copying positive trace',
  },
  'token-copying': {
    title: 'Copying on random tokens',
    sentence:
      'If a token is looked at, how much of what the head adds to the context’s tokens goes to that very token.',
    reading: '1: all to the token itself. −1: nothing to it.',
    symbols: [
      'what looking at token i adds to the logit of token k',
      'mean of row i',
      'the part above the mean',
    ],
    tables: [
      'Three random tokens: a row for each token that is looked at, a column for each whose logit changes.',
    ],
    steps: [
      'For each row: the own logit above the row’s mean, as a share of all that is above it; from 0…1 stretched to −1…1.',
    ],
    results: ['copying'],
    limits: [
      'Only the tokens of the context are compared; the head may raise others still more.',
      'How the share is stretched to −1…1 is our reading; the paper’s exact form was not re-read.',
      'A token that is raised by less than the mean counts as not copied at all.',
    ],
    where: 'Atlas: the role “induction”, second half.',
    also: 'Olsson logit attribution direct contribution',
  },
  'name-copying': {
    title: 'Name mover copy score',
    sentence: 'If a head looks at a name, is that name then among the five tokens it raises most?',
    reading:
      '1: always. Name movers come near 1; an ordinary head stays low. The negative score asks the same of what it lowers most.',
    symbols: [
      'names in all prompts: three in each of N prompts',
      'names among the five tokens with the largest logits (the smallest, for the negative score)',
    ],
    tables: [
      'Three names against a vocabulary of five, with two best in place of the program’s five; the names’ own logits are marked.',
    ],
    steps: ['Names among the two largest of their row.', 'Names among the two smallest.'],
    results: ['name copying', 'negative name copying'],
    limits: [
      'It asks what would happen if the name were looked at, not whether it is.',
      'The stream is taken after the first layer; later layers may have changed what stands at a name.',
      'Prompts and names are those of one task; names that are more than one token are left out.',
    ],
    where: 'Atlas: the roles “name mover” and “negative name mover”.',
    also: 'IOI indirect object identification Wang copy negative head',
  },
  successor: {
    title: 'Successor score',
    sentence:
      'If a head looks at “Monday”, does it raise “Tuesday” most? The share of days, months, numbers and letters for which it raises the next one.',
    reading: '1: always the next. Chance is one in the length of the list.',
    symbols: [
      'a token of an ordered list that has a successor',
      'what looking at x adds to the logit of y, within the list',
    ],
    tables: [
      'Four days; the successor of each is marked. Thursday is the last of this list and not asked.',
    ],
    steps: ['Days whose largest logit in the list is their successor’s.'],
    results: ['successor'],
    limits: [
      'Only tokens of the list are compared: the head may raise other tokens more.',
      'It needs words that are one token in this model’s vocabulary; lists shrink to those.',
      'The effective embedding goes through the first layer’s MLP and nothing else.',
    ],
    where: 'Atlas: the role “successor”.',
    also: 'ordinal increment Gould days months numbers',
  },
  'copy-suppression': {
    title: 'Copy suppression',
    sentence:
      'Whether a head that looks at a token makes this very token less likely than the others.',
    reading:
      'Positive: own tokens lie below the mean, in standard deviations. Negative: the head copies. The second form is a share, 0 to 1.',
    symbols: [
      'what looking at token i adds to the logit of token k',
      'mean and standard deviation of row i',
      'number of tokens in the sample',
    ],
    tables: ['Three tokens of a sample; the own logits are marked.'],
    steps: [
      'How far each own logit lies below its row’s mean, in the row’s standard deviations.',
      'Rows whose own logit is the smallest (the program asks for the ten smallest).',
    ],
    results: ['score', 'own logit among the lowest'],
    limits: [
      'It is taken over a sample of tokens in place of the whole vocabulary, which makes the share “among the ten lowest” larger than in the paper: ours, not comparable.',
      'It does not look at attention. Suppression in the paper’s sense also needs the head to look at tokens that are about to be said.',
      'Rows where all logits are equal have no score and are left out.',
    ],
    where: 'Atlas: the role “copy suppression”.',
    also: 'McDougall L10H7 negative head anti-copying',
  },
});

/** λ of a 2 × 2 matrix, both real. */
function eigenvalues([a, b, c, d]: readonly number[]) {
  const trace = sum([a, d]);
  const determinant = minus(times(a, d), times(b, c));
  const inRoot = root(minus(squared(trace.value), times(4, determinant.value)));
  return {
    trace,
    determinant,
    first: over(sum([trace.value, inRoot]), 2),
    second: over(minus(trace.value, inRoot), 2),
  };
}

const PLAIN = Float32Array.of(3, 1, 1, 0);
const FOLDED = foldIntoReader(PLAIN, 2, { gain: Float32Array.of(1, 2), isCentred: false });

const toMatrixTable = (values: Float32Array): WorkedTable => ({
  rows: ['1', '2'],
  columns: ['1', '2'],
  values: [Array.from(values.subarray(0, 2)), Array.from(values.subarray(2))],
  kind: 'signed',
});

function toLogits(rows: readonly (readonly number[])[]): TokenLogits {
  return { rows: rows.length, columns: rows[0].length, logits: Float32Array.from(rows.flat()) };
}

const CONTEXT = ['k7', 'q2', 'z5'];
const COPIED = [
  [3, 0, 0],
  [1, 2, 0],
  [0, 3, 3],
];
const NAMES = ['Mary', 'John', 'Ann'];
const VOCABULARY = ['Mary', 'John', 'Ann', 'the', 'ran'];
const NAMED = [
  [5, 1, 0, 2, -1],
  [0, 3, 1, 4, 2],
  [2, 1, -2, 0, 3],
];
const DAYS = ['Mon', 'Tue', 'Wed', 'Thu'];
const NEXT = [1, 2, 3, -1];
const ORDERED = [
  [1, 4, 0, 0],
  [0, 1, 3, 2],
  [0, 3, 1, 2],
  [1, 0, 0, 2],
];
const SAMPLE = ['cat', 'dog', 'sun'];
const SUPPRESSED = [
  [-4, 1, 0],
  [2, -1, 2],
  [0, 3, 0],
];

const isOwn = (row: number, column: number): boolean => row === column;
const rankOf = (row: readonly number[], value: number): number =>
  row.filter((each) => each >= value).length;
const rankBelow = (row: readonly number[], value: number): number =>
  row.filter((each) => each <= value).length;
/** One for each row that holds, so that the sum is how many. */
const countWhere = (flags: readonly boolean[]) => sum(flags.map((flag) => (flag ? 1 : 0)));

const fromLiterature = { certainty: 'standard' } as const;

export const WEIGHTS: readonly MeasureDoc[] = [
  {
    id: 'ov-copying',
    group: 'weights',
    formulas: ['\\frac{∑_i λ_i}{∑_i |λ_i|}', 'λ_i \\text{ of } M = E V O U^T'],
    symbols: ['M', 'λ_i', 'E, U, V, O'],
    facts: [
      {
        id: 'ov-copying',
        unit: 'score',
        range: [-1, 1],
        source: 'Elhage et al. 2021; methods 5.6 [MEM]',
        ...fromLiterature,
      },
      {
        id: 'ov-copying-folded',
        unit: 'score',
        range: [-1, 1],
        source: 'the same with the norms’ gains folded into the weights; methods 5.6 [MEM]',
        ...fromLiterature,
      },
    ],
    needs: ['weights'],
    related: ['token-copying', 'induction', 'copy-suppression'],
    prose: prose('ov-copying'),
    work: () => {
      const both = [PLAIN, FOLDED].map((values) => ({ values, ...eigenvalues([...values]) }));
      return {
        tables: both.map(({ values }) => toMatrixTable(values)),
        steps: both.flatMap(({ trace, determinant, first, second }, says) => [
          { left: '\\text{trace}', expression: trace, says },
          { left: '\\text{determinant}', expression: determinant, says: null },
          { left: 'λ_1', expression: first, says: null },
          { left: 'λ_2', expression: second, says: null },
        ]),
        results: both.map(({ values, first, second }) => ({
          left: '\\frac{λ_1 + λ_2}{|λ_1| + |λ_2|}',
          expression: over(
            sum([first.value, second.value]),
            sum([distanceOf(first.value), distanceOf(second.value)]),
          ),
          value: computeEigenvalueScore(values, 2),
          unit: 'score' as const,
        })),
      };
    },
  },
  {
    id: 'token-copying',
    group: 'weights',
    formulas: [
      '2 · \\mean_i \\frac{r_{ii}}{∑_k r_{ik}} − 1',
      'r_{ik} = \\max(0, l_{ik} − \\bar{l}_i)',
    ],
    symbols: ['l_{ik}', '\\bar{l}_i', 'r_{ik}'],
    facts: [
      {
        id: 'token-copying',
        unit: 'score',
        range: [-1, 1],
        source: 'after Olsson et al. 2022, how shares are rescaled is ours; methods 5.3 [MEM]',
        certainty: 'ours',
      },
    ],
    needs: ['weights', 'random'],
    related: ['prefix-matching', 'ov-copying', 'name-copying'],
    prose: prose('token-copying'),
    work: () => {
      const rows = COPIED.map((row, i) => {
        const average = mean(row).value;
        const above = row.map((each) => Math.max(0, each - average));
        return minus(over(times(2, above[i]), sum(above)), 1);
      });
      return {
        tables: [
          { rows: CONTEXT, columns: CONTEXT, values: COPIED, kind: 'signed', isMarked: isOwn },
        ],
        steps: rows.map((expression, i) => ({
          left: `\\text{${CONTEXT[i]}}`,
          expression,
          says: i === 0 ? 0 : null,
        })),
        results: [
          {
            left: '\\text{copying}',
            expression: mean(rows.map(({ value }) => value)),
            value: getValue(computeTokenCopying(toLogits(COPIED), [0, 1, 2])),
            unit: 'score',
          },
        ],
      };
    },
  },
  {
    id: 'name-copying',
    group: 'weights',
    formulas: ['\\frac{\\text{hits}}{3 N}'],
    symbols: ['3 N', '\\text{hits}'],
    facts: [
      {
        id: 'name-copying',
        unit: 'share',
        range: [0, 1],
        source: 'Wang et al. 2022; methods 5.7 [CODE]',
        certainty: 'standard',
      },
      {
        id: 'negative-name-copying',
        unit: 'share',
        range: [0, 1],
        source: 'Wang et al. 2022, the head’s sign turned; methods 5.7 [CODE]',
        certainty: 'standard',
      },
    ],
    needs: ['weights'],
    related: ['copy-suppression', 'ov-copying', 'token-copying'],
    prose: prose('name-copying'),
    work: () => {
      const hits = countNameHits(toLogits(NAMED), [0, 1, 2], 2);
      const large = countWhere(NAMED.map((row, i) => rankOf(row, row[i]) <= 2));
      const small = countWhere(NAMED.map((row, i) => rankBelow(row, row[i]) <= 2));
      return {
        tables: [
          { rows: NAMES, columns: VOCABULARY, values: NAMED, kind: 'signed', isMarked: isOwn },
        ],
        steps: [
          { left: '\\text{hits}', expression: large, says: 0 },
          { left: '\\text{hits}', expression: small, says: 1 },
        ],
        results: [
          {
            left: '\\text{score}',
            expression: over(large.value, NAMES.length),
            value: hits.largest / NAMES.length,
            unit: 'share',
          },
          {
            left: '\\text{score}',
            expression: over(small.value, NAMES.length),
            value: hits.smallest / NAMES.length,
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'successor',
    group: 'weights',
    formulas: ['\\share_x ( \\argmax_y l_{xy} = x + 1 )'],
    symbols: ['x', 'l_{xy}'],
    facts: [
      {
        id: 'successor',
        unit: 'share',
        range: [0, 1],
        source: 'Gould et al. 2023; methods 5.9 [MEM]',
        certainty: 'standard',
      },
    ],
    needs: ['weights'],
    related: ['ov-copying', 'name-copying'],
    prose: prose('successor'),
    work: () => {
      const asked = ORDERED.flatMap((row, i) =>
        NEXT[i] < 0 ? [] : [row.indexOf(Math.max(...row)) === NEXT[i]],
      );
      const hits = countWhere(asked);
      return {
        tables: [
          {
            rows: DAYS,
            columns: DAYS,
            values: ORDERED,
            kind: 'signed',
            isMarked: (row, column) => NEXT[row] === column,
          },
        ],
        steps: [{ left: '\\text{hits}', expression: hits, says: 0 }],
        results: [
          {
            left: '\\text{successor}',
            expression: over(hits.value, asked.length),
            value: getValue(countSuccessors(toLogits(ORDERED), NEXT)),
            unit: 'share',
          },
        ],
      };
    },
  },
  {
    id: 'copy-suppression',
    group: 'weights',
    formulas: ['−\\frac{1}{n} ∑_i \\frac{l_{ii} − \\bar{l}_i}{σ_i}'],
    symbols: ['l_{ik}', '\\bar{l}_i, σ_i', 'n'],
    facts: [
      {
        id: 'copy-suppression',
        unit: 'score',
        range: [null, null],
        source: 'after McDougall et al. 2023, over a sample of tokens; methods 5.8 [MEM]',
        certainty: 'ours',
      },
      {
        id: 'copy-suppression-lowest',
        unit: 'share',
        range: [0, 1],
        source: 'after McDougall et al. 2023, over a sample of tokens; methods 5.8 [MEM]',
        certainty: 'ours',
      },
    ],
    needs: ['weights'],
    related: ['name-copying', 'ov-copying'],
    prose: prose('copy-suppression'),
    work: () => {
      const scores = SUPPRESSED.map((row, i) => {
        const average = mean(row).value;
        const deviation = root(mean(row.map((each) => squared(each - average)))).value;
        return negative(over(minus(row[i], average), deviation));
      });
      const lowest = countWhere(SUPPRESSED.map((row, i) => rankBelow(row, row[i]) <= 1));
      const { score, lowest: found } = computeCopySuppression(toLogits(SUPPRESSED), 1);
      return {
        tables: [
          { rows: SAMPLE, columns: SAMPLE, values: SUPPRESSED, kind: 'signed', isMarked: isOwn },
        ],
        steps: [
          ...scores.map((expression, i) => ({
            left: `\\text{${SAMPLE[i]}}`,
            expression,
            says: i === 0 ? 0 : null,
          })),
          { left: '\\text{lowest}', expression: lowest, says: 1 },
        ],
        results: [
          {
            left: '\\text{score}',
            expression: mean(scores.map(({ value }) => value)),
            value: getValue(score),
            unit: 'score',
          },
          {
            left: '\\text{share}',
            expression: over(lowest.value, SAMPLE.length),
            value: getValue(found),
            unit: 'share',
          },
        ],
      };
    },
  },
];
