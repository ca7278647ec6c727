import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A repository of the hub's. */
export interface ServedRepo {
  /** Path -> bytes. Weights are large files and have a SHA-256; others have git's hash only. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** `main` and the revisions beside it; all have the same files. */
  readonly revisions?: readonly string[];
  /** Answered with 401 without it. */
  readonly token?: string;
  /** Sizes that the listing says wrongly. */
  readonly saysSizes?: Readonly<Record<string, number>>;
  /** Hashes that the listing says wrongly; null leaves the hash out. */
  readonly saysHashes?: Readonly<Record<string, string | null>>;
  /** Files on one page of the listing; all on one unless told. */
  readonly pageSize?: number;
  /** Files are at another host, as large ones are. */
  readonly redirects?: boolean;
}

const isLarge = (path: string): boolean => /\.(gguf|safetensors|bin)$/i.test(path);

function toEntries({ files, saysSizes = {}, saysHashes = {} }: ServedRepo): object[] {
  const folders = new Set(
    Object.keys(files)
      .filter((path) => path.includes('/'))
      .map((path) => path.slice(0, path.lastIndexOf('/'))),
  );
  const entries = Object.entries(files).map(([path, bytes]) => {
    const hash = (name: string): string => createHash(name).update(bytes).digest('hex');
    const size = saysSizes[path] ?? bytes.byteLength;
    const oid = saysHashes[path] === undefined ? hash('sha256') : saysHashes[path];
    const lfs = isLarge(path) && oid !== null ? { lfs: { oid, size, pointerSize: 134 } } : {};
    return { type: 'file', oid: hash('sha1'), size, path, ...lfs };
  });
  return [
    ...[...folders].map((path) => ({ type: 'directory', oid: '0', size: 0, path })),
    ...entries,
  ];
}

/** What a hub's address asks for. */
export type HubCall =
  | { readonly kind: 'tree'; readonly repo: string; readonly revision: string }
  | {
      readonly kind: 'file';
      readonly repo: string;
      readonly revision: string;
      readonly path: string;
    };

/** Reads an address as a hub does; null for one that is not a hub's. */
export function readHubCall(pathname: string): HubCall | null {
  const tree = pathname.match(/^\/api\/models\/([^/]+\/[^/]+)\/tree\/([^/]+)$/);
  if (tree !== null) {
    const [, repo, revision] = tree;
    return { kind: 'tree', repo, revision: decodeURIComponent(revision) };
  }
  const file = pathname.match(/^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/);
  if (file === null) return null;
  const [, repo, revision, path] = file;
  const decode = decodeURIComponent;
  return { kind: 'file', repo, revision: decode(revision), path: decode(path) };
}

/** Refuses as hubs do: 401 for a repository that is not there or not for everyone. Null when it may. */
export function findRefusal(
  repo: ServedRepo | undefined,
  revision: string,
  request: IncomingMessage,
): { readonly status: number; readonly error: string } | null {
  if (repo === undefined) return { status: 401, error: 'Invalid username or password.' };
  const isKnown =
    repo.token === undefined || request.headers.authorization === `Bearer ${repo.token}`;
  if (!isKnown) {
    const isTold = request.headers.authorization !== undefined;
    return { status: isTold ? 403 : 401, error: 'Access to this model is restricted.' };
  }
  if (revision !== 'main' && !repo.revisions?.includes(revision))
    return { status: 404, error: `Invalid rev id: ${revision}` };
  return null;
}

/** Answers with a page of a repository's listing, and where the next one is. */
export function sendTree(
  repo: ServedRepo,
  address: URL,
  response: ServerResponse,
  baseUrl: string,
): void {
  const entries = toEntries(repo);
  const at = Number(address.searchParams.get('cursor') ?? 0);
  const end = at + (repo.pageSize ?? entries.length);
  const next = new URL(address.pathname + address.search, baseUrl);
  next.searchParams.set('cursor', String(end));
  response.writeHead(200, {
    'content-type': 'application/json',
    ...(end < entries.length ? { link: `<${next.href}>; rel="next"` } : {}),
  });
  response.end(JSON.stringify(entries.slice(at, end)));
}
