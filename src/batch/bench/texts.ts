import { SAMPLES } from '../../text/samples.ts';
import type { TokenizedText } from '../../text/token.ts';

/** The samples one after another, again and again until there are at least this many characters. */
function joinSamples(characters: number): string {
  const round = SAMPLES.map(({ text }) => text).join('\n\n');
  return Array.from({ length: Math.ceil(characters / round.length) }, () => round).join('\n\n');
}

/**
 * A text of the samples that is exactly `count` tokens when it is cut. Ends at the end of a word, so that
 * a word added after it changes no token before.
 */
export async function writeText(
  count: number,
  tokenize: (text: string) => Promise<TokenizedText>,
): Promise<string> {
  const whole = await tokenize(joinSamples(8 * count + 1000));
  for (let from = 0; from < 200; from++) {
    const start = whole.starts[from];
    const text = whole.text.slice(start, whole.ends[from + count - 1]);
    if (!/\w$/.test(text)) continue;
    if ((await tokenize(text)).ids.length !== count) continue;
    if ((await tokenize(`${text} again`)).ids.length === count + 1) return text;
  }
  throw new Error(`no part of the samples is exactly ${count} tokens`);
}
