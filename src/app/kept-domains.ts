import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import { countProfileBytes, type TextProfile } from '../measures/text-profile.ts';
import { DEFAULT_RULES, type DomainRules } from '../state/domains/domain-rules.ts';
import type { QueueCounts } from '../state/domains/domains-state.ts';
import type { KeptDomains } from '../state/domains/kept-domains.ts';
import type { TextItem } from '../text/sets/text-set.ts';

const NAME = 'headlight-domains';
const VERSION = 1;
/** What all profiles may take together; those used longest ago go first, but none that is in use. */
export const PROFILE_BYTES = 1_000_000_000;

/** A set without its texts' contents, which do not change when a set is renamed. */
interface KeptSet {
  readonly id: string;
  readonly name: string;
  readonly textIds: readonly string[];
}

interface Schema extends DBSchema {
  page: {
    key: 'sets' | 'progress';
    value:
      | {
          readonly sets: readonly KeptSet[];
          readonly rules: DomainRules;
          /** Absent in what was kept by earlier versions. */
          readonly revision?: number;
        }
      | { readonly progress: QueueCounts };
  };
  texts: { key: string; value: TextItem };
  profiles: { key: [planKey: string, textId: string]; value: TextProfile };
  /** Beside the profiles, so that nothing large is read to know what they take. */
  sizes: {
    key: [planKey: string, textId: string];
    value: {
      readonly planKey: string;
      readonly textId: string;
      readonly bytes: number;
      readonly usedAt: number;
    };
    indexes: { usedAt: number };
  };
}

/** Sets and results in IndexedDB; opened when first asked for. */
export function createKeptDomains(room = PROFILE_BYTES, now: () => number = Date.now): KeptDomains {
  let opening: Promise<IDBPDatabase<Schema>> | null = null;
  const open = (): Promise<IDBPDatabase<Schema>> => {
    opening ??= openDB<Schema>(NAME, VERSION, {
      upgrade(database) {
        database.createObjectStore('page');
        database.createObjectStore('texts', { keyPath: 'id' });
        database.createObjectStore('profiles');
        const sizes = database.createObjectStore('sizes', { keyPath: ['planKey', 'textId'] });
        sizes.createIndex('usedAt', 'usedAt');
      },
      // Another tab has a newer page and waits for this one.
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        opening = null;
      },
      terminated: () => {
        opening = null;
      },
    });
    opening.catch(() => {
      opening = null;
    });
    return opening;
  };
  const using = async <T>(work: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> => {
    try {
      return await work(await open());
    } catch (thrown) {
      throw toKeepingError(thrown);
    }
  };
  let last = 0;
  /** Later than any time before it, also within a millisecond. */
  const tick = (): number => {
    last = Math.max(now(), last + 0.001);
    return last;
  };

  return {
    room,

    load: () =>
      using(async (database) => {
        // One transaction: another page may write between two.
        const transaction = database.transaction(['page', 'texts']);
        const kept = await transaction.objectStore('page').get('sets');
        if (kept === undefined || !('sets' in kept)) return null;
        const items = transaction.objectStore('texts');
        const sets = await Promise.all(
          kept.sets.map(async ({ id, name, textIds }) => {
            const texts = await Promise.all(textIds.map((textId) => items.get(textId)));
            return { id, name, texts: texts.filter((text) => text !== undefined) };
          }),
        );
        return { sets, rules: { ...DEFAULT_RULES, ...kept.rules }, revision: kept.revision ?? 0 };
      }),

    save: ({ sets, rules }, revision) =>
      using(async (database) => {
        const transaction = database.transaction(['page', 'texts'], 'readwrite');
        const texts = transaction.objectStore('texts');
        const before = await transaction.objectStore('page').get('sets');
        const found = before !== undefined && 'sets' in before ? (before.revision ?? 0) : null;
        if (found !== revision) {
          await transaction.done;
          return null;
        }
        // Never one that was there before, even when this browser's data were deleted between.
        const next = Math.max((found ?? 0) + 1, Date.now());
        const there = new Set(await texts.getAllKeys());
        const wanted = new Map(sets.flatMap((set) => set.texts.map((text) => [text.id, text])));
        const kept = sets.map(({ id, name, texts: own }) => ({
          id,
          name,
          textIds: own.map((text) => text.id),
        }));
        await Promise.all([
          transaction.objectStore('page').put({ sets: kept, rules, revision: next }, 'sets'),
          ...[...wanted].flatMap(([id, text]) => (there.has(id) ? [] : [texts.put(text)])),
          ...[...there].flatMap((id) => (wanted.has(id) ? [] : [texts.delete(id)])),
          transaction.done,
        ]);
        return next;
      }),

    loadProgress: () =>
      using(async (database) => {
        const kept = await database.get('page', 'progress');
        return kept !== undefined && 'progress' in kept ? kept.progress : null;
      }),

    saveProgress: (progress) =>
      using(async (database) => {
        if (progress === null) await database.delete('page', 'progress');
        else await database.put('page', { progress }, 'progress');
      }),

    readProfile: (planKey, textId) =>
      using(async (database) => {
        const profile = await database.get('profiles', [planKey, textId]);
        if (profile === undefined) return null;
        const size = await database.get('sizes', [planKey, textId]);
        if (size !== undefined) await database.put('sizes', { ...size, usedAt: tick() });
        return profile;
      }),

    writeProfile: (planKey, textId, profile, inUse) =>
      using(async (database) => {
        const transaction = database.transaction(['profiles', 'sizes'], 'readwrite');
        const [profiles, sizes] = [
          transaction.objectStore('profiles'),
          transaction.objectStore('sizes'),
        ];
        const bytes = countProfileBytes(profile);
        const others = (await sizes.index('usedAt').getAll()).filter(
          (each) => each.planKey !== planKey || each.textId !== textId,
        );
        let total = bytes + others.reduce((sum, each) => sum + each.bytes, 0);
        const goes = others.filter((each) => {
          const isInUse = each.planKey === planKey && inUse.has(each.textId);
          if (isInUse || total <= room) return false;
          total -= each.bytes;
          return true;
        });
        // One that has no place among those in use is not kept, and costs no other its place.
        if (total > room) {
          await transaction.done;
          return;
        }
        await Promise.all([
          ...goes.flatMap((each) => [
            profiles.delete([each.planKey, each.textId]),
            sizes.delete([each.planKey, each.textId]),
          ]),
          profiles.put(profile, [planKey, textId]),
          sizes.put({ planKey, textId, bytes, usedAt: tick() }),
          transaction.done,
        ]);
      }),

    forgetProfiles: () =>
      using(async (database) => {
        const transaction = database.transaction(['profiles', 'sizes'], 'readwrite');
        await Promise.all([
          transaction.objectStore('profiles').clear(),
          transaction.objectStore('sizes').clear(),
          transaction.done,
        ]);
      }),

    getUsage: () =>
      using(async (database) => {
        const sizes = await database.getAll('sizes');
        return {
          profileCount: sizes.length,
          profileBytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
        };
      }),
  };
}

/** Full, refused, or something else that went wrong with the storage. */
function toKeepingError(thrown: unknown): HeadlightError {
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  if (name === 'QuotaExceededError') {
    return new HeadlightError('storage-full', 'This browser has no room left.', {}, thrown);
  }
  if (thrown instanceof HeadlightError) return thrown;
  const { message } = toHeadlightError(thrown);
  return new HeadlightError(
    'storage-unavailable',
    `This browser keeps nothing for this page: ${message}`,
    {},
    thrown,
  );
}
