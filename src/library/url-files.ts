import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import { refusedError, toHeaders } from '../model/url-source.ts';
import type { WantedFile, WantedModel } from '../protocol/library.ts';
import { isWebAddress } from '../protocol/model-origin.ts';
import type { DownloadHost } from './download-file.ts';
import {
  INDEX_FILE,
  isGguf,
  listParts,
  NEEDED_FILES,
  nameOf,
  OPTIONAL_FILES,
} from './model-files.ts';

const wanted = (name: string, url: string, isOptional = false): WantedFile => ({
  name,
  url,
  bytes: null,
  sha256: null,
  ...(isOptional ? { isOptional } : {}),
});

/** The shards that an index names; null when there is no index. */
async function readShards(
  url: string,
  token: string | undefined,
  host: Pick<DownloadHost, 'fetch'>,
): Promise<readonly string[] | null> {
  let response: Response;
  try {
    response = await host.fetch(url, { headers: toHeaders(null, token) });
  } catch (thrown) {
    const { message } = toHeadlightError(thrown);
    throw new HeadlightError(
      'source-unreachable',
      `${new URL(url).host} could not be reached: ${message}`,
      {},
      thrown,
    );
  }
  if (response.status === 404) return null;
  if (!response.ok) throw refusedError(INDEX_FILE, response);
  const index = (await response.json().catch(() => null)) as {
    readonly weight_map?: Readonly<Record<string, unknown>>;
  } | null;
  // Servers that answer every address with their start page have no index.
  return index?.weight_map ? [...new Set(Object.values(index.weight_map).map(String))] : null;
}

/**
 * The files that an address means: a .gguf, all parts of a split one, or, for the address of a folder or
 * of a file in it (config.json, model.safetensors), that folder's safetensors with what belongs to them.
 */
export async function planUrl(
  url: string,
  token: string | undefined,
  host: Pick<DownloadHost, 'fetch'>,
): Promise<WantedModel> {
  if (!isWebAddress(url)) {
    throw new HeadlightError(
      'argument-invalid',
      `"${url}" is no address: it must begin with https:// or http://.`,
      { url },
    );
  }
  const address = new URL(url);
  address.hash = '';
  const withToken = token ? { token } : {};
  const beside = (name: string): string => {
    const other = new URL(address);
    other.pathname = address.pathname.replace(/[^/]*$/, '') + encodeURIComponent(name);
    return other.href;
  };
  const name = decodeURIComponent(nameOf(address.pathname));
  const origin = { kind: 'url', url: address.href } as const;
  const isFolder = name === '' || /\.(safetensors|json)$/i.test(name);
  if (!isFolder) {
    const file = isGguf(name) ? name : `${name}.gguf`;
    const parts = isGguf(name) ? listParts(name) : [];
    const files =
      parts.length > 1
        ? parts.map((part) => wanted(part, beside(part)))
        : [wanted(file, address.href)];
    return { origin, name: file.replace(/\.gguf$/i, ''), files, ...withToken };
  }
  const shards = await readShards(beside(INDEX_FILE), token, host);
  const weights = shards ?? ['model.safetensors'];
  const folder = address.pathname.split('/').slice(-2)[0];
  return {
    origin,
    name: decodeURIComponent(folder) || address.host,
    files: [
      ...NEEDED_FILES.map((each) => wanted(each, beside(each))),
      ...OPTIONAL_FILES.map((each) => wanted(each, beside(each), true)),
      ...(shards === null ? [] : [wanted(INDEX_FILE, beside(INDEX_FILE))]),
      ...weights.map((each) => wanted(each, beside(each))),
    ],
    ...withToken,
  };
}
