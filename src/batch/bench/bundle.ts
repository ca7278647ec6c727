import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Bytes of a set of files as they are and compressed. */
export interface Weight {
  readonly files: readonly string[];
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** Modules that a script imports at once: `from "./x.js"`, `import "./x.js"`; not `import("./x.js")`. */
export function findStaticImports(script: string): readonly string[] {
  const found = script.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g);
  return [...new Set(Array.from(found, ([, name]) => name))];
}

/** The page's scripts or styles in the order of its HTML, named from the site's folder. */
export function findPageFiles(html: string, extension: 'js' | 'css'): readonly string[] {
  const found = html.matchAll(/(?:src|href)="\.?\/?([^"]+)"/g);
  return Array.from(found, ([, path]) => path).filter((path) => path.endsWith(`.${extension}`));
}

function weigh(folder: string, files: readonly string[]): Weight {
  const contents = files.map((file) => readFileSync(join(folder, file)));
  return {
    files,
    bytes: contents.reduce((sum, content) => sum + content.length, 0),
    gzipBytes: contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0),
  };
}

/** What the browser must have before the page's program starts. */
export function weighInitial(folder: string, extension: 'js' | 'css'): Weight {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const files = [...findPageFiles(html, extension)];
  for (const file of files) {
    if (extension === 'css') break;
    const base = file.slice(0, file.lastIndexOf('/') + 1);
    for (const name of findStaticImports(readFileSync(join(folder, file), 'utf8')))
      if (!files.includes(base + name)) files.push(base + name);
  }
  return weigh(folder, files);
}

/** A build of onnxruntime in the bundle: the WASM file that its scripts ask for, and how many hold it. */
export interface RuntimeCopies {
  readonly wasm: string;
  readonly scripts: readonly string[];
  readonly wasmFiles: readonly string[];
}

/** Which scripts carry a loader of which of onnxruntime's WASM builds, and the files of that build. */
export function findRuntimes(
  scripts: readonly { readonly name: string; readonly text: string }[],
  wasmNames: readonly string[],
): readonly RuntimeCopies[] {
  const builds = new Map<string, string[]>();
  for (const { name, text } of scripts) {
    // A loader names its file without the hash that the bundler puts into the name of the asset.
    const loaded = new Set(text.match(/ort-wasm[a-z-]*(?:\.[a-z]+)?\.wasm/g) ?? []);
    for (const wasm of loaded) builds.set(wasm, [...(builds.get(wasm) ?? []), name]);
  }
  return [...builds].map(([wasm, names]) => {
    const stem = wasm.slice(0, -'.wasm'.length);
    return {
      wasm,
      scripts: names,
      wasmFiles: wasmNames.filter(
        (name) => name.startsWith(stem) && /^(?:-[\w-]+)?\.wasm$/.test(name.slice(stem.length)),
      ),
    };
  });
}

/** All of onnxruntime in a built site. */
export function listRuntimes(folder: string): readonly RuntimeCopies[] {
  const names = readdirSync(join(folder, 'assets'));
  const scripts = names
    .filter((name) => /\.m?js$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, 'assets', name), 'utf8') }));
  return findRuntimes(
    scripts,
    names.filter((name) => name.endsWith('.wasm')),
  );
}

/** A build's WASM file. */
export function weighWasm(folder: string, { wasmFiles }: RuntimeCopies): Weight {
  return weigh(
    folder,
    wasmFiles.map((name) => `assets/${name}`),
  );
}
