/** Reads what this browser kept; nothing when it refuses or when it makes no sense. */
export function readKept<T>(key: string, isValid: (value: unknown) => value is T, fallback: T): T {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(key) ?? 'null');
    return isValid(value) ? value : fallback;
  } catch {
    return fallback;
  }
}

/** Keeps something in this browser; a refusal (private mode, no room) loses only the keeping. */
export function keep(key: string, value: unknown): void {
  try {
    window.localStorage.setItem(key, JSON.stringify(value));
  } catch {
    console.warn(`headlight: the browser keeps nothing (${key})`);
  }
}
