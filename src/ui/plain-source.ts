/** How a source is known, by the tags that descriptions carry. */
const CERTAINTY: readonly (readonly [RegExp, Known])[] = [
  [/\[[^\]]*RECON[^\]]*\]/, 'ours'],
  [/\[[^\]]*MEM[^\]]*\]/, 'recalled'],
  [/\[[^\]]*2ND[^\]]*\]/, 'secondary'],
  [/\[[^\]]*(CODE|TEX|REPRO)[^\]]*\]/, 'read'],
];
export type Known = 'ours' | 'recalled' | 'secondary' | 'read';

/**
 * A source as a reader needs it: without the numbers of the project's own notes and the tags in which
 * these say how it is known, which become `known`. "Voita et al. 2019; methods 5.14 [MEM]" -> "Voita et
 * al. 2019", recalled.
 */
export function toPlainSource(source: string): {
  readonly text: string;
  readonly known: readonly Known[];
} {
  const known = CERTAINTY.filter(([tag]) => tag.test(source)).map(([, name]) => name);
  const text = source
    .replace(/\s*\[(?:[^\]]*\b)?(?:MEM|2ND|CODE|TEX|REPRO|REPL|RECON)\b[^\]]*\]/g, '')
    .replace(/[;,:]?\s*\bmethods \d+(?:\.\d+)*(?:(?:, | and )\d+(?:\.\d+)*)*/g, '')
    .replace(/^[;,:\s]+|[;,:\s]+$/g, '')
    .replace(/\s{2,}/g, ' ');
  return { text, known };
}
