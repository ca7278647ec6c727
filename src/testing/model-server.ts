import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Misbehaviour, type ServedFile, sendFile, tagOf } from './served-file.ts';
import { findRefusal, readHubCall, type ServedRepo, sendTree } from './served-hub.ts';

/** A request that has come. */
export interface ServerRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly range: string | null;
  readonly authorization: string | null;
  /** Whether it came to the other host, to which the hub's large files are redirected. */
  readonly isOtherHost: boolean;
}

/** What stands on the server at first. */
export interface ServerContents {
  /** Path without the slash at its beginning -> contents. */
  readonly files?: Readonly<Record<string, Uint8Array | string>>;
  /** "owner/name" -> repository. */
  readonly repos?: Readonly<Record<string, ServedRepo>>;
}

/**
 * A server of models on this machine, for tests here and in a browser: files at their paths, and a hub's
 * API. Everything may be read from other origins unless a request is told to misbehave.
 */
export interface ModelServer {
  /** "http://127.0.0.1:port", without a slash. Also the hub's address. */
  readonly url: string;
  /** Where the hub's large files are redirected to. */
  readonly otherUrl: string;
  readonly requests: readonly ServerRequest[];
  /** Puts a file there, or a new version of it. */
  put(path: string, contents: Uint8Array | string): void;
  putRepo(name: string, repo: ServedRepo): void;
  remove(path: string): void;
  /**
   * The next requests to a path misbehave, one after another; later ones are answered well. A path is as
   * it stands in the address ("owner/name/resolve/main/a.gguf" for a hub's), "*" is all of them.
   */
  misbehave(path: string, ...answers: readonly Misbehaviour[]): void;
  /** All requests to a path misbehave from now on, after those told by `misbehave`; null ends it. */
  alwaysMisbehave(path: string, answer: Misbehaviour | null): void;
  /** Forgets what requests have come. */
  forget(): void;
  close(): Promise<void>;
}

const EXPOSED =
  'ETag, Content-Range, Content-Length, Content-Encoding, Retry-After, Link, X-Repo-Commit';
const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  html: 'text/html',
  jinja: 'text/plain',
};

function toServedFile(path: string, contents: Uint8Array | string): ServedFile {
  const bytes = typeof contents === 'string' ? new TextEncoder().encode(contents) : contents;
  const ending = path.slice(path.lastIndexOf('.') + 1);
  return { bytes, etag: tagOf(bytes), type: TYPES[ending] ?? 'application/octet-stream' };
}

async function listen(answer: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}` };
}

/** Starts a server of models; it must be closed. */
export async function startModelServer(contents: ServerContents = {}): Promise<ModelServer> {
  const files = new Map<string, ServedFile>();
  const repos = new Map(Object.entries(contents.repos ?? {}));
  const queues = new Map<string, Misbehaviour[]>();
  const always = new Map<string, Misbehaviour>();
  const requests: ServerRequest[] = [];

  const chooseHow = (path: string): Misbehaviour =>
    queues.get(path)?.shift() ??
    queues.get('*')?.shift() ??
    always.get(path) ??
    always.get('*') ??
    {};

  const send = (
    request: IncomingMessage,
    response: ServerResponse,
    file: ServedFile | undefined,
    how: Misbehaviour,
  ): void => {
    const answer = file === undefined && how.page === undefined ? { status: 404, ...how } : how;
    void sendFile(request, response, file ?? toServedFile('', ''), answer);
  };

  const answerOn = (isOtherHost: boolean): RequestListener => {
    return (request, response) => {
      const address = new URL(request.url ?? '/', 'http://host');
      const path = decodeURIComponent(address.pathname).slice(1);
      if (request.method === 'OPTIONS') {
        response.writeHead(204, {
          'access-control-allow-origin': '*',
          'access-control-allow-methods': 'GET, HEAD',
          'access-control-allow-headers': 'Authorization, Range',
        });
        response.end();
        return;
      }
      requests.push({
        method: request.method ?? 'GET',
        path: address.pathname + address.search,
        range: request.headers.range ?? null,
        authorization: request.headers.authorization ?? null,
        isOtherHost,
      });
      const call = readHubCall(address.pathname);
      const repo = call === null ? undefined : repos.get(call.repo);
      const isRedirected = call?.kind === 'file' && repo?.redirects === true && !isOtherHost;
      const how = isRedirected ? {} : chooseHow(path);
      if (!how.forbidsOthers) {
        response.setHeader('access-control-allow-origin', '*');
        response.setHeader('access-control-expose-headers', EXPOSED);
        response.setHeader('cross-origin-resource-policy', 'cross-origin');
      }
      const isWell = how.status === undefined && how.page === undefined && how.stallsAfter !== -1;
      if (call === null || !isWell) {
        send(request, response, files.get(path), how);
        return;
      }
      // The other host knows no logins: its addresses are signed.
      const refusal = isOtherHost ? null : findRefusal(repo, call.revision, request);
      if (refusal !== null || repo === undefined) {
        response.writeHead(refusal?.status ?? 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: refusal?.error ?? 'no' }));
        return;
      }
      response.setHeader('x-repo-commit', '0123456789abcdef0123456789abcdef01234567');
      if (call.kind === 'tree') {
        sendTree(repo, address, response, main.url);
        return;
      }
      const bytes = repo.files[call.path];
      if (bytes !== undefined && isRedirected) {
        response.writeHead(302, { location: other.url + request.url }).end();
        return;
      }
      const file = bytes === undefined ? undefined : toServedFile(call.path, bytes);
      send(request, response, file, how);
    };
  };
  const main = await listen(answerOn(false));
  const other = await listen(answerOn(true));

  const put: ModelServer['put'] = (path, bytes) => void files.set(path, toServedFile(path, bytes));
  for (const [path, bytes] of Object.entries(contents.files ?? {})) put(path, bytes);
  return {
    url: main.url,
    otherUrl: other.url,
    requests,
    put,
    putRepo: (name, repo) => void repos.set(name, repo),
    remove: (path) => void files.delete(path),
    misbehave: (path, ...answers) =>
      void queues.set(path, [...(queues.get(path) ?? []), ...answers]),
    alwaysMisbehave(path, answer) {
      if (answer === null) always.delete(path);
      else always.set(path, answer);
    },
    forget() {
      requests.length = 0;
    },
    async close() {
      for (const { server } of [main, other]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
