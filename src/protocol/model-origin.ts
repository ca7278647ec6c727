/** Where a model came from, in plain values that cross the worker boundary and stand in links. */
export type ModelOrigin =
  | { readonly kind: 'embedded' }
  /** Dropped or picked; `name` is the file's or the folder's. */
  | { readonly kind: 'files'; readonly name: string }
  /** A .gguf, or a folder with config.json and safetensors. */
  | { readonly kind: 'url'; readonly url: string }
  | {
      readonly kind: 'hub';
      readonly hubUrl: string;
      /** "owner/name" */
      readonly repo: string;
      readonly revision: string;
      /** The .gguf file inside, or '' for the folder's safetensors. */
      readonly path: string;
    };

export const DEFAULT_HUB = 'https://huggingface.co';
export const DEFAULT_REVISION = 'main';

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Null where the text is badly encoded. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** A readable line for links and for telling origins apart; "embedded", "url:…", "hub:owner/name/file". */
export function writeOrigin(origin: ModelOrigin): string {
  switch (origin.kind) {
    case 'embedded':
      return 'embedded';
    case 'files':
      return `file:${origin.name}`;
    case 'url':
      return `url:${origin.url}`;
    case 'hub': {
      const host = origin.hubUrl === DEFAULT_HUB ? '' : `(${origin.hubUrl})`;
      const revision =
        origin.revision === DEFAULT_REVISION ? '' : `@${encodeURIComponent(origin.revision)}`;
      const path = origin.path === '' ? '' : `/${encodePath(origin.path)}`;
      return `hub${host}:${origin.repo}${revision}${path}`;
    }
  }
}

const HUB = /^hub(?:\((https?:\/\/[^)]+)\))?:([^/@\s]+\/[^/@\s]+)(?:@([^/\s]+))?(?:\/(\S+))?$/;

/** Whether a text is an address that a browser can fetch. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** Reads what `writeOrigin` wrote; null when it cannot be read. */
export function readOrigin(text: string): ModelOrigin | null {
  if (text === 'embedded') return { kind: 'embedded' };
  if (text.startsWith('file:') && text.length > 5) return { kind: 'files', name: text.slice(5) };
  if (text.startsWith('url:')) {
    const url = text.slice(4);
    return isWebAddress(url) ? { kind: 'url', url } : null;
  }
  const hub = text.match(HUB);
  if (hub === null) return null;
  const [, hubUrl = DEFAULT_HUB, repo] = hub;
  const revision = decode(hub[3] ?? DEFAULT_REVISION);
  const path = decode(hub[4] ?? '');
  if (revision === null || path === null || !isWebAddress(hubUrl)) return null;
  const parts = [...repo.split('/'), ...revision.split('/'), ...path.split('/')];
  // Such parts would climb out of the repository.
  if (parts.some((part) => part === '.' || part === '..')) return null;
  return { kind: 'hub', hubUrl, repo, revision, path };
}
