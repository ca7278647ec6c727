import i18next from 'i18next';

void i18next.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: {},
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** Values that complete a message. */
export type MessageValues = Readonly<Record<string, string | number>>;

/**
 * Registers a folder's strings under a namespace and returns the function that says them. Keys are typed;
 * `{{name}}` is filled in; plurals follow i18next (`key_one`, `key_other` with `count`).
 */
export function createMessages<Key extends string>(
  namespace: string,
  english: Readonly<Record<Key, string>>,
): (key: Key | PluralStem<Key>, values?: MessageValues) => string {
  i18next.addResourceBundle('en', namespace, english);
  // Most messages have no values and are asked for at every drawing.
  const said = new Map<string, string>();
  return (key, values) => {
    if (values !== undefined) return i18next.t(key, { ns: namespace, ...values });
    const known = said.get(key) ?? i18next.t(key, { ns: namespace });
    said.set(key, known);
    return known;
  };
}

/** "tokens" for the pair "tokens_one", "tokens_other". */
type PluralStem<Key extends string> = Key extends `${infer Stem}_other` ? Stem : never;

/** A sentence with its full stop: messages of runtimes and servers come without. */
export function endSentence(text: string): string {
  return /[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
