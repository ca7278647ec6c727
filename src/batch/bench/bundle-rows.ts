import type { Bench } from './bench.ts';
import {
  listRuntimes,
  type RuntimeCopies,
  type Weight,
  weighInitial,
  weighWasm,
} from './bundle.ts';
import { atMost, exactly, type Measurement, type Outcome } from './measurement.ts';

const GROUP = 'The built site';

function toOutcome(weight: Weight, unitBytes: number, bytes: number): Outcome {
  const value = bytes / unitBytes;
  const detail = `${weight.files.join(', ')}: ${(weight.bytes / 1e3).toFixed(0)} kB, compressed ${(weight.gzipBytes / 1e3).toFixed(0)} kB`;
  return { kind: 'value', value, samples: [value], detail };
}

async function weighInitialOf(bench: Bench, extension: 'js' | 'css'): Promise<Outcome> {
  const weight = weighInitial((await bench.site()).folder, extension);
  return toOutcome(weight, 1e3, weight.gzipBytes);
}

const isGpu = ({ wasm }: RuntimeCopies): boolean => /asyncify|jsep|jspi|webgpu/.test(wasm);

async function weighBuild(bench: Bench, forGpu: boolean): Promise<Outcome> {
  const { folder } = await bench.site();
  const build = listRuntimes(folder).find((each) => isGpu(each) === forGpu);
  if (build === undefined) return { kind: 'not-measured', why: 'the site has no such build' };
  const weight = weighWasm(folder, build);
  return toOutcome(weight, 1e6, weight.bytes);
}

export const BUNDLE_ROWS: readonly Measurement[] = [
  {
    group: GROUP,
    name: 'initial JavaScript',
    unit: 'kB',
    target: atMost(250),
    note: "compressed (gzip): the page's scripts with all that they import at once",
    measure: (bench) => weighInitialOf(bench, 'js'),
  },
  {
    group: GROUP,
    name: 'initial CSS',
    unit: 'kB',
    target: null,
    note: 'compressed (gzip)',
    measure: (bench) => weighInitialOf(bench, 'css'),
  },
  {
    group: GROUP,
    name: 'onnxruntime for WASM',
    unit: 'MB',
    target: null,
    note: 'its WASM file as it lies on the disk; fetched by the worker when there is no graphics adapter',
    measure: (bench) => weighBuild(bench, false),
  },
  {
    group: GROUP,
    name: 'onnxruntime for WebGPU',
    unit: 'MB',
    target: null,
    note: 'the same for WebGPU; fetched only where it is used',
    measure: (bench) => weighBuild(bench, true),
  },
  {
    group: GROUP,
    name: 'onnxruntimes a backend',
    unit: 'count',
    target: exactly(1),
    note: 'scripts that carry a loader of the same WASM build, and copies of its WASM file: the most of any build',
    async measure(bench) {
      const runtimes = listRuntimes((await bench.site()).folder);
      const copies = runtimes.map(({ scripts, wasmFiles }) =>
        Math.max(scripts.length, wasmFiles.length),
      );
      return {
        kind: 'value',
        value: Math.max(0, ...copies),
        samples: copies,
        detail: runtimes
          .map(
            ({ wasm, scripts, wasmFiles }) => `${wasm}: ${[...scripts, ...wasmFiles].join(', ')}`,
          )
          .join('; '),
      };
    },
  },
];
