import type { Stage } from './role-test.ts';

/** Why a type of head has no test here. */
export type NoTestReason =
  | 'needs-ablation'
  | 'needs-training'
  | 'needs-labels'
  | 'needs-paraphrases'
  | 'needs-languages'
  | 'needs-reasoning'
  | 'needs-outputs'
  | 'not-a-head';

/** Where in the depth of a model a type is usually found; null: the survey does not say. */
export type LayerTendency = 'shallow' | 'shallow-middle' | 'middle' | 'middle-deep' | 'deep' | null;

export interface HeadType {
  readonly id: string;
  readonly stage: Stage;
  readonly group: HeadGroup;
  /** Model families in which the survey's figure shows it; "toy" for small trained ones. */
  readonly foundIn: readonly string[];
  readonly tendency: LayerTendency;
  /** Ids of the battery's tests, the main one first. */
  readonly tests: readonly string[];
  /** Null exactly when there are tests. */
  readonly noTest: NoTestReason | null;
}

export const HEAD_GROUPS = [
  'recall-general',
  'recall-choice',
  'recall-yes-no',
  'structure',
  'syntax',
  'semantics',
  'task-recognition',
  'task-learning',
  'effective',
  'task',
  'aggregate',
  'amplify',
  'align',
  'attention-shape',
] as const;
export type HeadGroup = (typeof HEAD_GROUPS)[number];

type Row = readonly [
  id: string,
  foundIn: string,
  tendency: LayerTendency,
  tests: string,
  noTest?: NoTestReason,
];

const split = (list: string): readonly string[] => (list === '' ? [] : list.split(' '));

const section = (stage: Stage, group: HeadGroup, rows: readonly Row[]): readonly HeadType[] =>
  rows.map(([id, foundIn, tendency, tests, noTest]) => ({
    id,
    stage,
    group,
    foundIn: split(foundIn),
    tendency,
    tests: split(tests),
    noTest: noTest ?? null,
  }));

/**
 * The survey's catalogue of head types (Zheng et al. 2024; methods 4.2 [TEX]) in its four stages, and
 * after them what other papers of its reading list name and the battery tests.
 */
export const CATALOGUE: readonly HeadType[] = [
  ...section('recall', 'recall-general', [
    ['associative-memory', 'toy', 'shallow', '', 'not-a-head'],
    ['memory', 'Llama Pythia GPT', 'shallow-middle', '', 'needs-outputs'],
  ]),
  ...section('recall', 'recall-choice', [
    ['constant', 'Gemma', 'middle', 'constant'],
    ['single-letter', 'Gemma', 'middle', 'single-letter'],
  ]),
  ...section('recall', 'recall-yes-no', [
    ['negative', 'Gemma Mistral Llama Qwen GPT', 'middle', 'negative'],
  ]),
  ...section('identify', 'structure', [
    ['previous', 'Pythia GPT', 'shallow', 'previous previous-text'],
    ['positional', 'GPT', 'shallow', 'positional'],
    ['rare-words', 'toy', null, 'rare-token-back'],
    ['duplicate', 'GPT', 'shallow', 'duplicate duplicate-name'],
    ['retrieval', 'Yi Mistral Llama Qwen', 'shallow-middle', 'retrieval'],
  ]),
  ...section('identify', 'syntax', [
    ['subword-merge', 'GPT', 'shallow', 'subword-merge'],
    ['syntactic', 'toy', null, 'syntax-determiner syntax-adjective syntax-subject syntax-object'],
    ['mover', 'Llama GPT', null, '', 'needs-ablation'],
    ['name-mover', 'GPT', 'middle-deep', 'name-mover name-attention name-mover-copy'],
    ['negative-name-mover', 'GPT', null, 'negative-name-mover negative-name-copy'],
    ['letter-mover', 'GPT', 'middle-deep', 'letter-mover'],
  ]),
  ...section('identify', 'semantics', [
    ['context', 'GPT', 'middle-deep', '', 'needs-ablation'],
    ['content-gatherer', 'Gemma', 'middle', 'content-gatherer'],
    ['sentiment-summarizer', 'GPT', 'middle', 'sentiment-summarizer'],
    ['semantic-induction', 'InternLM', 'middle', '', 'needs-outputs'],
    ['subject', 'Pythia', 'shallow-middle', 'subject'],
    ['relation', 'Llama Pythia GPT', 'middle-deep', 'relation'],
  ]),
  ...section('reason', 'task-recognition', [
    ['summary-reader', 'GPT', 'deep', 'sentiment-reader'],
    ['function-vector', 'Llama GPT', 'middle', '', 'needs-ablation'],
  ]),
  ...section('reason', 'task-learning', [
    [
      'induction',
      'Yi Mistral Llama Qwen GPT',
      'middle-deep',
      'induction prefix-matching token-copying',
    ],
    ['in-context', '', null, '', 'needs-outputs'],
  ]),
  ...section('reason', 'effective', [
    ['truthfulness', 'Llama', 'middle-deep', '', 'needs-training'],
    ['accuracy', 'Gemma Llama', 'middle', '', 'needs-labels'],
    ['consistency', 'Llama', null, '', 'needs-paraphrases'],
    ['vulnerable', 'GPT', 'deep', '', 'needs-ablation'],
  ]),
  ...section('reason', 'task', [
    ['correct-letter', 'Gemma', 'middle', 'correct-letter'],
    ['iteration', 'toy', null, '', 'needs-training'],
    ['successor', 'Pythia GPT Llama', 'middle', 'successor'],
    ['suppression', 'GPT', 'middle-deep', '', 'needs-ablation'],
  ]),
  ...section('express', 'aggregate', [['mixed', 'Pythia', 'middle-deep', '', 'needs-outputs']]),
  ...section('express', 'amplify', [
    ['amplification', 'Gemma', 'deep', '', 'needs-outputs'],
    ['correct', 'Llama', 'deep', '', 'needs-outputs'],
  ]),
  ...section('express', 'align', [
    ['coherence', 'Llama', 'deep', '', 'needs-languages'],
    ['faithfulness', 'Llama GPT', 'deep', '', 'needs-reasoning'],
  ]),
  ...section('beyond', 'attention-shape', [
    ['sink', '', null, 'sink first-four first-random'],
    ['streaming', '', null, 'streaming'],
    ['delimiter', '', null, 'delimiter'],
    ['diagonal', '', null, 'current'],
    ['confident', '', null, 'confidence'],
    ['copy-suppression', '', null, 'copy-suppression'],
    ['repeated-name', '', null, 'repeated-name'],
    ['copying-map', '', null, 'ov-copying'],
  ]),
];

/** A type by its id; undefined for one that there is not. */
export function findHeadType(id: string): HeadType | undefined {
  return CATALOGUE.find((each) => each.id === id);
}

/** The type that a test stands under. Throws for a test that stands nowhere. */
export function getTypeOfTest(test: string): HeadType {
  const type = CATALOGUE.find(({ tests }) => tests.includes(test));
  if (type === undefined) throw new Error(`no head type has the test ${test}`);
  return type;
}
