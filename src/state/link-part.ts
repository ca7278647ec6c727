/** Parameters of the link that a workspace keeps for itself, named "workspace.name". */
export type LinkParameters = Readonly<Record<string, string>>;

/** A workspace's own part of the link. */
export interface LinkPart {
  /** What differs from the defaults. */
  write(): LinkParameters;
  /** Calls the listener when what `write` gives may have changed; returns the way to stop. */
  subscribe(listener: () => void): () => void;
}
