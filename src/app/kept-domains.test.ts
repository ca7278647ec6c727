import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { countProfileBytes } from '../measures/text-profile.ts';
import type { SavedDomains } from '../state/domains/kept-domains.ts';
import { drawSet } from '../testing/domains-scene.ts';
import { createProfile } from '../testing/text-profile.ts';
import { createTextSets } from '../text/sets/text-set.ts';
import { createKeptDomains } from './kept-domains.ts';

const saved = (...sets: Parameters<typeof createTextSets>[0]): SavedDomains => ({
  sets: createTextSets(sets),
  rules: { length: 128, samples: 'windows' },
});

const NONE: ReadonlySet<string> = new Set();

beforeEach(() => {
  vi.unstubAllGlobals();
  vi.stubGlobal('indexedDB', new IDBFactory());
});

describe('sets and rules in the browser', () => {
  it('are back on another visit, renamed and with other texts', async () => {
    const before = createKeptDomains();
    expect(await before.load()).toBeNull();
    const first = saved(drawSet('chat', 'a:20', 'b:20'), drawSet('code', 'b:20'));
    const one = await before.save(first, null);
    expect(await createKeptDomains().load()).toEqual({ ...first, revision: one });
    const second = {
      ...first,
      sets: [{ ...first.sets[0], name: 'talk', texts: first.sets[0].texts.slice(1) }],
    };
    const two = await before.save(second, one);
    expect(await createKeptDomains().load()).toEqual({ ...second, revision: two });
    const three = await before.save({ ...first, sets: [] }, two);
    expect(await createKeptDomains().load()).toEqual({ ...first, sets: [], revision: three });
  });

  it('are not written over what another page has written since', async () => {
    const [one, other] = [createKeptDomains(), createKeptDomains()];
    const revision = await one.save(saved(drawSet('chat', 'a:20')), null);
    expect(await other.save(saved(drawSet('code', 'b:20')), null)).toBeNull();
    const mine = saved(drawSet('chat', 'a:20'), drawSet('web', 'c:20'));
    const next = await other.save(mine, revision);
    expect(next).toBeGreaterThan(revision ?? 0);
    expect(await one.save(saved(), revision)).toBeNull();
    expect(await one.load()).toEqual({ ...mine, revision: next });
  });

  it('are read where a page before kept them without a number', async () => {
    const kept = createKeptDomains();
    const { sets, rules } = saved(drawSet('chat', 'a:20'));
    await kept.save({ sets, rules }, null);
    const database = await openDB('headlight-domains');
    const { revision: _, ...old } = await database.get('page', 'sets');
    await database.put('page', old, 'sets');
    database.close();
    expect(await kept.load()).toEqual({ sets, rules, revision: 0 });
    expect(await kept.save({ sets: [], rules }, 0)).not.toBeNull();
  });

  it('come with how far a queue was', async () => {
    const kept = createKeptDomains();
    expect(await kept.loadProgress()).toBeNull();
    await kept.saveProgress({ done: 37, failed: 1, total: 80 });
    expect(await createKeptDomains().loadProgress()).toEqual({ done: 37, failed: 1, total: 80 });
    await kept.saveProgress(null);
    expect(await createKeptDomains().loadProgress()).toBeNull();
  });
});

it('open anew after another page has deleted all beneath this one', async () => {
  const kept = createKeptDomains();
  const revision = await kept.save(saved(drawSet('chat', 'a:20')), null);
  await deleteDB('headlight-domains');
  expect(await kept.save(saved(), revision)).toBeNull();
  expect(await kept.load()).toBeNull();
});

describe('results in the browser', () => {
  const profile = createProfile({
    entropy: { sums: [1, 2, 3, Number.NaN], weights: [1, 1, 1, 0] },
  });

  it('are found by plan and text', async () => {
    const kept = createKeptDomains();
    await kept.writeProfile('plan', 'a', profile, NONE);
    expect(await createKeptDomains().readProfile('plan', 'a')).toEqual(profile);
    expect(await kept.readProfile('plan', 'b')).toBeNull();
    expect(await kept.readProfile('other', 'a')).toBeNull();
    expect(await kept.getUsage()).toEqual({
      profileCount: 1,
      profileBytes: countProfileBytes(profile),
    });
    await kept.forgetProfiles();
    expect(await kept.readProfile('plan', 'a')).toBeNull();
    expect(await kept.getUsage()).toEqual({ profileCount: 0, profileBytes: 0 });
  });

  it('hold arrays that measures share once, before and after', async () => {
    const weights = Float64Array.of(1, 1, 1, 1);
    const sums = Float64Array.of(1, 2, 3, 4);
    const shared = { ...profile, measures: { a: { sums, weights }, b: { sums, weights } } };
    const kept = createKeptDomains();
    await kept.writeProfile('plan', 'a', shared, NONE);
    const back = await kept.readProfile('plan', 'a');
    expect(back?.measures.a.weights).toBe(back?.measures.b.weights);
    expect(countProfileBytes(shared)).toBe(countProfileBytes(profile));
  });

  it('give way where room is short, those used longest ago first', async () => {
    let time = 1;
    const kept = createKeptDomains(3 * countProfileBytes(profile), () => time++);
    for (const id of ['a', 'b', 'c']) await kept.writeProfile('plan', id, profile, NONE);
    await kept.readProfile('plan', 'a');
    await kept.writeProfile('plan', 'd', profile, NONE);
    const there = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (id) => (await kept.readProfile('plan', id)) !== null),
    );
    expect(there).toEqual([true, false, true, true]);
    await kept.writeProfile('plan', 'd', profile, NONE);
    expect((await kept.getUsage()).profileCount).toBe(3);
  });
});

it('take no room from each other while they are in use', async () => {
  const profile = createProfile({ entropy: { sums: [1, 2, 3, 4], weights: [1, 1, 1, 1] } });
  const kept = createKeptDomains(3 * countProfileBytes(profile));
  const inUse = new Set(['a', 'b', 'c', 'd']);
  for (const id of ['old', 'a']) await kept.writeProfile('before', id, profile, NONE);
  for (const id of ['a', 'b', 'c', 'd']) await kept.writeProfile('plan', id, profile, inUse);
  const isKept = async (plan: string, id: string) => (await kept.readProfile(plan, id)) !== null;
  expect(await Promise.all([isKept('before', 'old'), isKept('before', 'a')])).toEqual([
    false,
    false,
  ]);
  const there = await Promise.all(['a', 'b', 'c', 'd'].map((id) => isKept('plan', id)));
  expect(there).toEqual([true, true, true, false]);
  // Once a text has left the sets its place is free.
  await kept.writeProfile('plan', 'd', profile, new Set(['b', 'c', 'd']));
  expect([await isKept('plan', 'a'), await isKept('plan', 'd')]).toEqual([false, true]);
});

describe('a browser that keeps nothing', () => {
  it('is told apart from one that is full', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
    const kept = createKeptDomains();
    await expect(kept.load()).rejects.toMatchObject({ code: 'storage-unavailable' });
    await expect(kept.saveProgress(null)).rejects.toMatchObject({ code: 'storage-unavailable' });
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('Too much.', 'QuotaExceededError');
      },
    });
    await expect(kept.load()).rejects.toMatchObject({ code: 'storage-full' });
    vi.stubGlobal('indexedDB', new IDBFactory());
    expect(await kept.load()).toBeNull();
  });
});
