/** What the result views show, as the person chose it. */
export interface DomainOptions {
  /** Which measure: a family's id ("entropy", "distance", "interdependency", "weights"); views know them. */
  readonly measure: string;
  readonly view: DomainView;
  /** Values of each set, or each set less the reference. */
  readonly shows: DomainShows;
  /** The set that the others are compared with; null: the first. */
  readonly referenceId: string | null;
  /** The set that stands against the reference where one is shown; null: the first other one. */
  readonly comparedId: string | null;
  /** Whether attention to the first key counts, where a measure has both forms. */
  readonly firstKey: FirstKey;
  readonly projection: ProjectionOptions;
  readonly weights: WeightOptions;
  readonly differences: DifferenceOptions;
}

export type DomainView = 'map' | 'layers' | 'heads';
export type DomainShows = 'values' | 'difference';
export type FirstKey = 'without' | 'with';
export type ProjectionMethod = 'tsne' | 'umap' | 'pca';
export type StreamPooling = 'mean' | 'last';

/** Which hidden states are drawn as points, and how. */
export interface ProjectionOptions {
  readonly method: ProjectionMethod;
  /** 0: the embedding, l: what enters layer l; null: what leaves the last layer. */
  readonly layer: number | null;
  /** A text's mean over tokens, or its last token. */
  readonly pooling: StreamPooling;
  readonly seed: number;
}

/** How the sizes of attention weights are drawn. */
export interface WeightOptions {
  /** Share of the weights in each doubling, or below each size. */
  readonly form: 'shares' | 'cumulative';
  /** Null: all layers together. */
  readonly layer: number | null;
}

/** What the table of heads that differ is sorted by: an effect's size, or p. */
export type HeadOrder = 'delta' | 'g' | 'difference' | 'p';

/** Which heads the table of differences lists. */
export interface DifferenceOptions {
  readonly order: HeadOrder;
  /** Only heads with adjusted p below .05. */
  readonly onlySignificant: boolean;
}

export const DEFAULT_DOMAIN_OPTIONS: DomainOptions = {
  measure: 'distance',
  view: 'map',
  shows: 'values',
  referenceId: null,
  comparedId: null,
  firstKey: 'without',
  projection: { method: 'tsne', layer: null, pooling: 'mean', seed: 1 },
  weights: { form: 'cumulative', layer: null },
  differences: { order: 'delta', onlySignificant: false },
};
