import type { AttentionUnit } from '../text/unit.ts';

/** What happens to attention on the first token before anything is shown. */
export type FirstTokenMode = 'keep' | 'drop' | 'drop-renormalise';
/** How a weight becomes a colour. `row` divides each query's weights by their largest. */
export type WeightScale = 'linear' | 'sqrt' | 'log' | 'row';
/** `keys` is the effective number of keys, exp(H). */
export type EntropyUnit = 'nats' | 'bits' | 'normalised' | 'keys';
/** What tints the words of the token strip. */
export type TokenTint = 'none' | 'entropy' | 'received' | 'from-query' | 'to-key' | 'surprise';
export type GridOrder = 'layer' | 'role' | 'entropy' | 'distance' | 'first-token' | 'confidence';
/** What a head's matrix shows: its weights, or these times the lengths of the values they carry. */
export type Weighting = 'weights' | 'values';
/** How it is followed where a token's state comes from. */
export type SourceMethod = 'rollout' | 'flow' | 'mean';
export type HeadView = 'heatmap' | 'lines' | 'steps';
export type EntropyView = 'tokens' | 'token-layer' | 'layer-head';

/** How things are shown; never what was computed. Every field is reversible and lives in the link. */
export interface DisplayOptions {
  readonly firstToken: FirstTokenMode;
  readonly scale: WeightScale;
  /** Cells below this weight are hidden; 0 hides none. */
  readonly thresholdWeight: number;
  /** Per row, only the strongest cells that together reach this mass are shown; 1 shows all. */
  readonly cumulatedMass: number;
  readonly unit: AttentionUnit;
  readonly entropyUnit: EntropyUnit;
  readonly pool: 'max' | 'mean';
  readonly tint: TokenTint;
  readonly gridOrder: GridOrder;
  /** A filter such as "entropy < 1" or "previous token"; empty shows all heads alike. */
  readonly gridFilter: string;
  readonly headView: HeadView;
  readonly weighting: Weighting;
  readonly sourceMethod: SourceMethod;
  readonly entropyView: EntropyView;
}

export const DEFAULT_DISPLAY: DisplayOptions = {
  firstToken: 'keep',
  scale: 'sqrt',
  thresholdWeight: 0,
  cumulatedMass: 1,
  unit: 'token',
  entropyUnit: 'nats',
  pool: 'max',
  tint: 'entropy',
  gridOrder: 'layer',
  gridFilter: '',
  headView: 'heatmap',
  weighting: 'weights',
  sourceMethod: 'rollout',
  entropyView: 'tokens',
};
