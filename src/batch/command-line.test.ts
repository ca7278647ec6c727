import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dequantise } from '../model/dequantise.ts';
import { readGgufHeader } from '../model/gguf/header.ts';
import { parseSafetensors } from '../tensor/safetensors.ts';
import { findDifference, largestMagnitude } from '../testing/close-to.ts';
import { createTinyModel, writeGguf } from '../testing/gguf-file.ts';
import { GoldenArrays, readGoldenJson } from '../testing/golden.ts';
import { main } from './command-line.ts';
import { openFileSource } from './file-source.ts';

const GOLDEN = 'src/testing/golden';
const LLAMA = `${GOLDEN}/architectures/llama/model.gguf`;
const QUANTISED = ['F16', 'BF16', 'Q4_0', 'Q4_1', 'Q5_0', 'Q5_1', 'Q8_0'];
interface Expected {
  readonly text: string;
  readonly ids: number[];
  readonly tokens: string[];
  readonly offsets: [number, number][];
}
const llama = readGoldenJson<Expected>('architectures/llama/expected.json');

const folder = mkdtempSync(join(tmpdir(), 'headlight-command-'));
const inputs = mkdtempSync(join(tmpdir(), 'headlight-inputs-'));
const out = join(folder, 'out.safetensors');
let [printed, said] = ['', ''];
beforeEach(() => {
  [printed, said] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(inputs, { recursive: true });
});

/** A file beside the output folder. */
function file(name: string, contents: string | Uint8Array): string {
  const path = join(inputs, name);
  writeFileSync(path, contents);
  return path;
}

function readOutput() {
  const { arrays, metadata } = parseSafetensors(readFileSync(out));
  const find = (name: string) => {
    const array = arrays.find((each) => each.name === name);
    if (array === undefined) throw new Error(`there is no ${name}`);
    return array;
  };
  return { names: arrays.map(({ name }) => name), find, metadata };
}

describe('headlight run', () => {
  it('writes ids, attention, hidden states and logits as the reference has them', async () => {
    const golden = new GoldenArrays('architectures/llama/expected');
    expect(await main(['run', '--model', LLAMA, '--text', llama.text, '--out', out])).toBe(0);
    expect([printed, said]).toEqual(['', '']);
    const { names, find, metadata } = readOutput();
    expect(names).toEqual(['ids', 'attention', 'hidden', 'logits']);
    const n = llama.ids.length;
    expect(find('ids')).toMatchObject({ shape: [n], data: Int32Array.from(llama.ids) });
    for (const [name, shape] of [
      ['attention', [3, 4, n, n]],
      ['hidden', [4, n, 64]],
      ['logits', [n, 400]],
    ] as const) {
      const expected = golden.floats(name);
      const atol = name === 'attention' ? 1e-4 : 1e-3 * largestMagnitude(expected);
      expect(find(name).shape).toEqual(shape);
      expect(findDifference(find(name).data, expected, { atol })).toBeNull();
    }
    expect(metadata).toMatchObject({
      name: 'model',
      architecture: 'llama',
      layerCount: '3',
      headCount: '4',
      keyValueHeadCount: '2',
      vocabularySize: '400',
      device: 'native',
    });
    expect(readdirSync(folder)).toEqual(['out.safetensors']);
  });

  it.each(QUANTISED)('holds weights of type %s to the reference', async (type) => {
    const model = `${GOLDEN}/quantised/${type}.gguf`;
    const { text, ids } = readGoldenJson<Expected>('quantised/expected.json');
    const golden = new GoldenArrays(`quantised/${type}.expected`);
    expect(await main(['run', '--model', model, '--text', text, '--out', out])).toBe(0);
    const { find, metadata } = readOutput();
    expect(metadata.fileType).toContain(type);
    expect(Array.from(find('ids').data)).toEqual(ids);
    expect(find('attention').shape).toEqual(golden.shape('attention'));
    expect(
      findDifference(find('attention').data, golden.floats('attention'), { atol: 1e-4 }),
    ).toBeNull();
    const logits = golden.floats('logits');
    expect(
      findDifference(find('logits').data, logits, { atol: 1e-3 * largestMagnitude(logits) }),
    ).toBeNull();
  });

  it('keeps quantised weights as they are when asked, and says so', async () => {
    const model = `${GOLDEN}/quantised/Q4_1.gguf`;
    const { text } = readGoldenJson<Expected>('quantised/expected.json');
    const golden = new GoldenArrays('quantised/Q4_1.expected');
    const run = (...precision: string[]) =>
      main(['run', '--model', model, '--text', text, ...precision, '--out', out]);
    for (const [precision, said] of [
      ['packed', 'packed'],
      ['dequantised', 'dequantised'],
      ['auto', 'dequantised'],
    ]) {
      expect(await run('--precision', precision)).toBe(0);
      const { find, metadata } = readOutput();
      expect(metadata.precision).toBe(said);
      const expected = golden.floats('attention');
      expect(findDifference(find('attention').data, expected, { atol: 1e-5 })).toBeNull();
    }
  });

  it.each(QUANTISED)('dequantises type %s bit for bit', async (type) => {
    const source = await openFileSource(`${GOLDEN}/quantised/${type}.gguf`);
    const golden = new GoldenArrays(`quantised/${type}.expected`);
    const { tensors } = await readGgufHeader(source);
    const types = new Set<string>();
    for (const [name, tensor] of tensors) {
      const values = new Float32Array(tensor.shape.reduce((product, size) => product * size, 1));
      dequantise(tensor.type, await source.read(tensor.offset, tensor.bytes), values);
      const rows = golden.floats(`rows.${name}`);
      expect(values.subarray(0, rows.length)).toEqual(rows);
      types.add(tensor.type.name);
    }
    await source.close();
    expect(types).toContain(type);
    expect(tensors.size).toBe(12);
  });

  it('gives the same for a text, a file that holds it, and its ids', async () => {
    const files: Buffer[] = [];
    for (const source of [
      ['--text', llama.text],
      ['--text-file', file('text.txt', llama.text)],
      ['--ids', llama.ids.join(', ')],
    ]) {
      expect(await main(['run', '--model', LLAMA, ...source, '--out', out])).toBe(0);
      files.push(readFileSync(out));
    }
    expect(files[0].equals(files[1])).toBe(true);
    expect(files[0].equals(files[2])).toBe(true);
  });

  it('puts the begin token first when asked', async () => {
    for (const source of [
      ['--text', 'The red'],
      ['--ids', '300,387'],
    ]) {
      expect(await main(['run', '--model', LLAMA, ...source, '--bos', '--out', out])).toBe(0);
      expect(Array.from(readOutput().find('ids').data)).toEqual([397, 300, 387]);
    }
  });

  it('takes the longest text that the model was made for, as the parts of it run', async () => {
    const ids = Array.from({ length: 256 }, (_, i) => (i * 37) % 300);
    const run = (list: number[]) =>
      main(['run', '--model', LLAMA, '--ids', list.join(','), '--threads', '2', '--out', out]);
    expect(await run(ids.slice(0, 100))).toBe(0);
    const short = readOutput().find('logits').data;
    expect(await run(ids)).toBe(0);
    const { find } = readOutput();
    expect(find('attention').shape).toEqual([3, 4, 256, 256]);
    expect(
      findDifference(find('logits').data.subarray(0, short.length), short, { atol: 1e-4 }),
    ).toBeNull();
    const { data } = find('attention');
    for (let row = 0; row < 3 * 4 * 256; row++) {
      const weights = (data as Float32Array).subarray(row * 256, (row + 1) * 256);
      expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(1e-5);
      expect(weights.subarray((row % 256) + 1).every((weight) => weight === 0)).toBe(true);
    }
  });

  it('replaces an older file, and only by a whole one', async () => {
    writeFileSync(out, 'old');
    expect(await main(['run', '--model', LLAMA, '--ids', '999', '--out', out])).toBe(2);
    expect(readFileSync(out, 'utf8')).toBe('old');
    expect(await main(['run', '--model', LLAMA, '--ids', '1', '--out', out])).toBe(0);
    expect(readOutput().find('attention').data).toEqual(new Float32Array(12).fill(1));
    expect(readdirSync(folder)).toEqual(['out.safetensors']);
  });
});

describe('headlight tokens', () => {
  it('prints ids, tokens and offsets', async () => {
    const text = file('tokens.txt', llama.text);
    expect(await main(['tokens', '--model', LLAMA, '--text-file', text])).toBe(0);
    const { ids, tokens, offsets } = llama;
    expect(JSON.parse(printed)).toEqual({ ids, tokens, offsets });
    expect(printed.endsWith('\n')).toBe(true);
    expect(said).toBe('');
  });
  it('of an empty text prints empty lists', async () => {
    expect(await main(['tokens', '--model', LLAMA, '--text-file', file('empty.txt', '')])).toBe(0);
    expect(JSON.parse(printed)).toEqual({ ids: [], tokens: [], offsets: [] });
  });
  it('keeps a byte order mark and a NUL as text', async () => {
    const text = file('marks.txt', '\ufeffa\u0000');
    expect(await main(['tokens', '--model', LLAMA, '--text-file', text])).toBe(0);
    const { tokens, offsets } = JSON.parse(printed);
    expect(tokens).toEqual(['ï', '»', '¿', 'a', 'Ā']);
    expect(offsets.at(-1)).toEqual([2, 3]);
  });
  it('adds the begin token with an empty span', async () => {
    expect(await main(['tokens', '--model', LLAMA, '--text', 'The', '--bos'])).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({
      ids: [397, 300],
      offsets: [
        [0, 0],
        [0, 3],
      ],
    });
  });
});

describe('bad input', () => {
  const bytes = readFileSync(LLAMA);
  const run = (...args: string[]) => ['run', ...args, '--out', out];
  const onModel = (...args: string[]) => run('--model', LLAMA, ...args);
  const tiny = createTinyModel();
  const { 'tokenizer.ggml.bos_token_id': _, ...noBegin } = tiny.metadata;

  it.each<[string, () => string[], RegExp]>([
    ['no command', () => [], /^headlight: no command: give run or tokens/],
    ['an unknown command', () => ['walk'], /unknown command 'walk'/],
    ['an unknown option', () => onModel('--text', 'a', '--fast'), /unknown option '--fast'/],
    ['no model', () => run('--text', 'a'), /required option '--model/],
    ['no output', () => ['run', '--model', LLAMA, '--text', 'a'], /required option '--out/],
    ['no text', () => onModel(), /no text: give --text or --text-file/],
    [
      'two texts',
      () => onModel('--text', 'a', '--text-file', file('a.txt', 'a')),
      /give either --text or --text-file, not both/,
    ],
    ['a text and ids', () => onModel('--text', 'a', '--ids', '1'), /either a text or --ids/],
    ['an empty text', () => onModel('--text', ''), /text is empty/],
    ['an empty file', () => onModel('--text-file', file('empty.txt', '')), /text is empty/],
    [
      'a text that is too long',
      () => onModel('--text', 'a '.repeat(300)),
      /\d{3} tokens; the model was made for 256 at most/,
    ],
    [
      'no text file',
      () => onModel('--text-file', '/nowhere/a.txt'),
      /cannot read \/nowhere\/a.txt/,
    ],
    ['a folder as text', () => onModel('--text-file', inputs), /cannot read .*EISDIR/],
    [
      'bytes that are no UTF-8',
      () => onModel('--text-file', file('bad.txt', Uint8Array.of(0x61, 0xff, 0xfe))),
      /bad.txt is not UTF-8 text/,
    ],
    [
      'an id beyond the vocabulary',
      () => onModel('--ids', '5,400'),
      /id 400 is not in the voc.* 400/,
    ],
    ['ids that are no numbers', () => onModel('--ids', '5,x'), /--ids must be whole numbers/],
    ['no ids', () => onModel('--ids', ''), /--ids must be whole numbers/],
    ['a negative id', () => onModel('--ids=-1'), /--ids must be whole numbers/],
    ['no threads', () => onModel('--text', 'a', '--threads', '0'), /--threads must be/],
    ['threads in words', () => onModel('--text', 'a', '--threads', 'all'), /--threads must be/],
    [
      'a precision that there is not',
      () => onModel('--text', 'a', '--precision', 'float16'),
      /--precision must be auto, dequantised or packed, not "float16"/,
    ],
    [
      'no such model',
      () => run('--model', 'no.gguf', '--text', 'a'),
      /no.gguf cannot be read: there is/,
    ],
    [
      'a folder without a model',
      () => run('--model', inputs, '--text', 'a'),
      /config.json cannot be read/,
    ],
    [
      'an empty model',
      () => run('--model', file('empty.gguf', ''), '--text', 'a'),
      /empty.gguf is not a GGUF file/,
    ],
    [
      'a model cut in its header',
      () => run('--model', file('head.gguf', bytes.subarray(0, 3000)), '--text', 'a'),
      /head.gguf ends at byte 3000/,
    ],
    [
      'a model cut in its weights',
      () => run('--model', file('cut.gguf', bytes.subarray(0, 300_000)), '--text', 'a'),
      /cut.gguf ends at byte 300000/,
    ],
    [
      'a begin token that the model has not',
      () => {
        const model = file('tiny.gguf', writeGguf({ ...tiny, metadata: noBegin }).bytes);
        return run('--model', model, '--text', 'a', '--bos');
      },
      /no begin token/,
    ],
    [
      'an output in a missing folder',
      () => ['run', '--model', LLAMA, '--text', 'a', '--out', join(folder, 'no', 'a.safetensors')],
      /cannot write .*ENOENT/,
    ],
    [
      'an output below a file',
      () => ['run', '--model', LLAMA, '--text', 'a', '--out', join(file('a.txt', ''), 'b')],
      /cannot write .*ENOTDIR/,
    ],
    [
      'a device as output',
      () => ['run', '--model', LLAMA, '--text', 'a', '--out', '/dev/null'],
      /cannot write \/dev\/null: it is not a file/,
    ],
    [
      'the model as output',
      () => ['run', '--model', LLAMA, '--text', 'a', '--out', `./${LLAMA}`],
      /it is the model/,
    ],
    ['tokens without a text', () => ['tokens', '--model', LLAMA], /no text/],
    ['tokens without a model', () => ['tokens', '--text', 'a'], /required option '--model/],
  ])('%s: one line on stderr, exit 2, nothing left behind', async (_, args, message) => {
    expect(await main(args())).toBe(2);
    expect(said).toMatch(message);
    expect(said).toMatch(/^headlight: [^\n]+\n$/);
    expect(printed).toBe('');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a folder as output is refused and stays', async () => {
    mkdirSync(out);
    expect(await main(onModel('--text', 'a'))).toBe(2);
    expect(said).toMatch(/^headlight: cannot write .*: it is a folder\n$/);
    expect(readdirSync(folder)).toEqual(['out.safetensors']);
  });
});

describe('as a process', () => {
  const call = (...args: string[]) =>
    promisify(execFile)('npm', ['run', '--silent', 'headlight', '--', ...args]);

  it('runs, prints JSON alone, and exits with 2 when it refuses', async () => {
    const { stdout, stderr } = await call('tokens', '--model', LLAMA, '--text', 'The red');
    expect(JSON.parse(stdout).ids).toEqual([300, 387]);
    expect(stderr).toBe('');
    const failed = await call('run', '--model', LLAMA, '--ids', '400', '--out', out).catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ code: 2, stdout: '' });
    expect((failed as { stderr: string }).stderr).toMatch(/^headlight: [^\n]+\n$/);
    await call('run', '--model', LLAMA, '--ids', '300,387', '--out', out);
    expect(readOutput().find('attention').shape).toEqual([3, 4, 2, 2]);
  });
});
