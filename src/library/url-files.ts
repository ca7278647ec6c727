import { HeadlightError, toHeadlightError } from '../lib/headlight-error.ts';
import {
  INDEX_FILE,
  isGguf,
  listParts,
  NEEDED_FILES,
  nameOf,
  OPTIONAL_FILES,
} from '../model/file-names.ts';
import { refusedError, toHeaders } from '../model/url-source.ts';
import type { WantedFile, WantedModel } from '../protocol/library.ts';
import { isWebAddress } from '../protocol/model-origin.ts';
import { isAbsence } from './download-errors.ts';
import type { DownloadHost } from './download-file.ts';
import { isSafeName } from './model-record.ts';

/** Addresses that say what they are: a file that is known, or a folder. */
const ENDING = /(\.gguf|\.safetensors|\.json|\/)$/i;

const wanted = (name: string, url: string, isOptional = false): WantedFile => ({
  name,
  url,
  bytes: null,
  sha256: null,
  ...(isOptional ? { isOptional } : {}),
});

type Host = Pick<DownloadHost, 'fetch'>;

/** A small JSON file; null when there is none. Servers that answer every address with a page have none. */
async function readJson(
  url: string,
  token: string | undefined,
  host: Host,
): Promise<object | null> {
  const name = nameOf(new URL(url).pathname);
  const response = await host.fetch(url, { headers: toHeaders(null, token) });
  if (!response.ok) {
    const error = refusedError(name, response);
    await response.body?.cancel();
    if (isAbsence(error)) return null;
    throw error;
  }
  const value: unknown = await response.json().catch(() => null);
  return typeof value === 'object' ? value : null;
}

/** As `readJson`, where servers hide from other origins that they have no such file: null, too. */
async function tryJson(url: string, token: string | undefined, host: Host): Promise<object | null> {
  try {
    return await readJson(url, token, host);
  } catch (thrown) {
    if (thrown instanceof HeadlightError) throw thrown;
    return null;
  }
}

/** The shards that a folder's index names; null when there is no index. */
async function readShards(
  beside: (name: string) => string,
  token: string | undefined,
  host: Host,
): Promise<readonly string[] | null> {
  const index = await tryJson(beside(INDEX_FILE), token, host);
  if (index === null) {
    await assertAnswers(beside(NEEDED_FILES[0]), token, host);
    return null;
  }
  const map: unknown = 'weight_map' in index ? index.weight_map : null;
  if (typeof map !== 'object' || map === null) return null;
  const shards = [...new Set(Object.values(map).map(String))];
  const bad = shards.find((name) => !isSafeName(name));
  if (bad === undefined && shards.length > 0) return shards;
  throw new HeadlightError(
    'file-malformed',
    `${INDEX_FILE} names ${bad === undefined ? 'no files' : `a file "${bad}" outside of its folder`}.`,
    { name: INDEX_FILE },
  );
}

/** Tells a folder that cannot be reached from one without an index. */
async function assertAnswers(url: string, token: string | undefined, host: Host): Promise<void> {
  try {
    const response = await host.fetch(url, { headers: toHeaders('0-0', token) });
    await response.body?.cancel();
  } catch (thrown) {
    const { code, message } = toHeadlightError(thrown);
    throw new HeadlightError(
      code === 'cancelled' ? code : 'source-unreachable',
      `${new URL(url).host} could not be reached, or does not let other pages read it: ${message}`,
      {},
      thrown,
    );
  }
}

/** The address with a slash where it is a folder's without one: there is a config.json in it. */
async function withSlash(address: URL, token: string | undefined, host: Host): Promise<URL> {
  const folder = new URL(address);
  folder.pathname += '/';
  const config = new URL(folder);
  config.pathname += NEEDED_FILES[0];
  return (await tryJson(config.href, token, host)) === null ? address : folder;
}

/** Decodes a part of an address; as it stands where it is badly encoded. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * The files that an address means: a .gguf, all parts of a split one, or, for the address of a folder or
 * of a file in it (config.json, model.safetensors), that folder's safetensors with what belongs to them.
 */
export async function planUrl(
  url: string,
  token: string | undefined,
  host: Host,
): Promise<WantedModel> {
  if (!isWebAddress(url)) {
    throw new HeadlightError(
      'argument-invalid',
      `"${url}" is no address: it must begin with https:// or http://.`,
      { url },
    );
  }
  let address = new URL(url);
  address.hash = '';
  if (!ENDING.test(address.pathname)) address = await withSlash(address, token, host);
  const withToken = token ? { token } : {};
  const beside = (name: string): string => {
    const other = new URL(address);
    other.pathname = address.pathname.replace(/[^/]*$/, '') + encodeURIComponent(name);
    return other.href;
  };
  const name = decoded(nameOf(address.pathname));
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
  const shards = await readShards(beside, token, host);
  const weights = shards ?? ['model.safetensors'];
  const folder = address.pathname.split('/').slice(-2)[0];
  return {
    origin,
    name: decoded(folder) || address.host,
    files: [
      ...NEEDED_FILES.map((each) => wanted(each, beside(each))),
      ...OPTIONAL_FILES.map((each) => wanted(each, beside(each), true)),
      ...(shards === null ? [] : [wanted(INDEX_FILE, beside(INDEX_FILE))]),
      ...weights.map((each) => wanted(each, beside(each))),
    ],
    ...withToken,
  };
}
