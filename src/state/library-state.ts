import type { HeadlightError } from '../lib/headlight-error.ts';
import type {
  DownloadProgress,
  HubListing,
  HubRequest,
  LibraryContents,
  ModelLook,
} from '../protocol/library.ts';
import type { ModelOrigin } from '../protocol/model-origin.ts';
import type { Selection } from './selection.ts';

/** What a hub was asked and has answered. */
export type ListingStatus =
  | { readonly status: 'idle' }
  | { readonly status: 'asking'; readonly request: HubRequest }
  | { readonly status: 'ready'; readonly listing: HubListing }
  | { readonly status: 'failed'; readonly request: HubRequest; readonly error: HeadlightError };

/** A model on its way to being loaded. */
export type OpeningStatus =
  | { readonly status: 'idle' }
  /** Its header is being read. */
  | { readonly status: 'looking'; readonly name: string }
  /** It may not fit into memory: the person decides. */
  | { readonly status: 'asking'; readonly name: string; readonly look: ModelLook }
  | {
      readonly status: 'downloading';
      readonly name: string;
      readonly progress: DownloadProgress | null;
      /** What its header said; null where it could not be read before. */
      readonly look: ModelLook | null;
    }
  | {
      readonly status: 'failed';
      readonly name: string;
      readonly error: HeadlightError;
      /** Whether asking again goes on with what has arrived. */
      readonly canGoOn: boolean;
    };

/** A link's model, and the selection that the link was made for. */
export interface OfferedModel {
  readonly origin: ModelOrigin;
  readonly selection: Selection;
}

export interface LibraryState {
  /** Null until the storage was looked at. */
  readonly contents: LibraryContents | null;
  readonly listing: ListingStatus;
  readonly opening: OpeningStatus;
  /** A model that a link was made with and that is not here. */
  readonly offered: OfferedModel | null;
}
