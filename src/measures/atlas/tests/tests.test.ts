import { describe, expect, it } from 'vitest';
import { drawProbe, rowsLookingAt, scoreDrawings } from '../../../testing/score-drawing.ts';
import { findRarest } from './text-tests.ts';

const words = (count: number, of = 'w'): string =>
  Array.from({ length: count }, (_, i) => `${of}${i}`).join(' ');

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
      return scoreDrawings('rare-words', [
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
  const ioi = (last: string, second = '.5 .1 .1 .2 .1') =>
    drawProbe(
      'names',
      `Ann and Tom . Tom to\n1\n.5 .5\n.3 .3 .4\n.25 .25 .25 .25\n${second}\n${last}`,
      {
        places: { io: [[0, 1]], s1: [[2, 3]], s2: [[4, 5]] },
      },
    );

  it('read the last token’s attention to the names, and the second name’s to the first', () => {
    const probe = ioi('.6 0 .1 0 .2 .1', '.2 .1 .7 0 0');
    expect(scoreDrawings('name-mover', [probe])).toMatchObject({
      best: { query: 5, key: 0, probe: 0 },
    });
    expect(scoreDrawings('name-mover', [probe]).score).toBeCloseTo(0.6);
    expect(scoreDrawings('suppression', [probe]).score).toBeCloseTo(0.2);
    expect(scoreDrawings('duplicate-name', [probe]).score).toBeCloseTo(0.7);
  });

  it('take the mean over texts, and show the clearest of them', () => {
    const { score, best, probeCount } = scoreDrawings('name-mover', [
      ioi('.6 0 .1 0 .2 .1'),
      ioi('.8 0 .1 0 0 .1'),
    ]);
    expect(score).toBeCloseTo(0.7);
    expect([best?.probe, probeCount]).toEqual([1, 2]);
  });

  it('sum over all tokens of a place', () => {
    const probe = drawProbe('fact', 'capital Burkina Faso is\n1\n.5 .5\n.3 .3 .4\n.2 .3 .4 .1', {
      places: { subject: [[1, 3]], relation: [[0, 1]] },
    });
    expect(scoreDrawings('subject', [probe]).score).toBeCloseTo(0.7);
    expect(scoreDrawings('relation', [probe]).score).toBeCloseTo(0.2);
  });

  it('weigh no against yes', () => {
    const draw = (row: string) =>
      drawProbe('yes-no', `Yes No is\n1\n.5 .5\n${row}`, {
        places: { yes: [[0, 1]], no: [[1, 2]] },
      });
    expect(scoreDrawings('negative', [draw('.2 .6 .2')]).score).toBeCloseTo(0.8 * Math.log(3));
    expect(scoreDrawings('negative', [draw('.6 .2 .2')]).score).toBeCloseTo(-0.8 * Math.log(3));
    expect(scoreDrawings('negative', [draw('.4 .4 .2')]).score).toBeCloseTo(0);
    expect(scoreDrawings('negative', [draw('0 1 0')]).score).toBeCloseTo(Math.log(1e9));
  });

  it('tell a reader of the summary from a head that looks one back', () => {
    const draw = (rows: string) =>
      drawProbe('sentiment', `great film was\n${rows}`, {
        places: { feeling: [[0, 1]], sum: [[1, 2]] },
      });
    expect(scoreDrawings('sentiment-reader', [draw('1\n1 0\n0 1 0')]).score).toBe(0);
    expect(scoreDrawings('sentiment-reader', [draw('1\n0 1\n0 1 0')]).score).toBe(1);
    expect(scoreDrawings('sentiment-summarizer', [draw('1\n.7 .3\n0 1 0')]).score).toBeCloseTo(0.7);
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

  it('take off what the best fixed offset finds', () => {
    const pure = scoreDrawings('syntax-determiner', [
      draw((query) => (query === 3 ? 1 : query === 5 ? 4 : 0)),
    ]);
    // Both pairs found; either offset, 1 or 2, finds one of them.
    expect([pure.score, pure.detail]).toEqual([0.5, 1]);
    expect(pure.best).toMatchObject({ query: 3, key: 1 });
    const previous = scoreDrawings('syntax-determiner', [draw((query) => Math.max(0, query - 1))]);
    expect([previous.score, previous.detail]).toEqual([0, 0.5]);
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
