import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeadlightError } from '../lib/headlight-error.ts';
import type { WantedModel } from '../protocol/library.ts';
import { createBytes, createTestHost } from '../testing/library-host.ts';
import { createMemoryStore } from '../testing/memory-store.ts';
import { startModelServer } from '../testing/model-server.ts';
import type { Misbehaviour } from '../testing/served-file.ts';
import { LocalLibrary } from './local-library.ts';

const SIZE = 20_000;
const ignore = (): void => undefined;
const sha256 = (bytes: Uint8Array | null): string =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');

/** One visit of the page: how the server is then, when the person leaves, and what room there is. */
interface Visit {
  readonly answers: readonly Misbehaviour[];
  readonly leavesAfterMs: number | null;
  readonly hasRoom: boolean;
  /** The file is another one from then on: its version's number. */
  readonly version: number | null;
  readonly losesRecord: boolean;
}

const ANSWERS: fc.Arbitrary<Misbehaviour> = fc.oneof(
  fc.record({ dropsAfter: fc.integer({ min: 0, max: SIZE }) }),
  fc.record({ dropsAfter: fc.integer({ min: 0, max: SIZE }), refusesRanges: fc.constant(true) }),
  fc.record({ status: fc.constantFrom(403, 404, 408, 429, 500, 503) }),
  fc.record({ bytesPerTick: fc.constant(4000), tickMs: fc.constant(1) }),
  fc.constant<Misbehaviour>({ givesWrongRange: true }),
  fc.constant<Misbehaviour>({ hides: ['content-range'] }),
);

const VISITS = fc.array(
  fc.record<Visit>({
    answers: fc.array(ANSWERS, { maxLength: 4 }),
    leavesAfterMs: fc.option(fc.integer({ min: 0, max: 40 })),
    hasRoom: fc.boolean(),
    version: fc.option(fc.integer({ min: 1, max: 3 }), { freq: 3 }),
    losesRecord: fc.boolean(),
  }),
  { maxLength: 4 },
);

describe('a model that is fetched over many visits', () => {
  it('is never a mixture, and whole at last when all is well', async () => {
    await fc.assert(
      fc.asyncProperty(VISITS, fc.boolean(), async (visits, isHashed) => {
        const versions = [1, 2, 3, 4].map((seed) => createBytes(SIZE, seed));
        const server = await startModelServer({ files: { 'a.gguf': versions[0] } });
        const store = createMemoryStore();
        let bytes = versions[0];
        const url = `${server.url}/a.gguf`;
        const visit = (signal?: AbortSignal) => {
          const sha = isHashed ? sha256(bytes) : null;
          const model: WantedModel = {
            origin: { kind: 'url', url },
            name: 'a',
            files: [{ name: 'a.gguf', url, bytes: null, sha256: sha }],
          };
          return new LocalLibrary(createTestHost(store)).download(model, ignore, signal);
        };
        try {
          for (const { answers, leavesAfterMs, hasRoom, version, losesRecord } of visits) {
            if (version !== null) {
              bytes = versions[version];
              server.put('a.gguf', bytes);
            }
            store.quota = hasRoom ? null : 12_000;
            server.misbehave('a.gguf', ...answers);
            const signal = leavesAfterMs === null ? undefined : AbortSignal.timeout(leavesAfterMs);
            const result = await visit(signal).catch((thrown: unknown) => thrown);
            if (result instanceof Error) {
              expect(result).toBeInstanceOf(HeadlightError);
              expect((result as HeadlightError).code).toMatch(/^(source-|storage-full|cancelled)/);
            }
            for (const { id, isComplete, sha256: kept } of (
              await new LocalLibrary(createTestHost(store)).list()
            ).models) {
              const here = sha256(store.bytesOf(id, 'a.gguf'));
              if (isComplete) expect(versions.map(sha256)).toContain(here);
              if (isComplete) expect(kept).toBe(here);
              if (losesRecord) store.put(id, 'record.json', '{');
            }
            expect(store.locked.size).toBe(0);
          }
          store.quota = null;
          server.misbehave('a.gguf');
          for (let left = 20; left > 0; left--) {
            const last = await visit().catch((thrown: unknown) => thrown);
            if (last instanceof Error) continue;
            const [{ id, isComplete }] = (await new LocalLibrary(createTestHost(store)).list())
              .models;
            expect(isComplete).toBe(true);
            expect(versions.map(sha256)).toContain(sha256(store.bytesOf(id, 'a.gguf')));
            if (isHashed) expect(sha256(store.bytesOf(id, 'a.gguf'))).toBe(sha256(bytes));
            return;
          }
          expect.fail('it never became whole');
        } finally {
          await server.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});
