import { createMessages } from '../../lib/messages.ts';
import type { MeasureDescription } from '../../measures/measure.ts';
import type { Expression } from './arithmetic.ts';

/** The parts of the index, in its order. */
export const DOC_GROUPS = [
  'spread',
  'distance',
  'places',
  'copying',
  'comparing',
  'flow',
  'weights',
  'texts',
  'statistics',
] as const;
export type DocGroup = (typeof DOC_GROUPS)[number];

/** What a measure is computed from. */
export type DocNeed =
  | 'rows'
  | 'matrix'
  | 'matrices'
  | 'random'
  | 'weights'
  | 'texts'
  | 'models'
  | 'answers'
  | 'values'
  | 'streams';

/** How sure it is that the formula is the source's own. */
export type DocCertainty = 'code' | 'tex' | 'replication' | 'secondary' | 'literature' | 'ours';

/** A measure as the page lists it: named by the id that tables and exports use. */
export type DocFact = Pick<MeasureDescription, 'range' | 'source' | 'certainty'> & {
  readonly id: string;
  /** As tables and exports say it; the page's own formula where there is none. */
  readonly formula?: string;
  readonly unit: MeasureDescription['unit'] | 'none';
};

/** What is said in words; lists stand in the order of the symbols, steps and results they belong to. */
export interface Prose {
  readonly title: string;
  /** One sentence for a newcomer. */
  readonly sentence: string;
  /** How a value is read. */
  readonly reading: string;
  readonly symbols: readonly string[];
  readonly tables: readonly string[];
  readonly steps: readonly string[];
  readonly results: readonly string[];
  /** What it does not say. */
  readonly limits: readonly string[];
  readonly where: string;
  /** Further words by which the index finds it. */
  readonly also: string;
}

/** Numbers that a worked example starts from, drawn as a small table. */
export interface WorkedTable {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** [row][column]; a row may end early where a query cannot look further. */
  readonly values: readonly (readonly number[])[];
  readonly isMarked?: (row: number, column: number) => boolean;
  /** `attention`: rows are queries and columns keys, cells tinted. `signed`: tinted both ways. */
  readonly kind: 'attention' | 'signed' | 'plain';
}

/** A line of arithmetic: "left = expression = value". */
export interface WorkedStep {
  readonly left: string;
  readonly expression: Expression;
  /** The place of its words in the prose; null: it belongs to the line before. */
  readonly says: number | null;
}

/** What the program's own function makes of the example. */
export interface WorkedResult {
  readonly left: string;
  /** The last line of arithmetic, in numbers. */
  readonly expression: Expression;
  /** Given by the function that the rest of the program uses. */
  readonly value: number;
  readonly unit: DocFact['unit'];
}

export interface WorkedExample {
  readonly tables: readonly WorkedTable[];
  readonly steps: readonly WorkedStep[];
  readonly results: readonly WorkedResult[];
}

/** One measure's page. */
export interface MeasureDoc {
  /** Stands in links: never changed. */
  readonly id: string;
  readonly group: DocGroup;
  readonly formulas: readonly string[];
  /** Explained by `prose().symbols`. */
  readonly symbols: readonly string[];
  /** The measures that this page is about. */
  readonly facts: readonly DocFact[];
  readonly needs: readonly DocNeed[];
  readonly related: readonly string[];
  readonly work: () => WorkedExample;
  readonly prose: () => Prose;
}

/**
 * Registers the words of some pages as messages ("entropy-steps-0") and returns the function that says
 * those of one page.
 */
export function createProse<Id extends string>(
  namespace: string,
  pages: Readonly<Record<Id, Prose>>,
): (id: Id) => () => Prose {
  const english: Record<string, string> = {};
  for (const [id, prose] of Object.entries<Prose>(pages)) {
    for (const [part, words] of Object.entries<string | readonly string[]>({ ...prose })) {
      if (typeof words === 'string') english[`${id}-${part}`] = words;
      else
        words.forEach((each, i) => {
          english[`${id}-${part}-${i}`] = each;
        });
    }
  }
  const t = createMessages(namespace, english);
  return (id) => () => {
    const say = (part: string): string => t(`${id}-${part}`);
    const sayAll = (
      part: 'symbols' | 'tables' | 'steps' | 'results' | 'limits',
    ): readonly string[] => Array.from(pages[id][part], (_, i) => t(`${id}-${part}-${i}`));
    return {
      title: say('title'),
      sentence: say('sentence'),
      reading: say('reading'),
      symbols: sayAll('symbols'),
      tables: sayAll('tables'),
      steps: sayAll('steps'),
      results: sayAll('results'),
      limits: sayAll('limits'),
      where: say('where'),
      also: say('also'),
    };
  };
}

const TAGS: Readonly<Record<string, DocCertainty>> = {
  CODE: 'code',
  REPRO: 'code',
  TEX: 'tex',
  REPL: 'replication',
  '2ND': 'secondary',
  MEM: 'literature',
  RECON: 'ours',
};

/** The source of a description without our notes' own marks, and how sure each of them makes it. */
export function readSource({ source, certainty }: Pick<DocFact, 'source' | 'certainty'>): {
  readonly source: string;
  readonly certainties: readonly DocCertainty[];
} {
  const tags = [...source.matchAll(/\b(CODE|REPRO|TEX|REPL|2ND|MEM|RECON)\b/g)];
  const named = tags.map(([tag]) => TAGS[tag]);
  const certainties =
    certainty === 'ours' ? [...named.filter((each) => each !== 'ours'), 'ours' as const] : named;
  return {
    source: source
      .replace(/\s*\[[^\]]*\b(?:CODE|REPRO|TEX|REPL|2ND|MEM|RECON)\b[^\]]*\]/g, '')
      .replace(/;? *methods [\d.]+( and [\d.]+)*/g, '')
      .trim(),
    certainties: [...new Set(certainties)],
  };
}
