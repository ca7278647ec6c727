import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/*
 * The import table: folders are the way the data flows, and each may only look back. Test files may
 * import anything (they are checked for cycles all the same).
 */

/** What the files of each folder may import of our own, beside their own folder and lib. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  text: [],
  model: ['text'],
  tensor: ['text', 'model'],
  measures: ['text', 'model', 'tensor'],
  protocol: ['text', 'model', 'tensor', 'measures'],
  analysis: ['protocol'],
  library: ['text', 'model', 'protocol'],
  engine: ['text', 'model', 'tensor', 'measures', 'protocol', 'library'],
  state: ['text', 'model', 'tensor', 'measures', 'protocol'],
  ui: [],
  views: ['text', 'model', 'tensor', 'measures', 'protocol', 'state', 'ui'],
  lessons: ['text', 'state'],
  app: ['text', 'model', 'tensor', 'measures', 'protocol', 'state', 'ui', 'views', 'lessons'],
  main: ['app', 'state', 'ui'],
  batch: ['text', 'model', 'tensor', 'measures', 'protocol', 'engine', 'testing'],
  testing: [
    'text',
    'model',
    'tensor',
    'measures',
    'protocol',
    'library',
    'engine',
    'batch',
    'state',
  ],
};

/** Packages that only some places may import. A place is a folder or a file. */
const PACKAGES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^onnxruntime-node/, ['batch/node-runtime.ts']],
  [/^onnxruntime/, ['engine', 'batch/node-runtime.ts']],
  [/^@huggingface\/hub/, ['library']],
  [/^@huggingface\/(?!hub)/, ['engine']],
  [/^@noble\//, ['model']],
  [/^(node:|playwright|fast-check|vitest)/, ['batch', 'testing']],
  [
    /^(react|react-dom|react-aria-components|lucide-react)(\/|$)/,
    ['app', 'main', 'state', 'ui', 'views'],
  ],
  [/^zustand/, ['state']],
  [/^@keckelt\/tsne/, ['lib/projections/tsne.ts']],
  [/^umap-js/, ['lib/projections/umap.ts']],
];

/** Imports that break the table, each with the reason why it stands for now: "from -> to". */
const DEBT: Readonly<Record<string, string>> = {
  'batch/bench/probes.ts -> state/store.ts':
    'the benchmark drives the built page from outside and names the type of what the page gives it',
  'batch/bench/probes.ts -> state/domains/domains-store.ts': 'as above',
  'batch/bench/probes.ts -> state/atlas/atlas-store.ts': 'as above',
};

interface Import {
  readonly from: string;
  /** A file of ours relative to src, or a package's name. */
  readonly to: string;
  readonly isOurs: boolean;
  /** Named by URL for a worker, which starts a thread and a module graph of its own. */
  readonly isWorker: boolean;
}

const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|new URL\(\s*['"](\.[^'"]+\.ts)['"]/g;

function readImports(file: string): Import[] {
  const source = readFileSync(join('src', file), 'utf8').replace(
    /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm,
    '',
  );
  return [...source.matchAll(IMPORT)].map(([, named, dynamic, url]) => {
    const path = named ?? dynamic ?? url;
    const isOurs = path.startsWith('.');
    const to = isOurs ? normalize(join(dirname(file), path)) : path;
    return { from: file, to, isOurs, isWorker: url !== undefined };
  });
}

const files = (readdirSync('src', { recursive: true }) as string[])
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'));
const imports = files.flatMap(readImports);
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);
const folderOf = (file: string): string => (file.includes('/') ? file.split('/')[0] : 'main');
const viewOf = (file: string): string | null => file.match(/^views\/([^/]+)\//)?.[1] ?? null;

/** Imports of the program itself that a rule forbids and that are no debt. */
function findBreaches(isForbidden: (each: Import) => boolean): string[] {
  return imports
    .filter((each) => !isTest(each.from) && isForbidden(each))
    .map(({ from, to }) => `${from} -> ${to}`)
    .filter((breach) => !(breach in DEBT));
}

describe('the import table', () => {
  it('sees the whole program', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(500);
    expect(new Set(files.map(folderOf))).toEqual(
      new Set(Object.keys(TABLE).filter((folder) => folder === 'main' || isFolder(folder))),
    );
    for (const { from, to, isOurs } of imports) {
      if (isOurs && /\.tsx?$/.test(to)) expect(files, `${from} imports ${to}`).toContain(to);
    }
  });

  it('is kept by every folder', () => {
    const breaches = findBreaches(({ from, to, isOurs, isWorker }) => {
      if (!isOurs || isWorker || !/\.tsx?$/.test(to)) return false;
      const [here, there] = [folderOf(from), folderOf(to)];
      return here !== there && there !== 'lib' && !TABLE[here].includes(there);
    });
    expect(breaches).toEqual([]);
  });

  it('keeps views apart: what they share stands in ui or state', () => {
    const breaches = findBreaches(({ from, to, isOurs }) => {
      const [here, there] = [viewOf(from), viewOf(to)];
      return isOurs && here !== null && there !== null && here !== there;
    });
    expect(breaches).toEqual([]);
  });

  it('lets pages start the engine by its worker alone', () => {
    const started = imports.filter((each) => each.isWorker && !isTest(each.from));
    expect(started.map(({ from, to }) => `${folderOf(from)} -> ${to}`).sort()).toEqual([
      'app -> analysis/analysis.worker.ts',
      'app -> engine/engine.worker.ts',
      'app -> library/library.worker.ts',
      'engine -> engine/spin.worker.ts',
    ]);
  });

  it('lets nothing of the program import tests', () => {
    expect(findBreaches(({ to, isOurs }) => isOurs && isTest(to))).toEqual([]);
  });
});

describe('packages', () => {
  it('are imported only where they belong', () => {
    const breaches = findBreaches(({ from, to, isOurs }) => {
      if (isOurs) return false;
      const rule = PACKAGES.find(([name]) => name.test(to));
      return (
        rule !== undefined && !rule[1].some((place) => place === from || place === folderOf(from))
      );
    });
    expect(breaches).toEqual([]);
  });

  it('give one copy of the runtime: only its two entries for the page', () => {
    const entries = imports
      .filter(({ from, to }) => !isTest(from) && /^onnxruntime-web/.test(to))
      .map(({ to }) => to);
    expect(new Set(entries)).toEqual(new Set(['onnxruntime-web/wasm', 'onnxruntime-web/webgpu']));
  });
});

describe('cycles', () => {
  it('are not there, types and tests included', () => {
    const edges = new Map<string, string[]>(files.map((file) => [file, []]));
    for (const { from, to, isOurs, isWorker } of imports) {
      if (isOurs && !isWorker && edges.has(to)) edges.get(from)?.push(to);
    }
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      if (done.has(file) || path.includes(file)) return;
      for (const to of edges.get(file) ?? []) walk(to, [...path, file]);
      done.add(file);
    };
    for (const file of files) walk(file, []);
    expect(cycles).toEqual([]);
  });
});

describe('debt', () => {
  it('is only what is still owed', () => {
    const all = new Set(imports.map(({ from, to }) => `${from} -> ${to}`));
    expect(Object.keys(DEBT).filter((breach) => !all.has(breach))).toEqual([]);
  });
});

function isFolder(name: string): boolean {
  return statSync(join('src', name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}
