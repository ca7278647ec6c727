import { readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { browserVersion, findBrowser } from '../../testing/find-browser.ts';

/** On what the numbers were measured. */
export interface Machine {
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  readonly browser: string;
  readonly onnxruntimeNode: string;
  readonly onnxruntimeWeb: string;
  readonly loadBefore: number;
}

function versionOf(name: string): string {
  const file = readFileSync(`node_modules/${name}/package.json`, 'utf8');
  return String((JSON.parse(file) as { version: unknown }).version);
}

export function describeMachine(): Machine {
  return {
    date: new Date().toISOString(),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Number((totalmem() / 1e9).toFixed(1)),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    browser: browserVersion(findBrowser()),
    onnxruntimeNode: versionOf('onnxruntime-node'),
    onnxruntimeWeb: versionOf('onnxruntime-web'),
    loadBefore: loadavg()[0],
  };
}

/** The machine in two lines above the table. */
export function formatMachine(machine: Machine): string {
  return [
    `${machine.cores} cores (${machine.processor}), ${machine.memoryGigabytes} GB, ${machine.system}, load ${machine.loadBefore.toFixed(1)}`,
    `${machine.browser}, Node ${machine.node}, onnxruntime-web ${machine.onnxruntimeWeb}, onnxruntime-node ${machine.onnxruntimeNode}, ${machine.date}`,
  ].join('\n');
}
