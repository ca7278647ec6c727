export type Role = 'system' | 'user' | 'assistant';
export const ROLES: readonly Role[] = ['system', 'user', 'assistant'];

/** One turn of a conversation, as chat templates take it. */
export interface Turn {
  readonly role: Role;
  readonly content: string;
}

/** A text given as turns; the model's own template makes the text of them. */
export interface Conversation {
  readonly messages: readonly Turn[];
  /** Whether the text ends with the opening of an assistant's turn that is still to come. */
  readonly addGenerationPrompt: boolean;
  /**
   * How the speakers are called in the ordinary text that the turns were made of, "" for turns without a
   * name; absent where the turns were written as such.
   */
  readonly names?: Readonly<Partial<Record<Role, string>>>;
}

/** A line that begins with a speaker: one to three words, a colon, a space. */
const SPEAKER = /^(\p{L}[\p{L}\p{M}\p{N}.'’-]*(?: [\p{L}\p{M}\p{N}.'’-]+){0,2}):[ \t]+(?=\S)/u;
/** Speakers whose role their name says. */
const KNOWN: ReadonlyMap<string, Role> = new Map([
  ['system', 'system'],
  ['user', 'user'],
  ['human', 'user'],
  ['assistant', 'assistant'],
  ['ai', 'assistant'],
  ['bot', 'assistant'],
]);

/** Names have a capital where the script has capitals; "b: 2" is no speech. */
const isName = (name: string): boolean =>
  /^[\p{Lu}\p{Lt}\p{Lo}]/u.test(name) || KNOWN.has(name.toLowerCase());

interface SpokenPart {
  readonly name: string;
  readonly said: string;
}

/** The parts of a text in which each begins with a speaker; null when it is no such text. */
function cutSpeakers(text: string): readonly SpokenPart[] | null {
  const parts: { name: string; said: string }[] = [];
  for (const line of text.replace(/\n+$/, '').split('\n')) {
    const speaker = line.match(SPEAKER);
    if (speaker && isName(speaker[1]))
      parts.push({ name: speaker[1], said: line.slice(speaker[0].length) });
    else if (parts.length > 0) parts[parts.length - 1].said += `\n${line}`;
    else if (line.trim() !== '') return null;
  }
  return parts.length < 2 ? null : parts;
}

/** Roles by speaker: those that a name says, else user and assistant in turn as speakers appear. */
function castRoles(names: readonly string[]): ReadonlyMap<string, Role> {
  const cast = new Map<string, Role>();
  const unnamed = names.filter((name) => !KNOWN.has(name.toLowerCase()));
  for (const name of names) {
    const known = KNOWN.get(name.toLowerCase());
    cast.set(name, known ?? (unnamed.indexOf(name) % 2 === 0 ? 'user' : 'assistant'));
  }
  return cast;
}

/**
 * An ordinary text as turns. Lines such as "Anna: Hello" become turns, user and assistant by speaker; where
 * more speakers than roles take part, their names stay in what they say. Any other text is one turn of the
 * user.
 */
export function toConversation(text: string): Conversation {
  const parts = cutSpeakers(text);
  if (parts === null) {
    return {
      messages: [{ role: 'user', content: text }],
      addGenerationPrompt: false,
      names: { user: '' },
    };
  }
  const speakers = [...new Set(parts.map(({ name }) => name))];
  const cast = castRoles(speakers);
  const roleOf = (name: string): Role => cast.get(name) ?? 'user';
  const isOneEach = new Set(cast.values()).size === speakers.length;
  return {
    messages: parts.map(({ name, said }) => ({
      role: roleOf(name),
      content: isOneEach ? said : `${name}: ${said}`,
    })),
    addGenerationPrompt: false,
    names: Object.fromEntries(
      speakers.map((name) => [roleOf(name), isOneEach ? name : ''] as const),
    ),
  };
}

/** Turns as an ordinary text, a line a turn: "Anna: Hello". The way back from `toConversation`. */
export function toTranscript({ messages, names }: Conversation): string {
  return messages
    .map(({ role, content }) => {
      const name = names?.[role] ?? `${role[0].toUpperCase()}${role.slice(1)}`;
      return name === '' ? content : `${name}: ${content}`;
    })
    .join('\n');
}

/** Whether two conversations say the same in the same roles. */
export function isSameConversation(a: Conversation | null, b: Conversation | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.addGenerationPrompt === b.addGenerationPrompt &&
    a.messages.length === b.messages.length &&
    a.messages.every(
      ({ role, content }, i) => role === b.messages[i].role && content === b.messages[i].content,
    )
  );
}

const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Reads a conversation out of what a link or this browser's storage holds; null when it is none. */
export function parseConversation(value: unknown): Conversation | null {
  if (!isRecord(value) || !Array.isArray(value.messages)) return null;
  const messages: Turn[] = [];
  for (const each of value.messages as readonly unknown[]) {
    if (!isRecord(each) || !isRole(each.role) || typeof each.content !== 'string') return null;
    messages.push({ role: each.role, content: each.content });
  }
  const names: Partial<Record<Role, string>> = {};
  if (isRecord(value.names)) {
    for (const role of ROLES) {
      const name = value.names[role];
      if (typeof name === 'string') names[role] = name;
    }
  }
  return {
    messages,
    addGenerationPrompt: value.addGenerationPrompt === true,
    ...(Object.keys(names).length > 0 ? { names } : {}),
  };
}
