import { parseJsonLine } from './json-rows.ts';
import { createLineCounter, type LineCount } from './table-rows.ts';
import { createTextItem, createTextSets, type TextItem, type TextSet } from './text-set.ts';

export interface DomainFile {
  /** A set a label, in the order in which they come; none when no line could be read. */
  readonly sets: readonly TextSet[];
  /** Lines that are no JSON or lack id, label, title or text. */
  readonly broken: LineCount;
}

/**
 * The built-in texts of a file with lines {"id", "label", "title", "text"}, for instance
 * {"id":"web-01","label":"web","title":"A recipe","text":"Stir the flour…"}.
 */
export function parseDomainFile(content: string): DomainFile {
  const broken = createLineCounter();
  const texts = new Map<string, TextItem[]>();
  for (const [i, line] of content.split('\n').entries()) {
    if (line.trim() === '') continue;
    const cells = parseJsonLine(line);
    const [id, label, title, text] = ['id', 'label', 'title', 'text'].map(
      (name) => cells?.get(name)?.trim() ?? '',
    );
    if (id === '' || label === '' || title === '' || text === '') {
      broken.add(i + 1);
      continue;
    }
    const source = { kind: 'built-in', domain: label, id } as const;
    const { item } = createTextItem(cells?.get('text') ?? '', source, title);
    texts.set(label, [...(texts.get(label) ?? []), item]);
  }
  const named = [...texts].map(([name, items]) => ({ name, texts: items }));
  return { sets: createTextSets(named), broken: broken.get() };
}
