import { type ListFileEntry, listFiles } from '@huggingface/hub';
import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import {
  folderOf,
  INDEX_FILE,
  isGguf,
  isReadableType,
  isShard,
  listParts,
  NEEDED_FILES,
  nameOf,
  OPTIONAL_FILES,
  stemOf,
  typeInName,
} from '../model/file-names.ts';
import type {
  HubListing,
  HubRequest,
  HubVariant,
  WantedFile,
  WantedModel,
} from '../protocol/library.ts';
import type { DownloadHost } from './download-file.ts';

/** Repositories hold at most some thousand files; a listing that goes on and on is given up. */
const MOST_FILES = 20_000;
const MOST_PAGES = 200;

const toSize = (value: unknown): number | null =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : null;

function toWanted(request: HubRequest, { path, size, lfs }: ListFileEntry): WantedFile {
  const { hubUrl, repo, revision } = request;
  const parts = path.split('/').map(encodeURIComponent).join('/');
  return {
    name: nameOf(path),
    url: `${hubUrl}/${repo}/resolve/${encodeURIComponent(revision)}/${parts}`,
    bytes: toSize(lfs?.size ?? size),
    sha256: lfs?.oid !== undefined && /^[0-9a-f]{64}$/.test(lfs.oid) ? lfs.oid : null,
  };
}

/** The ways in which a repository's files make models, smallest first. */
export function toVariants(
  request: HubRequest,
  entries: readonly ListFileEntry[],
): readonly HubVariant[] {
  const { hubUrl, repo, revision, token } = request;
  const files = new Map(
    entries.filter(({ type }) => type === 'file').map((entry) => [entry.path, entry]),
  );
  const toModel = (path: string, name: string, found: readonly ListFileEntry[]): WantedModel => ({
    origin: { kind: 'hub', hubUrl, repo, revision, path },
    name,
    files: found.map((entry) => toWanted(request, entry)),
    ...(token ? { token } : {}),
  });
  const sum = (model: WantedModel): number =>
    model.files.reduce((total, { bytes }) => total + (bytes ?? 0), 0);
  const variants: HubVariant[] = [];
  for (const path of files.keys()) {
    const name = nameOf(path);
    // Vision towers and importance matrices are no language models.
    if (!isGguf(name) || /mmproj|imatrix/i.test(name)) continue;
    const parts = listParts(name).map((part) => files.get(folderOf(path) + part));
    if (nameOf(parts[0]?.path ?? '') !== name || parts.includes(undefined)) continue;
    const model = toModel(path, stemOf(name), parts as ListFileEntry[]);
    const type = typeInName(stemOf(name));
    variants.push({
      model,
      label: type ?? stemOf(name),
      bytes: sum(model),
      isReadable: isReadableType(type),
    });
  }
  const root = [...files.values()].filter(({ path }) => !path.includes('/'));
  const shards = root.filter(({ path }) => isShard(path));
  if (shards.length > 0 && NEEDED_FILES.every((name) => files.has(name))) {
    const beside = [...NEEDED_FILES, ...OPTIONAL_FILES, INDEX_FILE].flatMap(
      (name) => files.get(name) ?? [],
    );
    const model = toModel('', nameOf(repo), [...beside, ...shards]);
    variants.push({ model, label: 'safetensors', bytes: sum(model), isReadable: true });
  }
  return variants.sort((a, b) => a.bytes - b.bytes);
}

/**
 * Asks a hub for the files of a repository. Rejects with `source-unreachable`, `source-forbidden`,
 * `source-busy`, or `model-not-found` when nothing in it can be loaded.
 */
export async function listHub(
  asked: HubRequest,
  host: Pick<DownloadHost, 'fetch'>,
): Promise<HubListing> {
  const request = { ...asked, hubUrl: asked.hubUrl.replace(/\/+$/, '') };
  const { hubUrl, repo, revision, token } = request;
  const entries: ListFileEntry[] = [];
  let pages = 0;
  try {
    const listing = listFiles({
      repo: { type: 'model', name: repo },
      revision: encodeURIComponent(revision),
      hubUrl,
      recursive: true,
      fetch(input, init) {
        if (++pages > MOST_PAGES) throw new Error(`its listing goes on after ${MOST_PAGES} pages`);
        const url = String(input);
        const headers = new Headers(init?.headers);
        // Other hubs' tokens look otherwise than the client allows, and no other host may see one.
        if (token && new URL(url).origin === new URL(hubUrl).origin)
          headers.set('authorization', `Bearer ${token}`);
        return host.fetch(url, { ...init, headers });
      },
    });
    for await (const entry of listing) {
      if (typeof entry?.path !== 'string') throw new Error('its listing has a file without a name');
      entries.push(entry);
      if (entries.length > MOST_FILES) break;
    }
  } catch (thrown) {
    throw toHubError(request, thrown);
  }
  const variants = toVariants(request, entries);
  if (variants.length === 0) {
    throw new HeadlightError(
      'model-not-found',
      `${repo} has ${entries.length} files, but no .gguf and no config.json with tokenizer.json and safetensors.`,
      { repo, files: entries.length },
    );
  }
  return { request, variants };
}

function toHubError({ hubUrl, repo }: HubRequest, thrown: unknown): HeadlightError {
  const status = (thrown as { readonly statusCode?: unknown }).statusCode;
  const host = new URL(hubUrl).host;
  if (status === 401 || status === 403) {
    // Hubs answer so for repositories that do not exist, too.
    return new HeadlightError(
      'source-forbidden',
      `${host} has no ${repo} for everyone: it does not exist, or it asks for a login.`,
      { repo, status },
      thrown,
    );
  }
  if (status === 404) {
    return new HeadlightError(
      'source-unreachable',
      `${host} has no repository ${repo}, or not this revision of it.`,
      { repo, status },
      thrown,
    );
  }
  if (status === 429) {
    return new HeadlightError(
      'source-busy',
      `${host} answers 429: too many requests from here.`,
      { status },
      thrown,
    );
  }
  const { code, message } = toHeadlightError(thrown);
  if (code === 'cancelled') return toHeadlightError(thrown);
  return new HeadlightError(
    'source-unreachable',
    `${host} could not be asked for ${repo}: ${message}`,
    { repo },
    thrown,
  );
}
