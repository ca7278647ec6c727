import { loadavg } from 'node:os';
import { Command } from 'commander';
import { Bench } from './bench.ts';
import { BUNDLE_ROWS } from './bundle-rows.ts';
import { ENGINE_ROWS } from './engine-rows.ts';
import { GENERATION_ROWS } from './generation-rows.ts';
import { describeMachine, formatMachine } from './machine.ts';
import { MANY_TEXTS_ROWS } from './many-texts-rows.ts';
import type { Measurement, Row } from './measurement.ts';
import { MEMORY_ROWS } from './memory-rows.ts';
import { OPENING_ROWS } from './opening-rows.ts';
import { RUN_ROWS } from './run-rows.ts';
import { formatTable, summarise, toJsonRows } from './table.ts';
import { VIEW_ROWS } from './view-rows.ts';

/** In the order of the table; what opens a browser of its own comes before the pages that stay open. */
const MEASUREMENTS: readonly Measurement[] = [
  ...BUNDLE_ROWS,
  ...OPENING_ROWS,
  ...MEMORY_ROWS,
  ...ENGINE_ROWS,
  ...RUN_ROWS,
  ...GENERATION_ROWS,
  ...VIEW_ROWS,
  ...MANY_TEXTS_ROWS,
];

interface Arguments {
  readonly json?: boolean;
  readonly only?: string;
  readonly quick?: boolean;
  readonly site: string;
  readonly port?: string;
  readonly build: boolean;
}

async function measure(measurement: Measurement, bench: Bench): Promise<Row> {
  const outcome = await measurement.measure(bench).catch((error: unknown) => ({
    kind: 'failed' as const,
    message: error instanceof Error ? error.message : String(error),
  }));
  return { measurement, outcome, load: loadavg()[0] };
}

async function main(args: Arguments): Promise<void> {
  const pattern = new RegExp(args.only ?? '', 'i');
  const chosen = MEASUREMENTS.filter(({ group, name }) => pattern.test(`${group}: ${name}`));
  if (chosen.length === 0) throw new Error(`--only ${args.only} names no measurement`);
  const machine = describeMachine();
  const bench = new Bench({
    isQuick: args.quick === true,
    folder: args.site,
    port: args.port === undefined ? null : Number(args.port),
    builds: args.build,
  });
  const rows: Row[] = [];
  try {
    for (const measurement of chosen) {
      process.stderr.write(`${measurement.group}: ${measurement.name} …\n`);
      rows.push(await measure(measurement, bench));
    }
  } finally {
    await bench.close();
  }
  if (args.json) console.log(JSON.stringify({ machine, rows: toJsonRows(rows) }, null, 2));
  else console.log(`${formatMachine(machine)}\n\n${formatTable(rows)}\n\n${summarise(rows)}`);
  // A missed target is a fact, a measurement that broke is an error.
  if (rows.some(({ outcome }) => outcome.kind === 'failed')) process.exitCode = 1;
}

const program = new Command('bench')
  .description(
    'Measures speed and memory; tells for each number its target. Nothing fails by time.',
  )
  .option('--json', 'print JSON instead of a table')
  .option('--only <pattern>', 'only rows whose "group: name" matches this regular expression')
  .option('--quick', 'fewer repetitions')
  .option(
    '--site <folder>',
    'folder of the built site; it is built when a source is younger',
    'dist',
  )
  .option('--no-build', 'take the built site as it is')
  .option('--port <n>', 'port to serve it on instead of a free one');
program.parse();
await main(program.opts<Arguments>());
