import { type ModelOrigin, readOrigin, writeOrigin } from '../protocol/model-origin.ts';
import { type Conversation, parseConversation } from '../text/conversation.ts';
import { DEFAULT_DISPLAY, type DisplayOptions } from './display-options.ts';
import type { LinkParameters } from './link-part.ts';
import type { Selection } from './selection.ts';
import { isWorkspace, type Workspace } from './workspace.ts';

/** What a link restores. */
export interface LinkedState {
  /** Null for Read. */
  readonly workspace: Workspace | null;
  readonly selection: Partial<Selection>;
  readonly display: Partial<DisplayOptions>;
  readonly sampleId: string | null;
  readonly text: string | null;
  /** The turns that the text was given as; then `text` is null. */
  readonly conversation: Conversation | null;
  /** The model that the link was made with; null for the embedded one. */
  readonly origin: ModelOrigin | null;
  /** Whether texts get a begin token; null: as the model's files say. */
  readonly addsBegin: boolean | null;
  /** What workspaces keep for themselves: parameters with a dot in their name, unread. */
  readonly parts: LinkParameters;
}

const VERSION = '1';

/** Allowed values of each option that is a choice. */
const CHOICES = {
  firstToken: ['keep', 'drop', 'drop-renormalise'],
  scale: ['linear', 'sqrt', 'log', 'row'],
  unit: ['token', 'word', 'sentence', 'line'],
  entropyUnit: ['nats', 'bits', 'normalised', 'keys'],
  pool: ['max', 'mean'],
  tint: ['none', 'entropy', 'received', 'from-query', 'to-key', 'surprise'],
  gridOrder: ['layer', 'role', 'entropy', 'distance', 'first-token', 'confidence'],
  headView: ['heatmap', 'lines', 'steps'],
  weighting: ['weights', 'values'],
  sourceMethod: ['rollout', 'flow', 'mean'],
  entropyView: ['tokens', 'token-layer', 'layer-head'],
} as const satisfies Partial<Record<keyof DisplayOptions, readonly string[]>>;
const FRACTIONS = ['thresholdWeight', 'cumulatedMass'] as const;

/** Writes a link's fragment: readable, versioned, only what differs from the defaults. */
export function toFragment(state: {
  readonly selection: Selection;
  readonly display: DisplayOptions;
  readonly sampleId: string | null;
  readonly text: string | null;
  readonly conversation?: Conversation | null;
  readonly origin?: ModelOrigin;
  readonly addsBegin?: boolean | null;
  readonly workspace?: Workspace;
  readonly parts?: LinkParameters;
}): string {
  const parameters = new URLSearchParams({ v: VERSION });
  const { selection, display, origin, addsBegin, workspace = 'read' } = state;
  if (workspace !== 'read') parameters.set('at', workspace);
  if (origin !== undefined && origin.kind !== 'embedded')
    parameters.set('model', writeOrigin(origin));
  if (addsBegin != null) parameters.set('begin', addsBegin ? '1' : '0');
  parameters.set('head', `${selection.layer}.${selection.head}`);
  if (selection.query !== null) parameters.set('query', String(selection.query));
  if (selection.key !== null) parameters.set('key', String(selection.key));
  for (const [name, value] of Object.entries(display)) {
    if (value !== DEFAULT_DISPLAY[name as keyof DisplayOptions])
      parameters.set(name, String(value));
  }
  for (const [name, value] of Object.entries(state.parts ?? {})) parameters.set(name, value);
  if (state.sampleId !== null) parameters.set('sample', state.sampleId);
  else if (state.text !== null && state.conversation)
    parameters.set('chat', JSON.stringify(state.conversation));
  else if (state.text !== null) parameters.set('text', state.text);
  return parameters.toString();
}

/**
 * Reads a fragment. What cannot be read is left out and named in `problems`; a fragment without a
 * version is not one of ours and is ignored.
 */
export function fromFragment(fragment: string): {
  readonly state: LinkedState;
  readonly problems: readonly string[];
} {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  const problems: string[] = [];
  const nothing: LinkedState = {
    workspace: null,
    parts: {},
    selection: {},
    display: {},
    sampleId: null,
    text: null,
    conversation: null,
    origin: null,
    addsBegin: null,
  };
  const version = parameters.get('v');
  if (version === null) return { state: nothing, problems };
  if (version !== VERSION) {
    return { state: nothing, problems: [`v=${version}`] };
  }
  const selection: { -readonly [K in keyof Selection]?: Selection[K] } = {};
  const head = parameters.get('head');
  const pair = head?.match(/^(\d{1,4})\.(\d{1,4})$/);
  if (pair) {
    selection.layer = Number(pair[1]);
    selection.head = Number(pair[2]);
  } else if (head !== null) problems.push(`head=${head}`);
  for (const name of ['query', 'key'] as const) {
    const value = parameters.get(name);
    if (value === null) continue;
    if (/^\d{1,7}$/.test(value)) selection[name] = Number(value);
    else problems.push(`${name}=${value}`);
  }
  const display: Record<string, unknown> = {};
  for (const [name, allowed] of Object.entries(CHOICES)) {
    const value = parameters.get(name);
    if (value === null) continue;
    if ((allowed as readonly string[]).includes(value)) display[name] = value;
    else problems.push(`${name}=${value}`);
  }
  for (const name of FRACTIONS) {
    const value = parameters.get(name);
    if (value === null) continue;
    const number = Number(value);
    if (number >= 0 && number <= 1) display[name] = number;
    else problems.push(`${name}=${value}`);
  }
  const chat = parameters.get('chat');
  const conversation = chat === null ? null : readConversation(chat);
  if (chat !== null && conversation === null) problems.push(`chat=${chat.slice(0, 40)}`);
  const model = parameters.get('model');
  const origin = model === null ? null : readOrigin(model);
  if (model !== null && origin === null) problems.push(`model=${model.slice(0, 80)}`);
  const begin = parameters.get('begin');
  if (begin !== null && begin !== '0' && begin !== '1') problems.push(`begin=${begin}`);
  const at = parameters.get('at');
  if (at !== null && !isWorkspace(at)) problems.push(`at=${at.slice(0, 40)}`);
  const filter = parameters.get('gridFilter');
  if (filter !== null) display.gridFilter = filter.slice(0, 200);
  return {
    state: {
      workspace: isWorkspace(at) ? at : null,
      parts: Object.fromEntries([...parameters].filter(([name]) => name.includes('.'))),
      selection,
      display: display as Partial<DisplayOptions>,
      sampleId: parameters.get('sample'),
      text: parameters.get('text'),
      conversation,
      origin: origin?.kind === 'embedded' ? null : origin,
      addsBegin: begin === '1' ? true : begin === '0' ? false : null,
    },
    problems,
  };
}

function readConversation(json: string): Conversation | null {
  try {
    return parseConversation(JSON.parse(json));
  } catch {
    return null;
  }
}
