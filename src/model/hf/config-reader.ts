import { HeadlightError } from '../../lib/headlight-error.ts';

/** An object of a JSON file. */
export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parses a JSON file's text to an object. Throws `file-malformed` naming the file. */
export function parseJsonObject(text: string, fileName: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new HeadlightError('file-malformed', `${fileName} is no JSON.`, { name: fileName });
  }
  if (isObject(value)) return value;
  throw new HeadlightError('file-malformed', `${fileName} is not an object.`, { name: fileName });
}

/** A value as a message shows it, short; what is nested may be so without end. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return (JSON.stringify(value) ?? String(value)).slice(0, 40);
}

/** The error for something that a file asks for by name and that this program cannot run. */
export function unknownFeature(fileName: string, what: string, known = 'none'): HeadlightError {
  return new HeadlightError(
    'architecture-unknown',
    `${fileName} has ${what}, which this program cannot run.`,
    { name: fileName, architecture: what, known },
  );
}

/** Sizes are below this; bases of rotations and factors may be larger. */
const LARGEST_WHOLE = 2 ** 31;
const LARGEST_REAL = 1e18;

/**
 * Reads values of one config by their keys. Of several keys the first that is there counts; null stands
 * for "not there". All throw `file-malformed` naming the key and its value.
 */
export function createReader(config: Json, fileName: string) {
  const fail = (what: string): never => {
    throw new HeadlightError('file-malformed', `${fileName}: ${what}.`, { name: fileName, what });
  };
  const own = (key: string): unknown => (Object.hasOwn(config, key) ? config[key] : null);
  /** A number above 0, or from 0 on. */
  const number = (keys: readonly string[], isPositive: boolean): number | null => {
    for (const key of keys) {
      const value = own(key);
      if (value === undefined || value === null) continue;
      const isFit =
        typeof value === 'number' && value <= LARGEST_REAL && (isPositive ? value > 0 : value >= 0);
      if (isFit) return value;
      fail(`${key} is ${showValue(value)}, not a number ${isPositive ? 'above' : 'from'} 0`);
    }
    return null;
  };
  const positive = (...keys: readonly string[]): number | null => number(keys, true);
  const real = (...keys: readonly string[]): number | null => number(keys, false);
  const whole = (...keys: readonly string[]): number | null => {
    const value = positive(...keys);
    if (value !== null && (!Number.isInteger(value) || value > LARGEST_WHOLE)) {
      const key = keys.find((each) => own(each) === value);
      fail(`${key} is ${value}, not a whole number of a fitting size`);
    }
    return value;
  };
  const needed = (...keys: readonly string[]): number =>
    whole(...keys) ?? fail(`${keys[0]} is missing`);
  const flag = (key: string): boolean | null => {
    const value = own(key);
    if (value === undefined || value === null) return null;
    return typeof value === 'boolean' ? value : fail(`${key} is ${showValue(value)}`);
  };
  const text = (...keys: readonly string[]): string | null => {
    for (const key of keys) {
      const value = own(key);
      if (value === undefined || value === null) continue;
      return typeof value === 'string' ? value : fail(`${key} is ${showValue(value)}`);
    }
    return null;
  };
  const list = <T>(key: string, isItem: (item: unknown) => item is T): readonly T[] | null => {
    const value = own(key);
    if (value === undefined || value === null) return null;
    if (Array.isArray(value) && value.every(isItem)) return value;
    return fail(`${key} is not a list of the right kind`);
  };
  return { fail, positive, real, whole, needed, flag, text, list };
}
export type ConfigReader = ReturnType<typeof createReader>;
