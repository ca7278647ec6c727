import type { ViewExports } from '../../ui/view-exports.ts';

/** How far a figure is; `exports` is what it is made of, picture and numbers. */
export type FigureState =
  | { readonly status: 'waiting' }
  | { readonly status: 'missing'; readonly why: string }
  | { readonly status: 'ready'; readonly exports: ViewExports };

/** One of the paper's figures, remade. */
export interface PaperFigure {
  readonly id: string;
  /** "Figure 1", "Appendix A". */
  readonly place: string;
  readonly title: string;
  readonly formula: string;
  /** What the paper says. */
  readonly certain: string;
  /** What we chose. */
  readonly ours: string;
  readonly state: FigureState;
}

/** How many of some figures are settled. */
export function countSettled(figures: readonly Pick<PaperFigure, 'state'>[]): number {
  return figures.filter(({ state }) => state.status !== 'waiting').length;
}
