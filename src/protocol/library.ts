import type { Device } from '../model/memory-estimate.ts';
import type { Precision } from '../model/weight-form.ts';
import type { ModelRequest } from './engine.ts';
import type { ModelOrigin } from './model-origin.ts';

/** A file to be fetched: what is known of it before. */
export interface WantedFile {
  /** The name it is kept under; no folders. */
  readonly name: string;
  readonly url: string;
  /** Null while nobody has said. */
  readonly bytes: number | null;
  /** Hex; null where the host gives none. */
  readonly sha256: string | null;
  /** A file that may be absent (a tokenizer's configuration). */
  readonly isOptional?: boolean;
}

/** A model that can be fetched: where from, and its files. */
export interface WantedModel {
  readonly origin: ModelOrigin;
  readonly name: string;
  readonly files: readonly WantedFile[];
  /** Sent to the host that the files come from, for models behind a login; kept nowhere. */
  readonly token?: string | undefined;
}

/** One of the ways in which a hub's repository offers a model. */
export interface HubVariant {
  readonly model: WantedModel;
  /** "Q4_K_M", "F16", "safetensors". */
  readonly label: string;
  readonly bytes: number;
  /** False where the file's type of numbers is known not to be read. */
  readonly isReadable: boolean;
}

export interface HubRequest {
  readonly hubUrl: string;
  readonly repo: string;
  readonly revision: string;
  readonly token?: string | undefined;
}

export interface HubListing {
  readonly request: HubRequest;
  /** Smallest first. */
  readonly variants: readonly HubVariant[];
}

/** A model in the browser's own storage, whole or in part. */
export interface KeptModel {
  readonly id: string;
  readonly name: string;
  readonly origin: ModelOrigin;
  /** Bytes that are here, and in all (null while unknown). */
  readonly doneBytes: number;
  readonly bytes: number | null;
  readonly isComplete: boolean;
  readonly fileNames: readonly string[];
  /** Hex SHA-256 of its one weights file; null while incomplete or where there are several. */
  readonly sha256: string | null;
  /** Whether the host gave a hash and all weights were compared with it; else it is only computed here. */
  readonly isVerified: boolean;
  readonly addedAt: number;
}

/** What the library holds and what room there is. */
export interface LibraryContents {
  readonly models: readonly KeptModel[];
  readonly usedBytes: number;
  /** Bytes that the browser would still give; null where it does not say. */
  readonly freeBytes: number | null;
  /** False where the browser gives no storage (private windows, old browsers). */
  readonly canKeep: boolean;
}

export type DownloadProgress =
  | {
      readonly stage: 'downloading' | 'checking';
      readonly fileName: string;
      readonly doneBytes: number;
      readonly totalBytes: number | null;
      readonly bytesPerSecond: number | null;
      readonly secondsLeft: number | null;
      /** The server gave no way to go on where it stopped: this file began anew. */
      readonly hasRestarted: boolean;
    }
  | {
      /** The line dropped or the server asked to wait. */
      readonly stage: 'waiting';
      readonly seconds: number;
      readonly why: string;
      readonly doneBytes: number;
      readonly totalBytes: number | null;
    };

/** What a model's header says before its weights are read. */
export interface ModelLook {
  readonly name: string;
  readonly architecture: string;
  readonly layerCount: number;
  readonly headCount: number;
  readonly keyValueHeadCount: number;
  readonly parameterCount: number;
  readonly fileBytes: number;
  /** How its weights would be held, and what it would take at its peak with 512 tokens, bytes. */
  readonly precision: Precision;
  readonly estimatedBytes: number;
  /** What this page should take of the machine's memory, bytes. */
  readonly limitBytes: number;
  readonly fits: boolean;
}

/**
 * The models of this browser: listing, fetching and keeping them. Implemented in a worker of its own, so
 * that a download outlives a model that fails and a model that runs stalls no download.
 */
export interface ModelLibrary {
  list(): Promise<LibraryContents>;
  /** The files of a repository that can be loaded. Rejects with `source-*` codes. */
  listHub(request: HubRequest): Promise<HubListing>;
  /** The files that an address means: one .gguf, all parts of a split one, or a folder. */
  planUrl(url: string, token?: string): Promise<WantedModel>;
  /**
   * Reads a model's header, wherever it is, and refuses what cannot be loaded before anything large is
   * fetched. Null when the server does not let a part of a file be read.
   */
  look(request: ModelRequest, device: Device): Promise<ModelLook | null>;
  /** Fetches a model, or the rest of it, into the browser's storage. What has arrived stays when it fails. */
  download(
    model: WantedModel,
    onProgress: (progress: DownloadProgress) => void,
    signal?: AbortSignal,
  ): Promise<KeptModel>;
  /** Copies a model's files from disk into the browser's storage. */
  keep(
    name: string,
    files: readonly { readonly name: string; readonly file: Blob }[],
    onProgress: (progress: DownloadProgress) => void,
    signal?: AbortSignal,
  ): Promise<KeptModel>;
  /** What was fetched of a model and what it was fetched from, to go on with it. */
  readWanted(id: string): Promise<WantedModel>;
  remove(id: string): Promise<void>;
}

/** Every call to the library's worker: name -> [arguments, events on the way, result]. */
export interface LibraryCallMap {
  list: [[], never, LibraryContents];
  listHub: [[HubRequest], never, HubListing];
  planUrl: [[string, string | undefined], never, WantedModel];
  look: [[ModelRequest, Device], never, ModelLook | null];
  download: [[WantedModel], DownloadProgress, KeptModel];
  keep: [
    [string, readonly { readonly name: string; readonly file: Blob }[]],
    DownloadProgress,
    KeptModel,
  ];
  readWanted: [[string], never, WantedModel];
  remove: [[string], never, undefined];
}
