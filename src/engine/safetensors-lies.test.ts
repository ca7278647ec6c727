import { describe, expect, it } from 'vitest';
import { loadChangedFolder, REFERENCE_FILES } from '../testing/folder-outcome.ts';
import {
  type HeaderEntry,
  openFolder,
  readStoredTensors,
  withHeader,
  writeStoredTensors,
} from '../testing/hf-folder.ts';
import { loadUnrun, refusalOf } from '../testing/load-model.ts';

const files = REFERENCE_FILES;
const MODEL = files['model.safetensors'];
const tensors = readStoredTensors(MODEL);
const names = Object.keys(tensors);
const headerLength = Number(new DataView(MODEL.buffer).getBigUint64(0, true));
const DATA = 8 + headerLength;

const loadModelFile = async (bytes: Uint8Array<ArrayBuffer>) =>
  loadUnrun(await openFolder({ ...files, 'model.safetensors': bytes }));
const withEntry = (name: string, change: Partial<HeaderEntry> | ((entry: HeaderEntry) => object)) =>
  loadModelFile(
    writeStoredTensors(tensors, (header) => {
      const entry = header[name];
      const changed = typeof change === 'function' ? change(entry) : change;
      return { ...header, [name]: { ...entry, ...changed } };
    }),
  );

it('the folder loads as it is, within four times its size', async () => {
  expect(await loadChangedFolder({})).toBe('loaded');
});

describe('a safetensors file cut short', () => {
  const ends = new Set<number>();
  let at = DATA;
  for (const { data } of Object.values(tensors)) {
    for (const end of [at, at + 1, at + data.length / 2, at + data.length - 1]) ends.add(end);
    at += data.length;
  }
  it('is said to be, between tensors and in them', async () => {
    for (const end of ends) {
      const refused = await refusalOf(loadModelFile(MODEL.slice(0, end)));
      expect(`${end}: ${refused.code}`).toBe(`${end}: file-truncated`);
      expect(refused.message).toContain(`ends at byte ${end}`);
    }
  });
  it.each([8, 9, DATA - headerLength / 2, DATA - 1])(
    'is said to be in its header at %i',
    async (end) => {
      const refused = await refusalOf(loadModelFile(MODEL.slice(0, end)));
      expect(refused.code).toBe('file-truncated');
    },
  );
  it.each([0, 1, 7])('or of %i bytes is none', async (end) => {
    const refused = await refusalOf(loadModelFile(MODEL.slice(0, end)));
    expect(refused.message).toMatch(/too short to be a safetensors file/);
  });
});

describe('a safetensors file that lies', () => {
  const [first, second] = names;
  const withLength = (length: bigint) => {
    const bytes = MODEL.slice();
    new DataView(bytes.buffer).setBigUint64(0, length, true);
    return loadModelFile(bytes);
  };
  const spanOf = (entry: HeaderEntry) => entry.data_offsets as [number, number];
  const all = Object.values(tensors);
  const text = (header: string) => loadModelFile(withHeader(header, all));

  it.each<[string, () => Promise<unknown>, string, RegExp]>([
    [
      'a header of 2^63',
      () => withLength(1n << 63n),
      'file-malformed',
      /claims a header of \d+ bytes/,
    ],
    ['a header of 99 MB', () => withLength(99n << 20n), 'file-truncated', /cut short/],
    ['a header of no bytes', () => withLength(0n), 'file-malformed', /no JSON/],
    [
      'a header short by ten',
      () => withLength(BigInt(headerLength) - 10n),
      'file-malformed',
      /no JSON|bytes/,
    ],
    [
      'a header longer by one',
      () => withLength(BigInt(headerLength) + 1n),
      'file-truncated',
      /cut short/,
    ],
    ['a web page', () => text('<!doctype html>'), 'file-malformed', /no JSON/],
    ['a list', () => text('[]'), 'file-malformed', /not an object/],
    ['nothing', () => text('{}'), 'file-malformed', /layers, but only 0 tensors|of no tensor/],
    ['lists in lists', () => text('['.repeat(200_000)), 'file-malformed', /no JSON/],
    [
      'objects in objects',
      () => text(`{"a":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_001)}`),
      'file-malformed',
      /tensor a is not described/,
    ],
    [
      'a tensor that is a number',
      () => text(`{"${first}":5}`),
      'file-malformed',
      /is not described/,
    ],
    [
      'a type',
      () => withEntry(first, { dtype: 'F16' }),
      'file-malformed',
      /takes \d+ bytes in place/,
    ],
    [
      'a type that is a number',
      () => withEntry(first, { dtype: 7 }),
      'file-malformed',
      /not described/,
    ],
    ['no shape', () => withEntry(first, { shape: null }), 'file-malformed', /not described/],
    [
      'a shape of words',
      () => withEntry(first, { shape: ['4'] }),
      'file-malformed',
      /not described/,
    ],
    [
      'a negative size',
      () => withEntry(first, { shape: [-64, -400] }),
      'file-malformed',
      /not described/,
    ],
    [
      'half a row',
      () => withEntry(first, { shape: [0.5, 51_200] }),
      'file-malformed',
      /not described/,
    ],
    [
      'an endless shape',
      () => withEntry(first, { shape: [1e12, 1e12] }),
      'file-malformed',
      /takes/,
    ],
    [
      'one offset',
      () => withEntry(first, { data_offsets: [0] }),
      'file-malformed',
      /not described/,
    ],
    [
      'offsets of words',
      () => withEntry(first, { data_offsets: ['0', '4'] }),
      'file-malformed',
      /not described/,
    ],
    [
      'offsets the wrong way round',
      () => withEntry(first, (entry) => ({ data_offsets: spanOf(entry).toReversed() })),
      'file-malformed',
      /before it begins/,
    ],
    [
      'negative offsets',
      () => withEntry(first, (entry) => ({ data_offsets: spanOf(entry).map((each) => each - 4) })),
      'file-malformed',
      /not described/,
    ],
    [
      'fractional offsets',
      () =>
        withEntry(first, (entry) => ({ data_offsets: spanOf(entry).map((each) => each + 0.5) })),
      'file-malformed',
      /not described/,
    ],
    [
      'offsets outside',
      () =>
        withEntry(first, (entry) => ({
          data_offsets: spanOf(entry).map((each) => each + 2 ** 40),
        })),
      'file-truncated',
      /cut short/,
    ],
    [
      'the place of another',
      () => withEntry(second, (entry) => ({ data_offsets: spanOf(entry).map((each) => each - 4) })),
      'file-malformed',
      /overlap/,
    ],
    [
      'a name twice',
      () => {
        const file = writeStoredTensors(tensors);
        const size = Number(new DataView(file.buffer).getBigUint64(0, true));
        const header = new TextDecoder().decode(file.subarray(8, 8 + size));
        return text(header.replace(`"${second}"`, `"${first}"`));
      },
      'file-malformed',
      /bytes (between|after) .* of no tensor/,
    ],
    [
      'bytes after its end',
      () =>
        loadModelFile(
          withHeader(new TextDecoder().decode(MODEL.subarray(8, DATA)), [...all, all[0]]),
        ),
      'file-malformed',
      /bytes after .* of no tensor/,
    ],
    [
      'a tensor called __proto__',
      () => {
        const header = new TextDecoder().decode(MODEL.subarray(8, DATA)).trimEnd().slice(0, -1);
        const [start, end] = [MODEL.length - DATA, MODEL.length - DATA + 4];
        const own = `"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[${start},${end}]}`;
        const data = new Uint8Array(4);
        return loadModelFile(
          withHeader(`${header},${own}}`, [...all, { dtype: 'F32', shape: [1], data }]),
        );
      },
      'tensor-unused',
      /__proto__/,
    ],
  ])('about %s is refused, saying what is wrong', async (_, work, code, message) => {
    const refused = await refusalOf(work());
    expect(refused.message).toMatch(message);
    expect(refused.code).toBe(code);
  });

  it.each(names)('NaN or infinity in %s is found and named', async (name) => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const data = tensors[name].data.slice();
      new DataView(data.buffer).setFloat32(data.length - 4, value, true);
      const spoilt = { ...tensors, [name]: { ...tensors[name], data } };
      const refused = await refusalOf(loadModelFile(writeStoredTensors(spoilt)));
      expect(refused.code).toBe('file-malformed');
      expect(refused.message).toContain(`${name} holds ${value}`);
    }
  });

  it.each(names)('the shape of %s that its config contradicts is named with both', async (name) => {
    const { dtype, shape, data } = tensors[name];
    const turned = { dtype, shape: [...shape.slice(1), shape[0], 1], data };
    const refused = await refusalOf(
      loadModelFile(writeStoredTensors({ ...tensors, [name]: turned })),
    );
    expect(refused.code).toBe('tensor-shape');
    expect(refused.message).toContain(`${name} has shape [${turned.shape}]`);
  });
});
