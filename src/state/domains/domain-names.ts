import { createMessages } from '../../lib/messages.ts';
import type { DomainResults, DomainSetResults } from './domain-results.ts';

const t = createMessages('domain-names', {
  unnamed: 'set {{number}}',
  texts_one: '{{count}} text',
  texts_other: '{{count}} texts',
  cut: 'first {{length}} tokens of each text',
  windows: 'windows of {{length}} tokens',
});

/** A set's name; "set 2" for one without. */
export function getSetName({ name, colorIndex }: DomainSetResults): string {
  return name.trim() === '' ? t('unnamed', { number: colorIndex + 1 }) : name;
}

/** "conversation (24 texts)". */
export function getSetNameWithCount(set: DomainSetResults): string {
  return `${getSetName(set)} (${t('texts', { count: set.profiles.length })})`;
}

/** How texts were made alike in length. */
export function sayCut({ samples, sampleLength }: DomainResults): string {
  return t(samples, { length: sampleLength });
}
