import { describe, expect, it } from 'vitest';
import {
  DEFAULT_HUB,
  isWebAddress,
  type ModelOrigin,
  readOrigin,
  writeOrigin,
} from './model-origin.ts';

const hub = (more: object = {}): ModelOrigin => ({
  kind: 'hub',
  hubUrl: DEFAULT_HUB,
  repo: 'owner/name',
  revision: 'main',
  path: '',
  ...more,
});

describe('an origin as a line', () => {
  it.each<[ModelOrigin, string]>([
    [{ kind: 'embedded' }, 'embedded'],
    [{ kind: 'files', name: 'my model.gguf' }, 'file:my model.gguf'],
    [{ kind: 'url', url: 'https://h/a.gguf?x=1' }, 'url:https://h/a.gguf?x=1'],
    [hub(), 'hub:owner/name'],
    [hub({ path: 'q4/a-Q4_K_M.gguf' }), 'hub:owner/name/q4/a-Q4_K_M.gguf'],
    [hub({ path: 'My Model 100%@.gguf' }), 'hub:owner/name/My%20Model%20100%25%40.gguf'],
    [hub({ revision: 'refs/pr/1', path: 'a.gguf' }), 'hub:owner/name@refs%2Fpr%2F1/a.gguf'],
    [hub({ hubUrl: 'http://127.0.0.1:80' }), 'hub(http://127.0.0.1:80):owner/name'],
  ])('%j comes back', (origin, line) => {
    expect(writeOrigin(origin)).toBe(line);
    expect(readOrigin(line)).toEqual(origin);
  });
  it.each([
    '',
    'moon:x',
    'file:',
    'url:',
    'url:javascript:alert(1)',
    'hub:',
    'hub:name',
    'hub:o/n@%E0%A4%A',
  ])('"%s" is none', (line) => expect(readOrigin(line)).toBeNull());
});

describe('an address', () => {
  it.each(['https://h/a', 'http://h'])('%s is one', (text) =>
    expect(isWebAddress(text)).toBe(true),
  );
  it.each(['', 'h/a', 'ftp://h/a', 'file:///a', 'data:,x', 'javascript:1'])(
    '"%s" is none',
    (text) => expect(isWebAddress(text)).toBe(false),
  );
});

it.each(['hub(https://%25):o/n', 'hub:../..', 'hub:o/n@..', 'hub:o/n/../../x', 'hub(ftp://h):o/n'])(
  'a hostile origin is none: %s',
  (text) => expect(readOrigin(text)).toBeNull(),
);
