import { describe, expect, it } from 'vitest';
import { BATTERY } from '../../measures/atlas/battery.ts';
import { CATALOGUE, HEAD_GROUPS } from '../../measures/atlas/catalogue.ts';
import { ROLE_FAMILIES } from '../../measures/atlas/role-test.ts';
import { sayAtlas, sayType } from './catalogue-messages.ts';
import { sayTest } from './test-messages.ts';

/** A missing message is said as its key. */
const isSaid = (say: (key: never) => string, key: string): boolean => say(key as never) !== key;

describe('messages of the atlas', () => {
  it('name every test and say how it is done', () => {
    const keys = BATTERY.flatMap(({ id }) => [id, `${id}-how`]);
    expect(keys.filter((key) => !isSaid(sayTest, key))).toEqual([]);
  });

  it('name and define every type, stage and group', () => {
    const keys = CATALOGUE.flatMap(({ id, stage }) => [id, `${id}-is`, `stage-${stage}`]);
    keys.push(...HEAD_GROUPS.map((group) => `group-${group}`));
    expect(keys.filter((key) => !isSaid(sayType, key))).toEqual([]);
  });

  it('say why there is no test, where in depth, and which family', () => {
    const keys = [
      ...CATALOGUE.flatMap(({ noTest }) => noTest ?? []),
      ...CATALOGUE.flatMap(({ tendency }) => (tendency === null ? [] : `tendency-${tendency}`)),
      ...ROLE_FAMILIES.map((family) => `family-${family}`),
    ];
    expect(keys.filter((key) => !isSaid(sayAtlas, key))).toEqual([]);
  });
});
