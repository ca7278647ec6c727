/**
 * A source of bytes: an embedded file, a dropped one, a URL with ranges, a file on disk. Nobody above
 * this interface knows where a model comes from.
 */
export interface ByteSource {
  /** The file's name, for messages. */
  readonly name: string;
  /** Size in bytes. */
  readonly size: number;
  /** Present where the bytes are in memory already: what `read` gives is theirs, not a copy. */
  readonly isInMemory?: true;
  /**
   * Reads `length` bytes from `offset`. Rejects with `file-truncated` when the source ends before, with
   * `source-unreachable` when it cannot be read, with `cancelled` when the signal was raised.
   */
  read(offset: number, length: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}
