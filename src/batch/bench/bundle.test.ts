import { expect, it } from 'vitest';
import { findPageFiles, findRuntimes, findStaticImports } from './bundle.ts';

it('static imports are found however they are written, lazy ones are not', () => {
  const script = `import{a}from"./a.js";import"./b.js";export{c}from './c.js';import d from"./a.js";
    const e=()=>import("./lazy.js");new URL("./engine.worker.js",import.meta.url)`;
  expect(findStaticImports(script)).toEqual(['a.js', 'b.js', 'c.js']);
});

it("the page's own files are found in its HTML", () => {
  const html = `<link rel="icon" href="data:image/svg+xml,x" />
    <script type="module" crossorigin src="./assets/index-1.js"></script>
    <link rel="modulepreload" href="./assets/shared-2.js">
    <link rel="stylesheet" crossorigin href="./assets/index-3.css">`;
  expect(findPageFiles(html, 'js')).toEqual(['assets/index-1.js', 'assets/shared-2.js']);
  expect(findPageFiles(html, 'css')).toEqual(['assets/index-3.css']);
});

it('copies of onnxruntime are counted by the build that they load', () => {
  const loads = (wasm: string) => `const f="${wasm}";new URL("${wasm}",u)`;
  const wasm = 'ort-wasm-simd-threaded.wasm';
  const gpu = 'ort-wasm-simd-threaded.asyncify.wasm';
  const runtimes = findRuntimes(
    [
      { name: 'ort.wasm.js', text: loads(wasm) },
      { name: 'again.js', text: loads(wasm) },
      { name: 'ort.webgpu.js', text: loads(gpu) },
      { name: 'page.js', text: 'console.log(1)' },
    ],
    [
      'ort-wasm-simd-threaded-DcHrbrbl.wasm',
      'ort-wasm-simd-threaded.asyncify-D5D0fo7z.wasm',
      'other-1.wasm',
    ],
  );
  expect(runtimes).toEqual([
    {
      wasm,
      scripts: ['ort.wasm.js', 'again.js'],
      wasmFiles: ['ort-wasm-simd-threaded-DcHrbrbl.wasm'],
    },
    {
      wasm: gpu,
      scripts: ['ort.webgpu.js'],
      wasmFiles: ['ort-wasm-simd-threaded.asyncify-D5D0fo7z.wasm'],
    },
  ]);
});
