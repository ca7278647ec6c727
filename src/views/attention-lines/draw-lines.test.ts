import { describe, expect, it } from 'vitest';
import { attentionFromText } from '../../testing/attention-from-text.ts';
import { createDrawLog } from '../../testing/draw-log.ts';
import { layOutArcs } from './arcs-layout.ts';
import { drawArcs } from './draw-arcs.ts';
import { drawLines, drawLinesOverlay, strokeOf } from './draw-lines.ts';
import { computeLines, type Focus, layOutLines, rowMiddle } from './lines-layout.ts';

const { slice } = attentionFromText('the cat sat\n1\n.25 .75\n.5 0 .5');
const words = ['the', '·cat', '·sat'];
const lines = computeLines(slice, { start: 0, end: 3 });
const shared = {
  lines,
  name: (index: number) => words[index],
  scale: 'linear' as const,
  rowMaximum: () => 1,
  color: (name: string) => `--${name}`,
};
const columns = { ...shared, layout: layOutLines(410, 3, 0) };

describe('strokeOf', () => {
  it('is as wide as the weight and as opaque as its place on the scale', () => {
    const line = { query: 1, key: 0, weight: 0.25 };
    expect(strokeOf(line, columns)).toEqual({ width: 1.3, opacity: 0.25 });
    expect(strokeOf(line, { scale: 'sqrt', rowMaximum: () => 1 }).opacity).toBe(0.5);
    expect(strokeOf(line, { scale: 'row', rowMaximum: () => 0.5 }).opacity).toBe(0.5);
  });
});

describe('drawLines', () => {
  it('draws every weight from its query to its key, both columns and their titles', () => {
    const log = createDrawLog();
    drawLines(log.context, columns);
    const { layout } = columns;
    const ends = log.of('bezierCurveTo').map((values) => values.slice(4));
    const starts = log.of('moveTo');
    expect(starts).toHaveLength(5);
    expect(starts[0]).toEqual([layout.queryX, rowMiddle(layout, 1)]);
    expect(ends[0]).toEqual([layout.keyX, rowMiddle(layout, 0)]);
    const texts = log.of('fillText').map(([text]) => text);
    expect(texts).toEqual([
      ...words,
      ...words,
      'query: the token that looks',
      'key: the token looked at',
    ]);
  });
  it('says how many keys come before the window', () => {
    const log = createDrawLog();
    drawLines(log.context, {
      ...columns,
      lines: [],
      name: String,
      layout: layOutLines(410, 100, 20),
    });
    expect(log.of('fillText').map(([text]) => text)).toContain('0–19, 20 earlier');
  });
});

describe('drawLinesOverlay', () => {
  const paint = (focus: Focus | null, isUndefined = false) => {
    const log = createDrawLog();
    drawLinesOverlay(log.context, {
      ...columns,
      focus,
      query: focus?.side === 'query' ? focus.index : null,
      key: focus?.side === 'key' ? focus.index : null,
      isUndefined: () => isUndefined,
    });
    return log;
  };
  it('shows only the lines of the query that is looked at, with numbers at its keys', () => {
    const log = paint({ side: 'query', index: 1 });
    expect(log.of('stroke')).toHaveLength(2);
    expect(log.of('fillText').map(([text, x]) => [text, x])).toEqual([
      ['25 %', 410],
      ['75 %', 410],
    ]);
  });
  it('shows only the lines into the key that is looked at, with numbers at its queries', () => {
    const log = paint({ side: 'key', index: 0 });
    expect(log.of('fillText').map(([text, x]) => [text, x])).toEqual([
      ['25 %', 0],
      ['50 %', 0],
      ['100 %', 0],
    ]);
  });
  it('says that a row is undefined', () => {
    const texts = paint({ side: 'query', index: 7 }, true).of('fillText');
    expect(texts.map(([text]) => text)).toEqual(['undefined']);
  });
  it('clears nothing while nothing is looked at', () => {
    const log = paint(null);
    expect(log.of('fillRect')).toHaveLength(0);
    expect(log.of('stroke')).toHaveLength(0);
  });
});

describe('drawArcs', () => {
  const layout = layOutArcs(300, words, (text) => text.length * 7);
  const paint = (focus: Focus | null) => {
    const log = createDrawLog();
    drawArcs(log.context, { ...shared, layout, focus, query: null, key: null });
    return log;
  };
  it('draws the text and an arc for each weight', () => {
    const log = paint(null);
    expect(log.of('bezierCurveTo')).toHaveLength(5);
    expect(log.of('fillText').map(([text]) => text)).toEqual(words);
  });
  it('draws only the arcs in focus, with numbers under their other ends', () => {
    const log = paint({ side: 'query', index: 2 });
    expect(log.of('bezierCurveTo')).toHaveLength(2);
    expect(
      log
        .of('fillText')
        .slice(3)
        .map(([text]) => text),
    ).toEqual(['50 %', '50 %']);
  });
  it('leaves out numbers that would collide, the weaker ones', () => {
    const narrow = layOutArcs(300, words, () => 8);
    const log = createDrawLog();
    const focus = { side: 'query', index: 1 } as const;
    drawArcs(log.context, { ...shared, layout: narrow, focus, query: null, key: null });
    expect(
      log
        .of('fillText')
        .slice(3)
        .map(([text]) => text),
    ).toEqual(['75 %']);
  });
});
