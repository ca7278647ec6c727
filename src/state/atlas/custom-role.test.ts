import { describe, expect, it } from 'vitest';
import { HeadlightError } from '../../lib/headlight-error.ts';
import type { PaintedMatrix } from '../../measures/painted-pattern.ts';
import { createAtlasScene } from '../../testing/atlas-scene.ts';
import { createEmptyPainting } from './custom-role-store.ts';
import { paintsFirst } from './score-custom-role.ts';

/** Layer 0 head 1 of the fake looks one token back, layer 1 head 0 everywhere, head 1 at the first. */
const PREVIOUS = 1;
const EVEN = 2;
const FIRST = 3;

async function open(text = 'the cat saw the dog') {
  const made = createAtlasScene();
  made.scene.actions.setText(text);
  await made.load();
  await made.scene.whenIdle();
  const { custom } = made.atlas;
  const find = async (part: Parameters<typeof custom.actions.set>[0]) => {
    custom.actions.set(part);
    custom.actions.find();
    await made.atlas.whenIdle();
    return custom.store.getState();
  };
  return { ...made, custom, find };
}

/** A painting of the cells for which this holds. */
function paint(isPainted: (row: number, column: number) => boolean): PaintedMatrix {
  const { side, values } = createEmptyPainting();
  for (let row = 0; row < side; row++)
    for (let column = 0; column <= row; column++)
      values[row * side + column] = isPainted(row, column) ? 1 : 0;
  return { side, values };
}

describe('a role written as a rule', () => {
  it('is scored by the mean attention of the queries that it means', async () => {
    const { find } = await open();
    const { found } = await find({ kind: 'rule', rule: 'previous' });
    expect(found?.scores[PREVIOUS]).toBe(1);
    expect(found?.scores[FIRST]).toBeCloseTo(1 / 4);
    // 1/2, 1/3, 1/4, 1/5 of an even head.
    expect(found?.scores[EVEN]).toBeCloseTo((1 / 2 + 1 / 3 + 1 / 4 + 1 / 5) / 4);
    expect(found?.cellCount).toBe(4);
  });

  it('shows the heaviest cell that it means', async () => {
    const { find } = await open();
    const { found } = await find({ kind: 'rule', rule: 'same token' });
    // The drawing's fourth token looks with .7 at the first, its copy.
    expect([found?.texts[0], found?.queries[0], found?.keys[0]]).toEqual([0, 3, 0]);
    expect(found?.weights[0]).toBeCloseTo(0.7);
  });

  it('has no score where it means nothing', async () => {
    const { find } = await open();
    const { found } = await find({ kind: 'rule', rule: '30 back' });
    expect(found?.cellCount).toBe(0);
    expect([...(found?.scores ?? [])]).toEqual(new Array(4).fill(Number.NaN));
    expect(found?.texts[0]).toBe(-1);
  });

  it('is not tried when it cannot be read', async () => {
    const { find } = await open();
    const { found, run } = await find({ kind: 'rule', rule: 'nonsense' });
    expect([found, run.status]).toEqual([null, 'idle']);
  });

  it('can be tried on the battery’s texts', async () => {
    const { find } = await open();
    const { found } = await find({ kind: 'rule', rule: 'first', texts: 'probes' });
    expect(found?.tokens.length).toBe(6);
    expect(found?.scores[FIRST]).toBe(1);
  });
});

describe('a role that is painted', () => {
  it('finds the head that looks so', async () => {
    const { find } = await open('a b c d e f g h i j k l m n o p');
    const { found } = await find({
      kind: 'painted',
      painted: paint((row, column) => column === row - 1),
    });
    expect(found?.scores[PREVIOUS]).toBeGreaterThan(0.9);
    expect(found?.scores[EVEN]).toBeLessThan(0.5);
  });

  it('counts the first column only when it is painted', async () => {
    const first = paint((_, column) => column === 0);
    expect(paintsFirst(first)).toBe(true);
    expect(paintsFirst(paint((row, column) => column === row - 1))).toBe(false);
    const { find } = await open('a b c d e f g h i j k l m n o p');
    const { found } = await find({ kind: 'painted', painted: first });
    expect(found?.scores[FIRST]).toBeCloseTo(1);
    expect(found?.scores[PREVIOUS]).toBeLessThan(0.5);
  });
});

describe('the search for a role', () => {
  it('says what failed', async () => {
    const { find, scene } = await open();
    scene.failNext('survey', new HeadlightError('out-of-memory', 'Not enough memory.'));
    const { run } = await find({ kind: 'rule', rule: 'previous' });
    expect(run).toMatchObject({ status: 'failed', error: { code: 'out-of-memory' } });
  });

  it('lets go of what it found when the model changes', async () => {
    const { find, scene, custom } = await open();
    await find({ kind: 'rule', rule: 'previous' });
    scene.actions.openModel({
      origin: { kind: 'files', name: 'other.gguf' },
      request: { fileName: 'other.gguf', sources: [] },
    });
    await scene.whenIdle();
    expect(custom.store.getState().found).toBeNull();
  });
});
