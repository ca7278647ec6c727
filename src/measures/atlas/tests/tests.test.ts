import { describe, expect, it } from 'vitest';
import { drawProbe, rowsLookingAt, scoreDrawings } from '../../../testing/score-drawing.ts';
import { chanceOf } from './syntax-tests.ts';
import { findRarest } from './text-tests.ts';

const words = (count: number, of = 'w'): string =>
  Array.from({ length: count }, (_, i) => `${of}${i}`).join(' ');

/** A text on which a head rests on the first token: distances mean nothing to it. */
const rest = () => drawProbe('text', `${words(12)}\n${rowsLookingAt(12, () => 0)}`);

describe('tests on random tokens', () => {
  const text = 'a b c a b c';
  const at = (id: string, keyOf: (query: number) => number) =>
    scoreDrawings(id, [drawProbe('random', `${text}\n${rowsLookingAt(6, keyOf)}`, { period: 3 })]);

  it('give a pure head of each kind a 1', () => {
    // From the last token of the first round on: its successor stands first.
    expect(at('induction', (query) => (query >= 2 ? query - 2 : query)).score).toBe(1);
    expect(at('previous', (query) => Math.max(0, query - 1)).score).toBe(1);
    expect(at('duplicate', (query) => (query >= 3 ? query - 3 : query)).score).toBe(1);
    expect(at('current', (query) => query).score).toBe(1);
    expect(at('first-random', () => 0).score).toBe(1);
  });

  it('give it nothing of another kind', () => {
    const previous = (query: number) => Math.max(0, query - 1);
    expect(at('induction', previous).score).toBe(0);
    expect(at('duplicate', previous).score).toBe(0);
    // The first token can look only at itself.
    expect(at('current', previous).score).toBeCloseTo(1 / 6);
  });

  it('leave a begin token out', () => {
    const begun = (id: string, keyOf: (query: number) => number) =>
      scoreDrawings(id, [
        drawProbe('random', `<s> ${text}\n${rowsLookingAt(7, keyOf)}`, { period: 3 }),
      ]).score;
    expect(begun('induction', (query) => (query >= 3 ? query - 2 : 0))).toBe(1);
    expect(begun('previous', (query) => (query >= 2 ? query - 1 : 0))).toBe(1);
    expect(begun('duplicate', (query) => (query >= 4 ? query - 3 : 0))).toBe(1);
    expect(begun('current', (query) => query)).toBe(1);
    expect(begun('first-random', () => 0)).toBe(1);
  });

  it('show the heaviest cell', () => {
    const rows = '1\n0 1\n.5 0 .5\n0 .25 0 .75\n0 0 .9 0 .1\n0 0 0 .5 0 .5';
    const { score, best } = scoreDrawings('induction', [
      drawProbe('random', `${text}\n${rows}`, { period: 3 }),
    ]);
    expect(score).toBeCloseTo((0.5 + 0.25 + 0.9 + 0.5) / 4);
    expect(best?.weight).toBeCloseTo(0.9);
    expect(best).toMatchObject({ query: 4, key: 2 });
  });

  it('sums over all earlier copies for prefix matching, the begin token aside', () => {
    // <s> a b a b a b: the fifth token, a, looks at what followed both earlier ones.
    const rows = ['1', '1 0', '1 0 0', '0 0 1 0', '1 0 0 0 0', '0 0 .5 0 .5 0', '0 0 0 .5 0 .5 0'];
    const { score, best } = scoreDrawings('prefix-matching', [
      drawProbe('cycles', `<s> a b a b a b\n${rows.join('\n')}`, { period: 2 }),
    ]);
    // Queries 3 to 6: 1, 0, 1, 1.
    expect(score).toBeCloseTo(3 / 4);
    expect(best).toEqual({ probe: 0, query: 3, key: 2, weight: 1 });
  });
});

describe('tests on texts', () => {
  it('find the one offset that a head keeps to', () => {
    const text = words(20);
    const { score, detail, best } = scoreDrawings('positional', [
      drawProbe('text', `${text}\n${rowsLookingAt(20, (query) => Math.max(0, query - 3))}`),
    ]);
    expect([score, detail]).toEqual([1, 3]);
    expect((best?.query ?? 0) - (best?.key ?? 0)).toBe(3);
  });

  it('do not take the first token for an offset', () => {
    const drawing = `${words(20)}\n${rowsLookingAt(20, () => 0)}`;
    // Only the query 8 has the first token 8 back.
    expect(scoreDrawings('positional', [drawProbe('text', drawing)]).score).toBeCloseTo(1 / 12);
    expect(scoreDrawings('sink', [drawProbe('text', drawing)]).score).toBe(1);
    expect(scoreDrawings('first-four', [drawProbe('text', drawing)]).score).toBe(1);
  });

  it('add the first four keys and the last sixteen for streaming', () => {
    const drawing = `${words(24)}\n${rowsLookingAt(24, (query) => (query === 23 ? 5 : query))}`;
    // Queries 20 to 23; the last of them looks between both ends.
    expect(scoreDrawings('streaming', [drawProbe('text', drawing)]).score).toBeCloseTo(3 / 4);
  });

  it('tell the merging of pieces from looking back', () => {
    const pieces = drawProbe(
      'text',
      `w x y z\n${rowsLookingAt(4, (query) => Math.max(0, query - 1))}`,
    );
    const merged = (rows: string) => {
      const { probe, slice } = drawProbe('text', `w x y z\n${rows}`);
      // "w xy z": the third token goes on with the second.
      const tokens = {
        ...probe.tokens,
        text: 'w xy z',
        starts: Int32Array.of(0, 1, 3, 4),
        ends: Int32Array.of(1, 3, 4, 6),
      };
      return scoreDrawings('subword-merge', [{ probe: { ...probe, tokens }, slice }]);
    };
    expect(merged(rowsLookingAt(4, (query) => Math.max(0, query - 1))).score).toBe(0);
    const { score, best } = merged(rowsLookingAt(4, (query) => (query === 2 ? 1 : 0)));
    expect(score).toBe(1);
    expect(best).toEqual({ probe: 0, query: 2, key: 1, weight: 1 });
    expect(scoreDrawings('subword-merge', [pieces]).score).toBeNaN();
  });

  it('count attention to punctuation', () => {
    const { score, best } = scoreDrawings('delimiter', [
      drawProbe('text', 'a , b c\n1\n.2 .8\n.1 .9 0\n.6 .4 0 0'),
    ]);
    // Queries 1 to 3 have the comma before them or are it.
    expect(score).toBeCloseTo((0.8 + 0.9 + 0.4) / 3);
    expect(best).toMatchObject({ query: 2, key: 1 });
  });

  it('find the rarest token but for the nearest ones', () => {
    expect(findRarest(Int32Array.of(90, 5, 7, 7, 1), 4)).toBe(2);
    const ids = Int32Array.of(90, 5, 80, 7, 6, 3, 70);
    const look = (keyOf: (query: number) => number) => {
      const { probe, slice } = drawProbe('sentence', `${words(7)}\n${rowsLookingAt(7, keyOf)}`);
      return scoreDrawings('rare-token-back', [
        { probe: { ...probe, tokens: { ...probe.tokens, ids } }, slice },
      ]);
    };
    expect(look((query) => Math.min(query, 2))).toMatchObject({ score: 1, best: { key: 2 } });
    expect(look((query) => (query === 5 ? 2 : 1)).score).toBeCloseTo(1 / 3);
  });

  it('take the first token out of confidence', () => {
    const { score } = scoreDrawings('confidence', [drawProbe('text', 'a b c\n1\n.4 .6\n.8 .1 .1')]);
    expect(score).toBeCloseTo((0.6 + 0.1) / 2);
  });
});

describe('tests on templates', () => {
  const ioi = (last: string, second = '.5 .1 .1 .1 .1 .1') =>
    drawProbe(
      'names',
      `When Ann and Tom . Tom to\n1\n.5 .5\n.3 .3 .4\n.4 .2 .2 .2\n1 0 0 0 0\n${second}\n${last}`,
      {
        places: { io: [[1, 2]], s1: [[3, 4]], s2: [[5, 6]] },
      },
    );

  it('read the last token’s attention to the names, and the second name’s to the first', () => {
    const probes = [ioi('0 .6 0 .1 0 .2 .1', '0 .2 .1 .7 0 0'), rest()];
    const { score, best } = scoreDrawings('name-attention', probes);
    expect(score).toBeCloseTo(0.6);
    expect(best).toMatchObject({ query: 6, key: 1, probe: 0 });
    expect(scoreDrawings('repeated-name', probes).score).toBeCloseTo(0.2);
    expect(scoreDrawings('duplicate-name', probes).score).toBeCloseTo(0.7);
  });

  it('take the mean over texts, and show the clearest of them', () => {
    const { score, best, probeCount } = scoreDrawings('name-attention', [
      rest(),
      ioi('0 .6 0 .1 0 .2 .1'),
      ioi('0 .8 0 .1 0 0 .1'),
    ]);
    expect(score).toBeCloseTo(0.7);
    expect([best?.probe, probeCount]).toEqual([2, 2]);
  });

  it('take off what the head gives to the same distance anyway', () => {
    const probe = ioi('0 .6 0 .1 0 .2 .1');
    const half = Array.from({ length: 12 }, (_, query) =>
      Array.from({ length: query + 1 }, (_, key) =>
        query < 5 ? Number(key === 0) : Number(key === 0 || key === query - 5) / 2,
      ).join(' '),
    ).join('\n');
    const habit = drawProbe('text', `${words(12)}\n${half}`);
    // Five back gets a half on the text.
    expect(scoreDrawings('name-attention', [probe, habit]).score).toBeCloseTo(0.1);
    expect(scoreDrawings('repeated-name', [probe, habit]).score).toBeCloseTo(0.2);
    expect(scoreDrawings('name-attention', [probe]).score).toBeNaN();
  });

  it('sum over all tokens of a place', () => {
    const probes = [
      drawProbe('fact', 'the capital Burkina Faso is\n1\n1 0\n1 0 0\n1 0 0 0\n0 .2 .3 .4 .1', {
        places: { subject: [[2, 4]], relation: [[1, 2]] },
      }),
      rest(),
    ];
    expect(scoreDrawings('subject', probes).score).toBeCloseTo(0.7);
    expect(scoreDrawings('relation', probes).score).toBeCloseTo(0.2);
  });

  it('weigh no against yes, in the order of the words in which it is less', () => {
    const yesFirst = (row: string) =>
      drawProbe('yes-no', `Yes No is\n1\n.5 .5\n${row}`, {
        places: { yes: [[0, 1]], no: [[1, 2]] },
      });
    const noFirst = (row: string) =>
      drawProbe('yes-no', `No Yes is\n1\n.5 .5\n${row}`, {
        places: { no: [[0, 1]], yes: [[1, 2]] },
      });
    const score = (one: string, other: string) =>
      scoreDrawings('negative', [yesFirst(one), noFirst(other)]).score;
    expect(score('.2 .6 .2', '.6 .2 .2')).toBeCloseTo(0.8 * Math.log(3));
    // The same place in both orders is not the same word.
    expect(score('.2 .6 .2', '.2 .6 .2')).toBeCloseTo(-0.8 * Math.log(3));
    expect(score('.4 .4 .2', '.6 .2 .2')).toBeCloseTo(0);
    expect(score('0 1 0', '1 0 0')).toBeCloseTo(Math.log(1e9));
    expect(scoreDrawings('negative', [yesFirst('.2 .6 .2')]).score).toBeNaN();
  });

  it('tell a reader of the summary from a head that looks one back', () => {
    const draw = (rows: string) =>
      drawProbe('sentiment', `great film was\n${rows}`, {
        places: { feeling: [[0, 1]], sum: [[1, 2]] },
      });
    expect(scoreDrawings('sentiment-reader', [draw('1\n1 0\n0 1 0')]).score).toBe(0);
    expect(scoreDrawings('sentiment-reader', [draw('1\n0 1\n0 1 0')]).score).toBe(1);
    expect(
      scoreDrawings('sentiment-summarizer', [draw('1\n.7 .3\n0 1 0'), rest()]).score,
    ).toBeCloseTo(0.7);
  });

  it('count an answer’s tokens that are found in the needle', () => {
    // needle "k x y", answer "x y": queries k (predicts x) and x (predicts y).
    const draw = (k: string, x: string) =>
      drawProbe('needle', `k x y k x y\n1\n1 0\n1 0 0\n${k}\n${x}\n1 0 0 0 0 0`, {
        places: { needle: [[1, 3]], answer: [[4, 6]] },
      });
    expect(scoreDrawings('retrieval', [draw('0 .9 0 .1', '0 0 .8 0 .2')])).toMatchObject({
      score: 1,
      best: { query: 3, key: 1 },
    });
    // The right place with the wrong token, and the right token outside the needle.
    expect(scoreDrawings('retrieval', [draw('.9 0 0 .1', '0 0 .8 0 .2')]).score).toBe(0.5);
  });
});

describe('tests on options', () => {
  const draw = (row: string, answer = 0) =>
    drawProbe('choice', `A a B b C c D d :\n${rowsLookingAt(8, () => 0)}\n${row}`, {
      places: {
        letter: [
          [0, 1],
          [2, 3],
          [4, 5],
          [6, 7],
        ],
        content: [
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
        ],
      },
      answer,
    });

  it('give an even look at all letters a 1, and less to an uneven one', () => {
    expect(scoreDrawings('constant', [draw('.25 0 .25 0 .25 0 .25 0 0')]).score).toBeCloseTo(1);
    expect(scoreDrawings('constant', [draw('1 0 0 0 0 0 0 0 0')]).score).toBeCloseTo(0);
    expect(scoreDrawings('constant', [draw('.25 0 .25 0 0 0 0 0 .5')]).score).toBeCloseTo(0.25);
    expect(scoreDrawings('constant', [draw('0 0 0 0 0 0 0 0 1')]).score).toBe(0);
  });

  it('find the one letter that a head prefers whatever is right', () => {
    const { score, detail, best } = scoreDrawings('single-letter', [
      draw('0 0 .8 0 0 0 0 0 .2', 0),
      draw('.2 0 .6 0 0 0 0 0 .2', 3),
      rest(),
    ]);
    expect(score).toBeCloseTo(0.7);
    expect(detail).toBe(1);
    expect(best).toMatchObject({ probe: 0, key: 2 });
  });

  it('set the right option against the others', () => {
    const row = '.1 .1 .5 .3 0 0 0 0 0';
    expect(scoreDrawings('correct-letter', [draw(row, 1)]).score).toBeCloseTo(0.5 - 0.1 / 3);
    expect(scoreDrawings('correct-letter', [draw(row, 2)]).score).toBeCloseTo(-0.2);
    expect(scoreDrawings('content-gatherer', [draw(row, 1)]).score).toBeCloseTo(0.3 - 0.1 / 3);
  });
});

describe('tests of syntax', () => {
  const links = {
    determiner: [
      [3, 1],
      [5, 4],
    ],
  } as const;
  const draw = (keyOf: (query: number) => number) =>
    drawProbe('sentence', `So the big dog a cat\n${rowsLookingAt(6, keyOf)}`, {
      places: { word: [0, 1, 2, 3, 4, 5].map((at) => [at, at + 1] as const) },
      links,
    });

  const pure = (query: number): number => (query === 3 ? 1 : query === 5 ? 4 : 0);
  const often = (count: number, one = draw(pure)) => Array.from({ length: count }, () => one);

  it('take off what the best fixed offset finds', () => {
    const found = scoreDrawings('syntax-determiner', often(6));
    // Both pairs found; either offset, 1 or 2, finds one of them.
    expect([found.score, found.detail]).toEqual([0.5, 1]);
    expect(found.best).toMatchObject({ query: 3, key: 1 });
    const previous = draw((query) => Math.max(0, query - 1));
    const { score, detail } = scoreDrawings('syntax-determiner', often(6, previous));
    expect([score, detail]).toEqual([0, 0.5]);
  });

  it('believe only what chance and faint weights do not explain', () => {
    // Two pairs are too few: the offset finds both with p = 1/4.
    expect(scoreDrawings('syntax-determiner', [draw(pure)]).score).toBe(0);
    const faint = Array.from({ length: 6 }, (_, query) =>
      Array.from({ length: query + 1 }, (_, key) =>
        pure(query) === 0 ? Number(key === 0) : ([0.95, 0.05][[0, pure(query)].indexOf(key)] ?? 0),
      ).join(' '),
    ).join('\n');
    const probe = drawProbe('sentence', `So the big dog a cat\n${faint}`, {
      places: { word: [0, 1, 2, 3, 4, 5].map((at) => [at, at + 1] as const) },
      links,
    });
    expect(scoreDrawings('syntax-determiner', often(6, probe))).toMatchObject({
      score: 0,
      detail: 1,
    });
    expect(chanceOf(12, 12, 0.5)).toBeCloseTo(2 ** -12, 6);
    expect([chanceOf(0, 5, 0.5), chanceOf(5, 5, 1), chanceOf(1, 5, 0)]).toEqual([1, 1, 0]);
  });

  it('find nothing where there is no attention', () => {
    const { detail, best } = scoreDrawings('syntax-determiner', [draw(() => 0)]);
    expect([detail, best]).toEqual([0, null]);
  });

  it('leave out the first token and the word itself', () => {
    const rows = '1\n1 0\n1 0 0\n.6 .1 0 .3\n1 0 0 0 0\n.6 0 0 0 .1 .3';
    const { detail } = scoreDrawings('syntax-determiner', [
      drawProbe('sentence', `So the big dog a cat\n${rows}`, {
        places: { word: [0, 1, 2, 3, 4, 5].map((at) => [at, at + 1] as const) },
        links,
      }),
    ]);
    expect(detail).toBe(1);
  });

  it('are undefined without such pairs', () => {
    expect(scoreDrawings('syntax-object', [draw(() => 0)])).toMatchObject({
      score: Number.NaN,
      best: null,
      probeCount: 0,
    });
  });
});
