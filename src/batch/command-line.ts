import { Command, CommanderError } from 'commander';
import { toHeadlightError } from '../lib/headlight-error.ts';
import { type RunArguments, runCommand } from './run-command.ts';
import { type TokensArguments, tokensCommand } from './tokens-command.ts';

/** Anything wrong with what was asked for: one line on stderr, this exit code, no file left behind. */
const REFUSED = 2;

function createProgram(): Command {
  const program = new Command('headlight')
    .description('Attention of every head, from the command line.')
    .exitOverride()
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined });
  program
    .command('run')
    .description('run a text and write ids, attention, hidden states and logits as safetensors')
    .requiredOption('--model <path>', 'a .gguf file, or a folder with config.json and safetensors')
    .option('--text <text>', 'the text')
    .option('--text-file <file>', 'a UTF-8 file that holds the text')
    .option('--ids <list>', 'token ids, separated by commas')
    .option('--bos', 'put the model’s begin token first')
    .option('--threads <n>', 'threads to use', Number)
    .option(
      '--precision <how>',
      'how quantised weights are held: dequantised (float32), packed (as in the file), or auto by memory',
    )
    .requiredOption('--out <file>', 'the .safetensors file to write')
    .exitOverride()
    .action((args: RunArguments) => runCommand(args));
  program
    .command('tokens')
    .description('print a text as JSON {ids, tokens, offsets}')
    .requiredOption('--model <path>', 'a .gguf file, or a folder with config.json and safetensors')
    .option('--text <text>', 'the text')
    .option('--text-file <file>', 'a UTF-8 file that holds the text')
    .option('--bos', 'put the model’s begin token first')
    .exitOverride()
    .action((args: TokensArguments) => tokensCommand(args));
  return program;
}

function explain(thrown: unknown): string {
  if (!(thrown instanceof CommanderError)) return toHeadlightError(thrown).message;
  if (thrown.code === 'commander.help') return 'no command: give run or tokens, or --help';
  return thrown.message.replace(/^error: /, '');
}

/** Runs the command line and returns the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...args], { from: 'user' });
    return 0;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    process.stderr.write(`headlight: ${explain(thrown).replace(/\s+/g, ' ').trim()}\n`);
    return REFUSED;
  }
}
