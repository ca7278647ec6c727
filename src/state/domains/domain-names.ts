import { displayName } from '../../lib/display-name.ts';
import { createMessages } from '../../lib/messages.ts';
import type { DomainResults, DomainSetResults } from './domain-results.ts';

const t = createMessages('domain-names', {
  unnamed: 'set {{number}}',
  texts_one: '{{count}} text',
  texts_other: '{{count}} texts',
  cut: 'first {{length}} tokens of each text',
  windows: 'windows of {{length}} tokens',
});

/** How many characters of a set's name stand in a sentence. */
const LONGEST_NAME = 48;

/** A set's name as it may stand in a sentence; "set 2" for one without. */
export function getSetName({ name, colorIndex }: DomainSetResults): string {
  const shown = displayName(name.trim(), LONGEST_NAME);
  return shown === '' ? t('unnamed', { number: colorIndex + 1 }) : shown;
}

/** "conversation (24 texts)". */
export function getSetNameWithCount(set: DomainSetResults): string {
  return `${getSetName(set)} (${t('texts', { count: set.profiles.length })})`;
}

/** How texts were made alike in length. */
export function sayCut({ samples, sampleLength }: DomainResults): string {
  return t(samples, { length: sampleLength });
}
